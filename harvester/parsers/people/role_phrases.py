"""Role phrases as they stand in a text: `tidigare sekreterare`, `vård- och omsorgschefen`, `Director of …`."""

from __future__ import annotations

import functools
from typing import NamedTuple

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.roles import indefinite, role_lexicon
from harvester.parsers.people.wordview import WordView, word_at

#: Bodies whose genitive belongs to the role: kommunstyrelsens ordförande.
_SCOPE_WORDS = frozenset(
    [
        "kommunstyrelsens",
        "regionstyrelsens",
        "landstingsstyrelsens",
        "kommunfullmäktiges",
        "regionfullmäktiges",
        "fullmäktiges",
        "socialnämndens",
        "omsorgsnämndens",
        "äldrenämndens",
        "vårdnämndens",
        "barnnämndens",
        "nämndens",
        "utskottets",
        "socialutskottets",
    ]
)
#: The same for any other board: fritidsnämndens ordförande.
_SCOPE_ENDINGS = ("nämndens", "utskottets", "beredningens")
#: English heads, which take `of …` or `for …` with them.
_ENGLISH = frozenset(
    [
        "director",
        "head",
        "chief",
        "executive",
        "manager",
        "professor",
        "president",
        "chair",
        "secretary",
        "minister",
        "managing",
        "deputy",
        "officer",
        "nurse",
        "adviser",
        "social",
        "worker",
        "lead",
        "senior",
        "policy",
        "programme",
        "consultant",
        "coordinator",
        "lecturer",
        "researcher",
        "advisor",
    ]
)
#: What a spokesperson speaks about: ekonomisk-politisk, utrikespolitiska.
_POLICY = ("politisk", "politiska", "politiske")
#: Kinds of tokens that a role is made of.
_SPOKEN = frozenset({"word", "number"})
_ENGLISH_LINKS = frozenset({"of", "for", "and"})
#: Words that the field of an English title does not go on with.
_ENGLISH_STOPS = frozenset({"at", "in", "with", "from", "i", "vid", "hos", "som", "har", "med", "och", "till", "om", "is", "was", "has", "the"})  # fmt: skip
#: Degrees in short, and the faculties before them: fil dr, med lic.
_DEGREES = frozenset({"dr", "lic"})
_FACULTIES = frozenset({"ekon", "fil", "jur", "med", "tekn", "teol"})
#: Nouns that are roles only with a certain word before them; alone they mean something else.
_NEEDS_COMPANY = frozenset({"mästare", "ledare", "deltagare", "stjärna"})


class RolePhrase(NamedTuple):
    """Tokens `start` to `end` that state a role, and its normal wording; `plural` for föreläsarna."""

    start: int
    end: int
    role: str
    plural: bool = False


def role_at(words: WordView, start: int) -> RolePhrase | None:
    """The role phrase that begins at a token, or None."""
    opening = _word(words, start)
    if opening in _FACULTIES and _word(words, start + 1) in _DEGREES:
        return RolePhrase(start, start + 2, f"{opening} {_word(words, start + 1)}")
    if not _may_open(opening) and not _hangs(words, start):
        return None
    index, parts = _modifiers(words, start)
    scope = _word(words, index)
    if scope and index + 3 < words.size and words.texts[index + 1] == "-":
        hanging = _hanging_scope(words, index)
        if hanging:
            return hanging
    if scope in _SCOPE_WORDS or (scope.endswith(_SCOPE_ENDINGS) and len(scope) > 12):
        more, extra = _modifiers(words, index + 1)
        head = _head(words, more)
        if head:
            role = " ".join((*parts, scope, *extra, head[1]))
            return RolePhrase(start, head[0], role, _plural(_word(words, head[0] - 1), head[1]))
    head = _head(words, index)
    if head is None:
        return None
    end, role = head
    plural = _plural(_word(words, end - 1), role)
    return RolePhrase(start, end, " ".join((*parts, role)), plural)


def _hanging_scope(words: WordView, index: int) -> RolePhrase | None:
    """`vård- och omsorgsnämndens ordförande`: a board of two parts owns the office."""
    board = _word(words, index + 3)
    if _word(words, index + 2) != "och" or not board.endswith(_SCOPE_ENDINGS):
        return None
    more, extra = _modifiers(words, index + 4)
    head = _head(words, more)
    if head is None:
        return None
    role = " ".join((f"{_word(words, index)}- och {board}", *extra, head[1]))
    return RolePhrase(index, head[0], role, _plural(_word(words, head[0] - 1), head[1]))


@functools.lru_cache(maxsize=20_000)
def _may_open(word: str) -> bool:
    """Whether a role phrase can begin with a lower-case word: most words of a text are asked this and no more."""
    return word != "" and (
        word in role_lexicon().modifiers
        or word in _SCOPE_WORDS
        or word in _ENGLISH
        or word.endswith((*_POLICY, *_SCOPE_ENDINGS))
        or indefinite(word) is not None
    )


@functools.lru_cache(maxsize=20_000)
def _may_close(word: str) -> bool:
    """Whether a role phrase can end with a lower-case word."""
    return (
        word in _ENGLISH
        or word in {"emeritus", "emerita"} | _DEGREES
        or indefinite(word) is not None
    )


def _hangs(words: WordView, index: int) -> bool:
    """Whether a first part left hanging on its hyphen stands here: `vård- och …`."""
    return index + 1 < words.size and words.texts[index + 1] == "-"


def _plural(form: str, role: str) -> bool:
    """Whether the last word of a role phrase is in the plural: föreläsarna, ledamöter, regionansvariga."""
    if form.endswith(("arna", "erna", "orna")):
        return True
    return form != role.split()[-1] and form.endswith(("er", "or", "ar"))


def role_before(words: WordView, end: int) -> RolePhrase | None:
    """The longest role phrase that ends right before a token, on the same line; or None."""
    found = None
    last = _word(words, end - 1)
    if not last or (words.forms[end - 1].islower() and not _may_close(last)):
        return None
    for start in range(end - 1, max(-1, end - 9), -1):
        if words.kinds[start] == "line":
            break
        phrase = role_at(words, start)
        if phrase and phrase.end == end:
            found = phrase
        elif words.kinds[start] == "mark" and words.texts[start] not in {"-"}:
            break
    return found


def _modifiers(words: WordView, start: int) -> tuple[int, list[str]]:
    """The index after modifiers such as `tidigare`, `tf`, `1:e vice`, and their indefinite wordings."""
    lists = role_lexicon().modifiers
    index, parts = start, []
    while index < words.size:
        word = _word(words, index)
        if word == "före" and _word(words, index + 1) == "detta":
            parts.append("före detta")
            index += 2
            continue
        if word.endswith(_POLICY) and word not in lists:
            parts.append(word.removesuffix("a").removesuffix("e"))
            index += 1
            continue
        if word not in lists or (word == "ex" and _word(words, index + 1) == "."):
            break
        if lists[word]:
            parts.append(lists[word])
        index += 1
    return index, parts


def _head(words: WordView, index: int) -> tuple[int, str] | None:
    """End and normal wording of the noun at a token, with what is joined to it by `och`."""
    single = _noun(words, index)
    if single is None:
        return None
    end, role = single
    if role.endswith(("ansvarig", "sakkunnig")):
        trade = _noun(words, end)
        if trade and words.forms[end].islower():
            return trade[0], f"{role} {trade[1]}"
    if _word(words, end) in {"emeritus", "emerita"}:
        role, end = f"{role} {_word(words, end)}", end + 1
    if _word(words, end) == "och":
        more = _noun(words, end + 1)
        if more and _one_role(words, (end, role), more):
            return more[0], f"{role} och {more[1]}"
    return end, role


def _one_role(words: WordView, first: tuple[int, str], second: tuple[int, str]) -> bool:
    """Whether two nouns joined by `och` are one person's: poet och dramatiker, komikern och författaren.

    `Kungen och drottning Silvia` are two, and so may be `socialchef och Tf …`.
    """
    end = first[0]
    definite = _word(words, end - 1) != first[1].split()[-1]
    same = definite == (_word(words, second[0] - 1) != second[1])
    if words.caps[end]:
        return same and (definite or _item_ends(words, second[0]))
    return (same or not definite) and not _starts_name_role(words, end + 1)


def _item_ends(words: WordView, index: int) -> bool:
    return index >= words.size or words.texts[index] in {"\n", ",", ".", ")"}


def _starts_name_role(words: WordView, index: int) -> bool:
    """`socialchef och tf socialdirektör Anna …`: a capital after the second noun may be a new person."""
    return words.tokens[index].capital


def _noun(words: WordView, index: int) -> tuple[int, str] | None:
    word = _word(words, index)
    if not word:
        return None
    joined = _hyphen_joined(words, index)
    if joined:
        return joined
    if word in _ENGLISH and _word(words, index + 1) in _ENGLISH_LINKS | _ENGLISH:
        return _english(words, index)
    role = indefinite(word)
    if role is None or (role in _NEEDS_COMPANY and role != word and not word.startswith(role)):
        return None
    return index + 1, role


def _hyphen_joined(words: WordView, index: int) -> tuple[int, str] | None:
    """`vård- och omsorgschef`: a first part left hanging on its hyphen."""
    if index + 3 >= words.size or words.texts[index + 1] != "-":
        return None
    if words.start(index + 1) != words.end(index) or _word(words, index + 2) != "och":
        return None
    role = indefinite(_word(words, index + 3))
    return (index + 4, f"{_word(words, index)}- och {role}") if role else None


def _english(words: WordView, index: int) -> tuple[int, str]:
    head = index + 1
    while _word(words, head) in _ENGLISH:
        head += 1
    end = head
    while end < words.size and end < index + 12 and words.kinds[end] == "word":
        word = words.forms[end]
        linked = word.lower() in _ENGLISH_LINKS
        field = (
            words.lowered[head] in _ENGLISH_LINKS and word.isascii() and word not in _ENGLISH_STOPS
        )
        if not linked and not word[0].isupper() and not field:
            break
        end += 1
    if any(lex.is_organisation_word(words.forms[i]) for i in range(head, end)):
        # `Chief Executive of Leeds City Council`: what follows `of` is the organisation.
        end = head
    return end, " ".join(words.lowered[i] for i in range(index, end))


def _word(words: WordView, index: int) -> str:
    word = word_at(words, index)
    return word if word and words.kinds[index] in _SPOKEN else ""
