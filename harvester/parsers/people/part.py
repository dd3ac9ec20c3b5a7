"""What a person did here, where the words right beside the name say it."""

from __future__ import annotations

from harvester.parsers.people.wordview import WordView
from harvester.records import TookPartAs

#: How many tokens before a name may say what the person did.
_REACH = 6


def took_part_as(words: WordView, start: int, end: int, role: str | None) -> TookPartAs | None:
    """The part stated beside a mention: credit, byline, greeting, interview; None where nothing is."""
    before = [words.forms[i].lower() for i in range(max(0, start - _REACH), start)]
    near = before[-4:]
    if "foto" in near and _credit(near):
        return TookPartAs.PHOTOGRAPHER
    if near[-1:] == ["av"] and any(w.startswith("intervju") for w in before):
        return TookPartAs.INTERVIEWER
    if near[-2:] == ["text", ":"] or _signed(words, start, near):
        return TookPartAs.AUTHOR
    if near[-2:] == ["intervju", "med"] or near[-1:] == ["deltagarintervju"]:
        return TookPartAs.INTERVIEWEE
    if role in {"moderator", "konferencier", "samtalsledare"}:
        return TookPartAs.MODERATOR
    return None


def _credit(near: list[str]) -> bool:
    """Only marks, `av` and a licence may stand between `foto` and the photographer."""
    after = near[len(near) - near[::-1].index("foto") :]
    return all(w in {":", "av", "cc", "by", ",", "-"} for w in after)


def _signed(words: WordView, start: int, near: list[str]) -> bool:
    greeting = any(w in {"hälsningar", "hälsning"} for w in near)
    between = near[-1:] and near[-1] in {"\n", "hälsningar", "hälsning"}
    slash = near[-1:] == ["/"] and (start < 2 or words.tokens[start - 2].kind == "line")
    return bool(greeting and between) or slash
