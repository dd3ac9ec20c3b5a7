"""What the lists know of a word, whatever stands around it."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.roles import is_role_word

#: Apostrophes that may stand inside a name.
APOSTROPHES = "’'´`"

#: No name and no role is longer; what is, is asked of no list.
_LONGEST_WORD = 60


def listed(form: str, kind: str) -> tuple[str, bool]:
    """The code of a word in normal case, and whether it can open or end a name."""
    return _code(form, kind), _opens(form, kind)


def may_name(kind: str, code: str) -> bool:
    """Whether a word with this code may be a person's name by itself: a stranger or a listed name, and no mere word."""
    return kind == "word" and (not code or code.strip("cpoxr") != "")


def _code(form: str, kind: str) -> str:
    if kind != "word" or len(form) > _LONGEST_WORD:
        return ""
    if len(form) == 3 and form[1] == "-" and form.isupper():
        # `J-O Ek`: the initials of a double given name.
        return "g"
    if form[0].isupper() or "-" in form:
        code = lex.code(form)
        if len(form) > 4 and is_role_word(form.lower()):
            code += "r"
        return code
    if form in lex.lexicon().particles:
        return "P"
    return "r" if len(form) > 1 and is_role_word(form) else ""


def _opens(form: str, kind: str) -> bool:
    if kind == "word":
        return form[0].isupper() or ((form[0] in "dD" or "-" in form) and _prefixed(form))
    return kind == "initial"


def _prefixed(word: str) -> bool:
    """`al-Masri`, `el-Sayed`, `d'Arcy`: a name whose first letter is small."""
    head, _, tail = word.partition("-")
    if tail and tail[0].isupper():
        return head in lex.lexicon().particles
    return len(word) > 3 and word[0] in "dD" and word[1] in APOSTROPHES and word[2].isupper()
