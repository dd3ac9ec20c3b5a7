"""What a person did here, where the words right beside the name say it."""

from __future__ import annotations

from harvester.parsers.people.place import after_party
from harvester.parsers.people.role_phrases import role_at
from harvester.parsers.people.wordview import WordView, word_at
from harvester.records import TookPartAs

#: What may stand between `foto` and the photographer.
_CREDITING = frozenset({":", "av", "cc", "by", ",", "-"})

#: All that the word right before the name can be, where the words before it say what the person did.
_BESIDE = _CREDITING | {"foto", "med", "deltagarintervju", "hälsning", "hälsningar", "\n", "/"}

#: Roles that are what the person did.
_LEADERS = frozenset({"moderator", "konferencier", "samtalsledare"})

#: How many tokens before a name may say what the person did.
_REACH = 6


#: Words of the line that closes a letter, above the name that signs it.
_CLOSING = frozenset({"hälsning", "hälsningar", "mött", "välkomna", "välkommen", "önskar", "undertecknat", "vänligen", "högaktningsfullt", "vänner"})  # fmt: skip

#: A closing line is no longer than this, in tokens; nor is what stands under the name.
_CLOSING_LENGTH = 9
_TITLE_LENGTH = 16


def signs(words: WordView, start: int, end: int, above: WordView | None, last: bool) -> bool:
    """Whether a name stands as the signature under a text.

    It opens a line, and above it stands a closing phrase (`Väl mött!`, `För Föreningen Exemplet`), or
    the block is the text's `last` and nothing but the name with role and town on lines of their own.
    """
    line = start
    if start and words.kinds[start - 1] != "line":
        return False
    while line > 0 and words.kinds[line - 1] == "line":
        line -= 1
    if line:
        begin = line
        while begin > 0 and words.kinds[begin - 1] != "line":
            begin -= 1
        return _closing(words, begin, line)
    if above is not None and _closing(above, 0, len(above)):
        return True
    under = after_party(words, end)
    if not last or under >= words.size or words.kinds[under] != "line":
        return False
    return role_at(words, under + 1) is not None and words.size - under <= _TITLE_LENGTH


def _closing(words: WordView, start: int, end: int) -> bool:
    """Whether a line or block is a closing phrase, and no sentence."""
    if not 0 < end - start <= _CLOSING_LENGTH:
        return False
    if word_at(words, start) == "för" and words.kinds[end - 1] == "word":
        return start + 1 < end and words.tokens[start + 1].capital
    return any(word_at(words, i) in _CLOSING for i in range(start, end))


def took_part_as(words: WordView, start: int, role: str | None) -> TookPartAs | None:
    """The part stated beside a mention: credit, byline, greeting, interview; None where nothing is."""
    if not start or words.lowered[start - 1] not in _BESIDE:
        return TookPartAs.MODERATOR if role in _LEADERS else None
    before = words.lowered[max(0, start - _REACH) : start]
    near = before[-4:]
    if "foto" in near and _credit(near) and not _text_by(near):
        return TookPartAs.PHOTOGRAPHER
    if near[-2:] == ["fotograf", ":"]:
        return TookPartAs.PHOTOGRAPHER
    if near[-2:] == ["intervjuare", ":"]:
        return TookPartAs.INTERVIEWER
    if near[-1:] == ["av"] and any(w.startswith("intervju") for w in before):
        return TookPartAs.INTERVIEWER
    if near[-2:] in (
        ["krönika", "av"],
        ["kåseri", "av"],
        ["text", "av"],
        ["skrivet", "av"],
        ["skriven", "av"],
    ):
        return TookPartAs.AUTHOR
    if _text_by(near) or _signed(words, start, near):
        return TookPartAs.AUTHOR
    if near[-2:] == ["intervju", "med"] or near[-1:] == ["deltagarintervju"]:
        return TookPartAs.INTERVIEWEE
    return TookPartAs.MODERATOR if role in _LEADERS else None


def _credit(near: list[str]) -> bool:
    """Only marks, `av` and a licence may stand between `foto` and the photographer."""
    after = near[len(near) - near[::-1].index("foto") :]
    return all(w in _CREDITING for w in after)


def _text_by(near: list[str]) -> bool:
    """`Text: Anna Ek`, `Text och foto: Anna Ek`: who wrote comes before who took pictures."""
    return near[-2:] == ["text", ":"] or near[-4:] in (
        ["text", "och", "foto", ":"],
        ["text", "&", "foto", ":"],
        ["foto", "och", "text", ":"],
    )


def _signed(words: WordView, start: int, near: list[str]) -> bool:
    greeting = any(w in {"hälsningar", "hälsning"} for w in near)
    between = near[-1:] and near[-1] in {"\n", "hälsningar", "hälsning"}
    slash = near[-1:] == ["/"] and (start < 2 or words.kinds[start - 2] == "line")
    return bool(greeting and between) or slash
