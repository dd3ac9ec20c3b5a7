"""The page archive: WARC files, and an index over them that can always be rebuilt.

`writer` stores what was fetched, `reader` gives it back, `verify` names what is wrong, `imports` and
`wacz` are the way in from and out to other tools, `retention` removes. `capture` alone is what the
pure side knows. Importing this package imports none of them.
"""
