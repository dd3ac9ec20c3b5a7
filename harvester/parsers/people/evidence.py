"""What speaks for a person where a name-like stretch stands; without any, it is no person."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.lexicon import in_list
from harvester.parsers.people.lone_names import close_to
from harvester.parsers.people.mending import GIVEN_LETTERS, NAME_LETTERS, SURNAME_LETTERS
from harvester.parsers.people.names import HONORIFICS, KIN, SAYS
from harvester.parsers.people.role_phrases import role_at, role_before
from harvester.parsers.people.roles import role_class
from harvester.parsers.people.vetoes import ORDINARY_ENDINGS
from harvester.parsers.people.wordview import WordView, word_at
from harvester.records import RoleClass

#: Titles that stand before a single name: drottning Silvia, professor Marmot, statsminister Löfven.
_TITLES = frozenset(
    [
        "biskop",
        "doktor",
        "drottning",
        "fader",
        "general",
        "greve",
        "grevinna",
        "hertig",
        "hertiginna",
        "imam",
        "kejsare",
        "kejsarinna",
        "kronprins",
        "kronprinsessa",
        "kung",
        "major",
        "pastor",
        "president",
        "prins",
        "prinsessa",
        "professor",
        "påve",
        "rabbin",
        "syster",
        "ärkebiskop",
        "överste",
    ]
)

#: Words after which a place stands, and no person: a stranger behind one is a town.
_PLACE_BEFORE = frozenset(["från", "i", "kring", "nära", "runt", "till", "utanför", "via"])

#: Words right before a full name: who made, said, met or is meant.
_PRESENTS = frozenset(
    "av efter enligt foto hälsar intervju intervjuar med moderator och samt säger sade tack text tycker menar".split()  # noqa: SIM905
)


def may_be_somebody(words: WordView, index: int) -> bool:
    """Whether a lone word, on a page that names people in full, may come to be taken for a person at all.

    Only what speaks for it (`reading`) can do that, and most sentences open with a word for which nothing does:
    then neither model nor lists need be asked what it is.
    """
    if in_list(words.codes[index], GIVEN_LETTERS) or single_name_evident(words, index):
        return True
    return word_at(words, index - 1) in JOINS or given_name_evident(words, index)


#: What joins one name alone to another: the second is somebody where the first is.
JOINS = frozenset({"och", ","})


def single_name_evident(words: WordView, index: int) -> bool:
    """Whether one word, of nobody named in full on the page, is called a person right here."""
    before = word_at(words, index - 1)
    if before in KIN:
        # `boken Mormor Rakel`: with a capital inside a sentence it is a figure's.
        return words.first[index - 1] or not words.tokens[index - 1].capital
    if before in HONORIFICS or before in _TITLES:
        return True
    phrase = role_before(words, index)
    if phrase is None or stands_as_town(words, index):
        return False
    return phrase.role in _TITLES or role_class(phrase.role, None) is RoleClass.MINISTER


#: Words before the last of several names, of which the others may be bodies.
_ALONGSIDE = frozenset({"och", "samt", "eller", "&"})

#: Words that open a clause, right before its subject: `när Ylva fick …`.
_CONJUNCTIONS = frozenset(
    {"att", "då", "eftersom", "innan", "medan", "när", "om", "sedan", "tills", "där"}
)

#: Words that somebody is spoken to with: `Hej Maria!`, `Grattis, Maria!`.
_TO_SOMEBODY = frozenset({"hej", "hejsan", "grattis", "heja", "välkommen", "kära", "käre"})


def _greeted(words: WordView, index: int) -> bool:
    """Whether a word that greets stands before a name, a comma between them or not."""
    before = index - 2 if word_at(words, index - 1) == "," else index - 1
    return word_at(words, before) in _TO_SOMEBODY


def given_name_evident(words: WordView, index: int) -> bool:
    """Whether a given name alone, of nobody named in full, is plainly somebody: kin, an age, a workplace, a double name.

    `min man Senad`, `Ebbe, 9,`, `Torbjörn i vaktmästeriet`, `Kofi från Kulturskolan`, `Nils-Jonas`.
    """
    code = words.codes[index].rstrip(lex.GENITIVE)
    if close_to(words, index) and not words.caps[index]:
        return True
    if not in_list(code, GIVEN_LETTERS) or words.caps[index]:
        return False
    before, after = word_at(words, index - 1), word_at(words, index + 1)
    if after == "," and _age_at(words, index + 2):
        return True
    if before in SAYS or (after in SAYS and word_at(words, index - 1) not in _ALONGSIDE):
        return not stands_as_town(words, index)
    if code not in {"g", "gs"} or stands_as_town(words, index):
        return False
    titled = word_at(words, index - 2) in {"–", "”", '"', "“", ":", "»"}
    if after in lex.lexicon().verbs and before in _CONJUNCTIONS and not titled:
        return True
    if _greeted(words, index) and after in {"!", ",", ".", "?"}:
        return True
    if before == "tack" and after == "för":
        return True
    if after == "och" and words.lowered[index + 2 : index + 4] == ["de", "andra"]:
        return True
    first, hyphen, last = words.forms[index].partition("-")
    given = lex.lexicon().given
    if hyphen and first in given and (last in given or last.removesuffix("s") in given):
        return True
    if index + 2 >= words.size:
        return False
    if after in {"i", "på", "vid"}:
        return _definite_noun(words.forms[index + 2]) or word_at(words, index + 2) == "avdelning"
    return after == "från" and lex.is_organisation_word(words.forms[index + 2])


def _definite_noun(word: str) -> bool:
    """`receptionen`, `vaktmästeriet`, `ljudbordet`: where in the house somebody works."""
    return len(word) > 6 and word.islower() and word.endswith(("en", "et"))


def _age_at(words: WordView, index: int) -> bool:
    """A number of a person's years, closed by a mark or `år`."""
    if index + 1 >= words.size or words.kinds[index] != "number":
        return False
    written = words.texts[index]
    age = written.rstrip(",.")
    closed = written != age or word_at(words, index + 1) in {",", "år", ".", "och"}
    return len(age) < 4 and age.isdigit() and closed


def surname_evident(words: WordView, index: int) -> bool:
    """Whether a single word is a surname by the lists or by its build, and no given name."""
    code = words.codes[index]
    if words.first[index] and code.rstrip(lex.GENITIVE) in {lex.SURNAME_WORD, "Sp", "Sd"}:
        # `Lind och asp blommade`, `Berg säger`
        return word_at(words, index + 1) in lex.lexicon().verbs
    return in_list(code, SURNAME_LETTERS) and not in_list(code, GIVEN_LETTERS + "pcor")


#: Adjectives of a part of a town, which end no name of a person.
_SIDES = frozenset({"Norra", "Södra", "Västra", "Östra", "Inre", "Yttre"})


def full_name_evident(words: WordView, start: int, end: int) -> bool:
    """Whether several words show by themselves or by their company that they name a person.

    A listed given name or surname shows it, and so does what stands around them; two strangers in the middle
    of a sentence pass, two that open one pass where neither is short or built as an ordinary word.
    """
    if end - start == 2 and words.forms[start + 1] in _SIDES:
        # `Klara Norra`
        return False
    if in_list(words.codes[start], GIVEN_LETTERS):
        return True
    inner = [i for i in range(start, end) if words.kinds[i] == "word"]
    if _town_quarter(words, start) and end - start == 2:
        return False
    if start and words.lowered[start - 1] == "i" and not any(words.codes[start:end]):
        # `i Novi Pazar`: two strangers behind `i` are a town abroad.
        return False
    if len(inner) < end - start or any(words.codes[i] == "P" for i in inner):
        return True
    if words.codes[start] in {"", lex.SURNAME_ENDING} and stands_as_town(words, start):
        # `från Skeppsvik Marin`
        return False
    if any(in_list(words.codes[i], NAME_LETTERS) for i in inner):
        return True
    if lex.is_town(words.forms[start]) and words.codes[start] == "" and len(words.forms[start]) > 6:
        # `Kvarnköping Central`: a town's station, hall or club.
        return bool(role_before(words, start))
    if _in_company(words, start, end):
        return True
    if any(in_list(words.codes[i], "pocr") for i in inner):
        return False
    opens = words.first[start] or (start and words.first[start - 1] and words.capital[start - 1])
    if not opens:
        return True
    return not any(_ordinary(words.forms[i]) for i in inner)


#: Parts of a town with a capital: Måsehult Nord, Måsehult Syd.
_QUARTERS = frozenset({"Centrum", "Nord", "Nordost", "Nordväst", "Norr", "Norra", "Syd", "Sydost", "Sydväst", "Söder", "Södra", "Väst", "Väster", "Västra", "Öst", "Öster", "Östra"})  # fmt: skip


def _town_quarter(words: WordView, index: int) -> bool:
    """Whether a town stands here with a part of it behind."""
    if in_list(words.codes[index], GIVEN_LETTERS) or index + 1 >= words.size:
        return False
    return words.forms[index + 1] in _QUARTERS and lex.is_town(words.forms[index])


def stands_as_town(words: WordView, index: int) -> bool:
    """Whether a single unlisted word stands where a town stands: `i Björkhamn`, `från Tallås`."""
    if lex.GIVEN in words.codes[index]:
        return False
    if _town_quarter(words, index):
        return True
    before = word_at(words, index - 1)
    return before in _PLACE_BEFORE and lex.is_town(words.forms[index])


def stands_as_organisation(words: WordView, index: int, full_end: int) -> bool:
    """Whether a single strange word says where the person named before it works: `Anna Ek, jurist Nordanvind`.

    `full_end` is where the last full name ends. Only a comma, or a comma, a role and perhaps another comma, stand between.
    """
    town = lex.PLACE in words.codes[index]
    if full_end < 0 or (in_list(words.codes[index], GIVEN_LETTERS) and not town):
        return False
    if town and word_at(words, index - 1) == "och":
        return False
    if words.codes[index].startswith(lex.SURNAME) and not lex.is_town(words.forms[index]):
        return False
    if index == full_end + 1:
        return words.texts[full_end] in {",", "("}
    last = index - 1 if words.texts[index - 1] == "," else index
    phrase = role_before(words, last)
    return (
        phrase is not None
        and phrase.start == full_end + 1
        and words.texts[full_end] in {",", "\n", "("}
    )


def _ordinary(form: str) -> bool:
    """Whether a stranger is too short to be a name, or has an ordinary word's ending."""
    return len(form) < 4 or form.endswith(ORDINARY_ENDINGS)


def _in_company(words: WordView, start: int, end: int) -> bool:
    """Whether a role, a verb of a person's doing, or a heading of its own stands around two strangers."""
    verbs = lex.lexicon().verbs
    before = word_at(words, start - 1)
    after = word_at(words, end)
    if before in _PRESENTS or after in verbs or before in verbs or role_before(words, start):
        return True
    following = end + 1 if after in {",", "(", "\n"} else end
    if after in {",", "(", "är", "var", "\n"} and role_at(words, following):
        return True
    opens = not start or words.kinds[start - 1] == "line" or before in {",", ":", "•", "|"}
    closes = end >= words.size or after in {"\n", ",", ":", "(", "|"}
    return opens and closes
