"""Names that no list has, told by what stands before them: kin, a minister's title, a preposition and a surname."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.mending import is_acronym
from harvester.parsers.people.names import HONORIFICS
from harvester.parsers.people.role_phrases import role_before
from harvester.parsers.people.roles import role_class
from harvester.parsers.people.vetoes import ORDINARY_ENDINGS
from harvester.parsers.people.wordview import WordView, word_at
from harvester.records import RoleClass

#: Whose kin or friend: min man Senad, hennes kollega Bo.
_POSSESSIVES = frozenset(
    {"deras", "din", "hans", "hennes", "min", "mina", "sin", "vars", "vår", "ens"}
)

_CLOSE_TO = frozenset({"bror", "brorson", "chef", "dotter", "flickvän", "fru", "föregångare", "företrädare", "granne", "hustru", "kamrat", "kollega", "kompis", "kusin", "make", "maka", "mamma", "man", "pappa", "pojkvän", "sambo", "son", "syster", "väninna", "vän"})  # fmt: skip


def close_to(words: WordView, index: int) -> bool:
    """Whether a word for somebody's kin or friend stands right before a token: `vars bror Ebbe`."""
    return word_at(words, index - 1) in _CLOSE_TO and word_at(words, index - 2) in _POSSESSIVES


def strange_given(words: WordView, start: int, end: int) -> bool:
    """`Fem snabba till Aoibheann Spjutgren`: a stranger before a surname, inside a sentence, and nothing else."""
    if end - start != 2 or words.first[start] or words.caps[start]:
        return False
    given, surname = words.codes[start], words.codes[start + 1].rstrip(lex.GENITIVE)
    strange = given == "" and words.kinds[start] == "word" and not is_acronym(words, start)
    form = words.forms[start]
    ordinary = (
        words.lowered[start] in HONORIFICS
        or len(form) < 4
        or form.endswith(("s", *ORDINARY_ENDINGS))
        or lex.is_town(form)
    )
    return strange and not ordinary and surname in {lex.SURNAME, lex.COMPOUND_SURNAME}


def lone_minister(words: WordView, index: int) -> bool:
    """`Statsminister Brolander reste`: a stranger's single name behind a minister's title."""
    if words.codes[index].strip("xdSe") or words.caps[index] or is_acronym(words, index):
        return False
    phrase = role_before(words, index) if index else None
    return phrase is not None and role_class(phrase.role, None) is RoleClass.MINISTER
