"""Things, houses, places and works that bear a person's name: what around a lone name tells them from somebody."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.names import SAYS
from harvester.parsers.people.role_phrases import role_before
from harvester.parsers.people.things import named_kind
from harvester.parsers.people.wordview import WordView, word_at

#: What stands between the items of a list of names.
_JOINS = frozenset({",", "och", "eller", "samt", "&", "respektive"})

#: How many tokens of a list before a name are looked through, how many of a title.
_REACH, _TITLE_REACH = 14, 9

#: How far around a name a word speaks for somebody; how far back quotation marks are counted.
_NEAR = 40

_QUOTES = frozenset('"”“»«')

_NUMBERS = frozenset({"elva", "fem", "femton", "fyra", "nio", "sex", "sju", "tio", "tjugo", "tolv", "tre", "två", "åtta"})  # fmt: skip

#: Words before what something is, or how many of it there are.
_ARTICLES = _NUMBERS | {"en", "ett", "vår", "vårt", "våra", "några"}

#: Prepositions after which a lone name is a place's, a house's or a system's; nobody is passed through.
_PLACES_BEFORE = frozenset({"i", "via", "genom", "kring", "utanför", "nära", "passerar", "ur"})

#: Words before `på` of what is done to somebody: väntar på Iris.
_TOWARDS = frozenset({"arg", "bero", "beror", "bjuda", "bjuder", "blickar", "förbannad", "hoppas", "kär", "lita", "litar", "lura", "lurar", "lyssna", "lyssnade", "lyssnar", "minner", "peka", "pekade", "pekar", "påminner", "ropa", "ropade", "ropar", "röstade", "röstar", "satsa", "satsade", "satsar", "se", "ser", "sett", "skjuta", "skjuter", "skrek", "skriker", "skylla", "skyller", "slog", "slå", "slår", "stolt", "sur", "svarade", "svarar", "såg", "tala", "titta", "tittade", "tittar", "tro", "trodde", "tror", "trött", "tänka", "tänker", "tänkte", "vinka", "vinkar", "vänta", "väntade", "väntar"})  # fmt: skip

#: Verbs of houses, systems and events, most of them passive: nobody does them, and nobody has them done to them.
_THINGS_DO = frozenset({"användes", "används", "avslutas", "avvecklades", "avvecklas", "bebyggs", "bemannas", "bevattnas", "bokas", "byggdes", "byggs", "byts", "drabbade", "drevs", "drivs", "ersatte", "ersätts", "expanderar", "finansierades", "finansieras", "firas", "fylldes", "försenas", "förvaltas", "gavs", "ges", "hyrs", "hålls", "hölls", "infördes", "införs", "innebär", "innehåller", "installeras", "introduceras", "invigdes", "invigs", "kostade", "kostar", "laddas", "lanserades", "lanseras", "levereras", "läggs", "mäter", "nystartas", "omfattade", "omfattar", "permanentas", "provas", "publiceras", "pågick", "pågår", "renoverades", "renoveras", "revs", "rivs", "rustas", "rymde", "rymmer", "saneras", "sattes", "serveras", "skrotas", "spelades", "spelas", "sponsras", "startades", "startas", "stängdes", "stängs", "säljs", "testades", "testas", "trycks", "uppdateras", "uppförs", "upphandlas", "utvecklades", "utvecklas", "utvärderades", "utvärderas", "utökas", "vidareutvecklas", "visades", "visas", "öppnas", "överlåts"})  # fmt: skip


#: Words of people somebody speaks of: a text with one of them is about somebody.
_PRONOUNS = frozenset({"barn", "bror", "dig", "din", "ditt", "dotter", "du", "far", "fru", "han", "hans", "henne", "hennes", "hon", "honom", "jag", "mamma", "man", "mig", "min", "mina", "mitt", "mor", "pappa", "sin", "sina", "sitt", "själv", "son", "syster"})  # fmt: skip

#: What may stand between a post and who holds it.
_TIES = frozenset({"är", "var", ":", ","})

#: Prepositions before somebody who is met, thanked or quoted.
_WITH_SOMEBODY = frozenset(
    {"av", "enligt", "från", "för", "hos", "med", "mellan", "mot", "tack", "till", "utan", "åt"}
)

#: What houses do and have: `Iris ligger vid torget`, `Iris har tolv platser`, `Iris står för`.
_HOUSES_HAVE = frozenset({"har", "hade", "får", "fick", "ger"})
_HOUSES_LIE = frozenset({"ligger", "låg", "öppnade", "öppnar", "stänger", "visar", "växer"})

#: Ends of verbs, before or behind somebody.
_VERB_ENDINGS = ("er", "ar", "de", "te")

#: Ends of definite nouns for somebody: juden, säkerhetsvakten, flickan.
_SOMEBODY_ENDINGS = ("en", "an", "ske", "ska", "are", "ist", "ru")


def _around(words: WordView, start: int) -> list[str]:
    """The words that stand near a token, in lower case."""
    return words.lowered[max(0, start - _NEAR) : start + _NEAR]


def somebody_evident(words: WordView, start: int, end: int) -> bool:
    """Whether anything around a given name alone says that it is somebody's."""
    before, after = word_at(words, start - 1), word_at(words, end)
    following = word_at(words, end + 1)
    if not _PRONOUNS.isdisjoint(_around(words, start)):
        return True
    if role_before(words, start - (before in _TIES)):
        # `Ordförande är Maria`, `Chef: Maria`, `en rektor, Maria`
        return True
    if not lex.in_list(words.codes[start], "gG"):
        # A surname or a stranger, which is seldom a house's or a system's.
        opens_clause = before in {"att", "när", "och", "men", "som", "därför", "(", ":"}
        if (
            opens_clause
            or after.endswith(("as", "s"))
            or (words.first[start] and after in {"har", "hade", "fick", "får", "den"})
        ):
            return True
    if after in _HOUSES_LIE:
        return False
    if before == "är":
        return word_at(words, start - 2) in {"det", "detta", "här"}
    if after in _HOUSES_HAVE:
        return not (following.isdigit() or following in _NUMBERS or lex.is_thing(following))
    if before == "på" and word_at(words, start - 2) in _TOWARDS:
        return True
    if before in {"heter", "kallas", "kallad", "kallar"}:
        return True
    if start and words.first[start - 1] and before.endswith(("a", "ring", "tack")):
        # `Mejla Iris före fredag.`
        return True
    opens = not start or words.kinds[start - 1] == "line"
    if before == "/" or (opens and after in {":", "", "\n", "och", ","}):
        # a speaker's label, a signature
        return True
    if _beside_full_name(words, start, end):
        return True
    if before in _WITH_SOMEBODY or after in {
        "!",
        "?",
        "att",
        "är",
        "var",
        "som",
        "från",
        ")",
        "“",
        "”",
    }:
        return True
    if (
        words.forms[start].endswith("s")
        or after in lex.lexicon().verbs
        or before in lex.lexicon().verbs
    ):
        return True
    if before.islower() and before.endswith((*_VERB_ENDINGS, *_SOMEBODY_ENDINGS)):
        return True
    return after.endswith(_VERB_ENDINGS)


def _beside_full_name(words: WordView, start: int, end: int) -> bool:
    """`Alma Lind, Laleh, Bo Ek`: an item of a list beside one of two words."""
    behind = word_at(words, end) in _JOINS and all(words.capital[end + 1 : end + 3])
    before = word_at(words, start - 1) in _JOINS and all(
        words.capital[max(0, start - 3) : start - 1]
    )
    return (behind and end + 2 < words.size) or (before and start > 2)


def _label_or_cry(words: WordView, start: int, end: int) -> bool:
    """`Värd: Mora kommun`, `LEVA, LÄRA, LEDA`: a word no list of names has, as a label or in capitals."""
    return words.codes[start] == "" and (words.caps[start] or word_at(words, end) == ":")


#: Words of a text whose people are made up.
_EXAMPLES = frozenset({"genomsnittliga", "genomsnittlige", "räkneexempel", "räkneexemplet", "typexempel"})  # fmt: skip


def _in_example(around: list[str]) -> bool:
    return not _EXAMPLES.isdisjoint(around) or ("i", "exemplet") in pairwise(around)


def _nickname_of_thing(form: str) -> bool:
    """`Kommun-Kim`, `Mini-Maria`: a given name behind a word that is none; `Lill-Anna` is somebody."""
    first, hyphen, last = form.rpartition("-")
    given = lex.lexicon().given
    return (
        bool(hyphen)
        and last in given
        and first not in given
        and len(first) > 3
        and first not in {"Lill", "Stor", "Gammel"}
    )


def names_a_thing(words: WordView, start: int, end: int) -> bool:
    """Whether what stands around a lone name, or the list it is an item of, says that it is a thing's."""
    return (
        _label_or_cry(words, start, end)
        or _in_example(_around(words, start))
        or _nickname_of_thing(words.forms[start])
        or _in_title(words, start, end)
        or _behind_place(words, start)
        or _is_thing(words, end)
        or any(_thing_before(words, head, start) for head in _heads(words, start))
    )


def _heads(words: WordView, start: int) -> Iterator[int]:
    """A name and the items before it in its list: `Sally`, `Iris` and `Ester` of `projekten Sally, Iris och Ester`."""
    yield start
    index, low = start, max(1, start - _REACH)
    while index > low and words.lowered[index - 1] in _JOINS and words.kinds[index - 2] == "word":
        if words.capital[index - 2]:
            index -= 2
            if index > low and words.capital[index - 1] and not words.first[index]:
                index -= 1
        elif index - 3 > low and words.capital[index - 3] and words.texts[index - 1] != ",":
            return
        else:
            break
        yield index


def _thing_before(words: WordView, head: int, start: int) -> bool:
    """`projekten Iris …`, `grupprummen heter …`, `två boenden, Iris …`: a noun for things before a list's first item."""
    if not head:
        return False
    at = head - 1
    before = word_at(words, at)
    if before in {"heter", "hette"} and at:
        return _thing(words, at - 1) and word_at(words, at - 2) not in {"på", "i", "vid"}
    if before == ":" and len(words.texts[at - 1]) == 1:
        # `Sal C: Nils`
        return _thing(words, at - 1)
    if before in {",", ":"} and at > 1:
        numbered = word_at(words, at - 2) in _ARTICLES
        return numbered and _thing(words, at - 1)
    if words.kinds[at] != "word":
        return False
    if head != start and before in _PLACES_BEFORE:
        # `i Orsa, Nils …` is no list.
        return "och" in {words.texts[start - 1], word_at(words, start + 1)}
    return _thing(words, at)


def _thing(words: WordView, index: int) -> bool:
    """Whether a word is a noun for a thing that bears a name."""
    if words.kinds[index] != "word":
        return False
    word = words.lowered[index]
    letter = len(words.texts[index]) == 1 and words.texts[index].isupper() and index
    return (
        named_kind(word)
        or word.startswith("ai-")
        or bool(letter and named_kind(words.lowered[index - 1]))
    )


def _behind_place(words: WordView, start: int) -> bool:
    """`i Iris`, `på Iris bor …`; `väntar på Iris` is hers."""
    before = word_at(words, start - 1)
    owns = words.forms[start].endswith("s") and word_at(words, start + 1).islower()
    if before not in _PLACES_BEFORE and before not in {"från", "till", "på"}:
        return False
    if owns and lex.GENITIVE in words.codes[start]:
        # `i Kings novell`
        return False
    if before in _PLACES_BEFORE:
        return True
    if before == "på":
        return lex.in_list(words.codes[start], "gG") and word_at(words, start - 2) not in _TOWARDS
    return lex.PLACE in words.codes[start] and lex.is_town(words.forms[start])


def _is_thing(words: WordView, end: int) -> bool:
    """`Iris, ett AI-stöd`, `Iris är en app`, `Iris stängs`, `Iris har tolv platser`."""
    after = word_at(words, end)
    owner = word_at(words, end + 1)
    owned = owner in _ARTICLES or (after == "," and owner.islower() and owner.endswith("s"))
    if after in {",", "är", "var", "heter", "–"} and owned:
        stop = end + 2
        while stop < min(words.size, end + 5) and not _noun(words.lowered[stop]):
            stop += 1
        return stop < words.size and _noun(words.lowered[stop])
    if after in _THINGS_DO:
        return True
    if after in {"öppnar", "öppnade", "stänger", "stängde"}:
        following = word_at(words, end + 1)
        return (
            following in {"i", "på", "för", "klockan", "kl", "igen", "först", "redan", ".", ""}
            or following.isdigit()
        )
    return False


def _noun(word: str) -> bool:
    return lex.is_thing(word.rpartition("-")[2]) or word.endswith("bot")


def _in_title(words: WordView, start: int, end: int) -> bool:
    """Whether a name stands in a short stretch between quotation marks that nobody says: `filmen ”Hej, Iris”`."""
    low = max(0, start - _TITLE_REACH)
    opens = next((i for i in range(start - 1, low - 1, -1) if words.texts[i] in _QUOTES), None)
    if (
        opens is None
        or sum(text in _QUOTES for text in words.texts[max(0, opens - _NEAR) : opens]) % 2
    ):
        return False
    closes = next(
        (i for i in range(end, min(words.size, end + _TITLE_REACH)) if words.texts[i] in _QUOTES),
        None,
    )
    if closes is None or words.texts[closes - 1] in {".", "!", "?", ",", ":"}:
        return False
    after = word_at(words, closes + 1)
    follows = word_at(words, closes + 1) in {",", "och"} and word_at(words, closes + 2) in _QUOTES
    if opens and follows:
        # one of several titles
        return True
    if not opens or (after == "," and word_at(words, closes + 2) in SAYS):
        return False
    before = word_at(words, opens - 1)
    label = word_at(words, opens - 2)
    return (
        before not in {*SAYS, ":", "–", "."}
        or label in _LABELS
        or label.endswith(("tips", "visning"))
    )


#: Labels before titles of works.
_LABELS = frozenset({"bok", "boktips", "film", "filmtips", "lästips", "låt", "pjäs", "podd", "poddtips", "sommarläsning", "spelas", "tips", "utställning", "visas"})  # fmt: skip
