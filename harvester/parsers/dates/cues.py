"""Words around a date that bound it, blur it, or tell its year: "senast", "omkring", "förra året"."""

from __future__ import annotations

from harvester.parsers.dates.draft import Draft
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.source import Source
from harvester.records import Grain, MentionKind

# Left of a date. "till" alone says how long something lasts or where it leads: it bounds nothing.
_LEFT = Pattern(
    r"(?<![a-zåäö])(?:(?P<end>från och med|fr\.? ?o\.? ?m\.?|from|(?P<origin>från)|sedan)"
    r"|(?P<start>(?:fram )?till och med|t\.? ?o\.? ?m\.?|tom|senast|före|innan|fram till)"
    r"|(?P<about>omkring|runt|kring|cirka|ca\.?|c:a|ungefär|runt omkring))"
    r"(?: (?:den|dagen|år|året))?[ \n]{1,2}$"
)
_LEFT_WORDS = frozenset(
    [
        "från",
        "med",
        "m",
        "om",
        "o.m",
        "t.o.m",
        "fr.o.m",
        "tom",
        "from",
        "sedan",
        "senast",
        "före",
        "innan",
        "till",
        "omkring",
        "runt",
        "kring",
        "cirka",
        "ca",
        "c:a",
        "ungefär",
    ]
)
_ARTICLES = frozenset({"den", "dagen", "år", "året"})
_EDITION = MentionKind.EDITION  # looked up once: an enum's members are slow to reach
# "är från 1700-talet", "huset från 1928": where something comes from, no open end.
_EXACT_GRAINS = frozenset({Grain.DAY, Grain.WEEK, Grain.MONTH})

# Right of a date without a year.
_RIGHT = Pattern(
    r"(?: (?:nu )?(?:(?P<same>samma år)|(?P<before>förra året|i fjol|ifjol)|(?P<this>i år)"
    r"|(?P<after>nästa år)))(?![a-zåäö-])"
)


def take_cues(src: Source, draft: Draft) -> None:
    """Set the flags open_start, open_end and approx from the words left of a date."""
    if draft.relative is not None or draft.kind is _EDITION:
        return
    if src.word_before_article(draft.start, _ARTICLES) not in _LEFT_WORDS:
        return
    match = src.left(_LEFT, draft.start)
    if match is None:
        return
    if match["about"]:
        flag = "approx"
    elif draft.span or (match["origin"] and draft.form.grain not in _EXACT_GRAINS):
        return
    else:
        flag = "open_end" if match["end"] else "open_start"
    if flag not in draft.flags:
        draft.flags.append(flag)


def take_year_phrase(src: Source, draft: Draft) -> None:
    """Take "förra året", "i år" or "samma år" right of a date that states no year."""
    match = _RIGHT.match(src.low, draft.end)
    if match is None:
        return
    draft.end = match.end()
    if match["same"]:
        draft.same_year = True
        return
    draft.relative_year = -1 if match["before"] else 1 if match["after"] else 0
    draft.kind = MentionKind.RELATIVE
