"""What the name of a body goes on with in lower case: its members, its purpose, the rest of it."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.roles import is_role_word
from harvester.parsers.people.wordview import WordView, word_at

#: Ends of the adjectives in such a purpose, before the noun: lokal välfärd, psykisk hälsa.
_ADJECTIVES = (
    "iga",
    "ska",
    "alt",
    "igt",
    "skt",
    "ala",
    "lokal",
    "ional",
    "obal",
    "gital",
    "social",
    "isk",
    "ell",
    "ella",
    "ellt",
)

#: Small words that no name of a body goes on with.
_CLOSES = frozenset({"i", "på", "vid", "är", "har", "som", "och", "samt", "men", "för", "av", "om", "till", "från", "med", "att", "eller"})  # fmt: skip


def with_lower_case(words: WordView, end: int, stop: int) -> int:
    """The end behind up to three words in lower case that close a name, where a mark or a preposition follows."""
    last = end
    while last < min(stop, end + 3) and words.tokens[last].kind == "word":
        form = words.forms[last]
        if not form.islower() or form in _CLOSES or is_role_word(form):
            break
        if form in lex.lexicon().verbs:
            # `Statens institutionsstyrelse berättar om …`
            return last
        last += 1
    closed = last >= len(words) or words.tokens[last].kind != "word" or words.forms[last] in _CLOSES
    return last if closed else end


def with_members(words: WordView, end: int) -> int:
    """`Föreningen Sveriges socialchefer`: the members after a genitive."""
    if end < len(words) and words.forms[end - 1].endswith("s") and words.tokens[end].kind == "word":
        form = words.forms[end]
        if form[0].islower() and form.rstrip("s").endswith("er"):
            return end + 1
    return end


def with_purpose(words: WordView, end: int) -> int:
    stop = end + 1
    while stop < len(words) and stop < end + 7:
        token, form = words.tokens[stop], words.forms[stop]
        if token.text == "-" and word_at(words, stop + 1) == "och":
            stop += 2
            continue
        if token.kind != "word":
            break
        stop += 1
        if word_at(words, stop) == "-":
            continue
        following = word_at(words, stop)
        if following == "och" and (
            form == "och" or words.tokens[min(stop + 1, len(words) - 1)].capital
        ):
            break
        if (
            following not in {"och", "mot", "av"}
            and not form.endswith(_ADJECTIVES)
            and form not in {"och", "mot", "av"}
        ):
            break
    return stop
