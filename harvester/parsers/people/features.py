"""What the sequence model is told about a word: its outline, what the lists know, its neighbours."""

from __future__ import annotations

from harvester.parsers.people.wordview import WordView, shape

#: Stands for the neighbour of the first and last word of a block.
_EDGE = "^"


def features(words: WordView, start: int, end: int) -> list[list[str]]:
    """The features of each token of a run; neighbours outside the run are seen, not labelled."""
    low, high = start - 2, end + 2
    lower: list[str] = []
    codes: list[str] = []
    tails: list[str] = []
    for index in range(low, high):
        if not 0 <= index < len(words.tokens):
            lower.append(_EDGE)
            codes.append(_EDGE)
            tails.append(_EDGE)
            continue
        token, form = words.tokens[index], words.forms[index]
        small = form.lower()
        lower.append("9" if token.kind == "number" else small)
        outline = shape(token, form)
        codes.append(f"{outline}{'u' if words.caps[index] else ''}:{words.codes[index]}")
        tails.append(small[-3:])
    return [
        _token_features(i - low, lower, codes, tails, words.first[i]) for i in range(start, end)
    ]


def _token_features(
    i: int, lower: list[str], codes: list[str], tails: list[str], first: bool
) -> list[str]:
    word, code = lower[i], codes[i]
    before, after = codes[i - 1], codes[i + 1]
    return [
        "b",
        "w=" + word,
        "c=" + code,
        "t=" + tails[i],
        "u=" + word[-2:],
        "p=" + word[:3],
        f"f={first}{code}",
        "w-1=" + lower[i - 1],
        "w+1=" + lower[i + 1],
        "w-2=" + lower[i - 2],
        "w+2=" + lower[i + 2],
        "c-1=" + before,
        "c+1=" + after,
        "c-2=" + codes[i - 2],
        "c+2=" + codes[i + 2],
        "t-1=" + tails[i - 1],
        "t+1=" + tails[i + 1],
        f"c-1c={before}|{code}",
        f"cc+1={code}|{after}",
        f"ccc={before}|{code}|{after}",
        f"w-1c={lower[i - 1]}|{code}",
        f"w+1c={lower[i + 1]}|{code}",
        f"t-1c={tails[i - 1]}|{code}",
        f"ct={code}|{tails[i]}",
        f"w-2w-1={lower[i - 2]}|{lower[i - 1]}",
    ]
