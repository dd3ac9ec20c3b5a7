"""What a text says of a person without the name: under the heading that names them, or after `hon` and `han`."""

from __future__ import annotations

from collections.abc import Iterator

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.names import SAYS
from harvester.parsers.people.news import new_post
from harvester.parsers.people.organisations import organisation_text
from harvester.parsers.people.place import NOTHING, Place, Statement, after_articles, owner_span
from harvester.parsers.people.predicates import PREDICATES, predicate_end
from harvester.parsers.people.role_phrases import RolePhrase, role_at
from harvester.parsers.people.roles import WEAK_ROLES
from harvester.parsers.people.wordview import WordView, word_at
from harvester.parsers.people.workplaces import organisation_after_role

#: A heading is no longer than this, in tokens.
_LONGEST_HEADING = 14

_COPULAS = frozenset({"är", "var", "blev"})
_PRONOUNS = frozenset({"hon", "han", "hen", "Hon", "Han", "Hen", "du", "Du"})

#: Who says so stands behind what is said: `– Jag är chef i Orsa, säger Anna Ek.`
_SPEAKERS = frozenset({"jag", "Jag"})
_ADDRESSED = frozenset({"du", "Du"})
FIRST_AND_SECOND = _SPEAKERS | _ADDRESSED
_WORKS = frozenset({"arbetar", "jobbar", "verkar"})


def is_heading(words: WordView) -> bool:
    """Whether a block is as short as a heading and no sentence."""
    if not 0 < words.size <= _LONGEST_HEADING:
        return False
    return words.texts[-1] not in {".", "!", ":", "”"}


def said_under_heading(
    words: WordView, text: str, first_name: int, plural: bool = False
) -> Statement:
    """What a block's first words say of the person its heading names.

    `Poeten läser två dikter` and `Omsorgschefen från Lund hade aldrig …` begin with a role in the definite form;
    `tidigare ordförande, Lund` is nothing but a role. `first_name` is where the block's first name begins: a
    role right before it is that person's. `plural`: the heading names two, so the role must be a plural.
    """
    phrase, owner = role_at(words, 0), None
    if phrase is None:
        phrase, owner = _owned(words, first_name)
    if phrase is None or phrase.plural != plural or phrase.end >= first_name < words.size:
        return NOTHING
    stated = _with_organisation(words, text, phrase.end, first_name)
    if stated.organisation_span and stated.organisation_span[0] > phrase.end + 2:
        # `Poeten läser ur sin bok på Sjömanskyrkan`: where it is read, not where the poet works.
        stated = NOTHING
    if owner:
        organisation = organisation_text(words, *owner, text, genitive=True)
        return Statement(phrase.role, (phrase.start, phrase.end), organisation, owner)
    said = stated._replace(role=phrase.role, role_span=(phrase.start, phrase.end))
    last = said.organisation_span[1] if said.organisation_span else phrase.end
    aged = (
        word_at(words, last) == "," and last + 1 < words.size and words.kinds[last + 1] == "number"
    )
    if word_at(words, last) == "är" and word_at(words, last + 1) in _OF_A_KIND:
        # `Tolken är inte en maskin`: of all of that trade.
        return NOTHING
    if word_at(words, last) == "?":
        # `Sångerskan? Nej, en annan.`
        return NOTHING
    lives = word_at(words, last) == "," and word_at(words, last + 1) in lex.lexicon().verbs
    whole = aged or lives or last >= words.size or word_at(words, last) in {".", "sedan"}
    form = word_at(words, phrase.end - 1)
    definite = form != phrase.role.split()[-1] and form.endswith(("n", "t", "na"))
    return said if whole or (definite and phrase.role not in WEAK_ROLES) else NOTHING


#: What says behind `är` that a trade is spoken of, and nobody in particular.
_OF_A_KIND = frozenset({"aldrig", "alltid", "en", "ett", "inte", "ofta", "sällan", "viktig"})


def _owned(words: WordView, limit: int) -> tuple[RolePhrase | None, tuple[int, int] | None]:
    """`Kulturskolans rektor visar …`: the role a block opens with behind the organisation that owns it."""
    for start in range(1, min(6, limit)):
        phrase = role_at(words, start)
        owner = owner_span(words, start, 0) if phrase else None
        if phrase and owner and owner[0] == 0:
            return phrase, owner
    return None, None


def role_label(words: WordView, text: str) -> Statement:
    """The role that is all a block says, or news of a post: a label of the person whom the next block names."""
    phrase = role_at(words, 0)
    end = words.size - 1 if words.tokens and words.texts[-1] == ":" else words.size
    if end < words.size and 1 < end <= _LONGEST_LABEL and (phrase is None or phrase.end != end):
        return _label_with_adverbs(words, end)
    if phrase is None or phrase.end != end or phrase.role in WEAK_ROLES:
        return new_post(words, text, 0, end)
    several = phrase.plural or word_at(words, phrase.end - 1).endswith("iga")
    return Statement(phrase.role, (phrase.start, phrase.end), shared=several)


#: A label with adverbs is no longer than this, in tokens.
_LONGEST_LABEL = 5


def _label_with_adverbs(words: WordView, end: int) -> Statement:
    """`Klara storföreläsare hittills:`: a role for all listed below, among words in lower case that are no verbs."""
    verbs = lex.lexicon().verbs
    if any(words.kinds[i] != "word" or words.lowered[i] in verbs for i in range(end)):
        return NOTHING
    for index in range(end):
        phrase = role_at(words, index)
        if (
            phrase is None
            or (index and words.capital[index])
            or any(words.capital[phrase.end : end])
        ):
            continue
        if phrase.plural or words.lowered[phrase.end - 1].endswith("are"):
            return Statement(phrase.role, (phrase.start, phrase.end), shared=True)
    return NOTHING


def said_in_answer(words: WordView, text: str, start: int) -> Statement:
    """`Anna Ek: Nu är jag socialchef i Orsa.`: what the one whose words begin at a token says of themselves first."""
    for index in range(start, min(start + _SPEECH, words.size)):
        if words.kinds[index] == "line" or words.texts[index] in {".", "?", "!"}:
            break
        if words.lowered[index] != "jag":
            continue
        phrase = _post(words, index)
        if phrase is None:
            break
        stated = _with_organisation(words, text, phrase.end, words.size)
        return stated._replace(role=phrase.role, role_span=(phrase.start, phrase.end))
    return NOTHING


def said_of_introduced(words: WordView, text: str, end: int) -> Statement:
    """`Mitt namn är Anna Ek. Jag är socialchef i Orsa.`: what whoever gives the name that ends at a token says next."""
    if word_at(words, end) not in {".", ","} or word_at(words, end + 1) != "jag":
        return NOTHING
    phrase = _post(words, end + 1)
    if phrase is None:
        return NOTHING
    stated = _with_organisation(words, text, phrase.end, words.size)
    return stated._replace(role=phrase.role, role_span=(phrase.start, phrase.end))


def said_of_pronoun(words: WordView, text: str) -> Iterator[tuple[int, Statement]]:
    """Each `hon är poet` and `i dag är han rektor i Lund`: the pronoun's token and what is said."""
    if _PRONOUNS.isdisjoint(words.forms):
        return
    for index, form in enumerate(words.forms):
        if form not in _PRONOUNS or (form in {"du", "Du"} and not _called(words, index)):
            continue
        phrase = _post(words, index)
        if phrase is None:
            continue
        stated = _with_organisation(words, text, phrase.end, words.size)
        yield index, stated._replace(role=phrase.role, role_span=(phrase.start, phrase.end))


def _called(words: WordView, pronoun: int) -> bool:
    """Whether who is spoken to stands right before: `Anna Ek, du är …`, `Hej Anna Ek! Du är …`."""
    name = pronoun - 2
    if name < 0 or words.texts[pronoun - 1] not in {",", "!"} or not words.capital[name]:
        return False
    return words.texts[pronoun - 1] == "," or "hej" in words.lowered[max(0, name - 4) : name]


def said_of_addressee(words: WordView, text: str) -> Iterator[tuple[int, Statement]]:
    """Each `du är socionom på jouren i Orsa, Anna Ek.`: the token where whoever is called by name stands."""
    for index, form in enumerate(words.forms):
        phrase = _post(words, index) if form in _ADDRESSED else None
        if phrase is None:
            continue
        for comma in range(phrase.end, min(phrase.end + _SPEECH, words.size - 1)):
            if words.texts[comma] in {".", "?", "!", "\n"}:
                break
            if words.texts[comma] == ",":
                stated = _with_organisation(words, text, phrase.end, comma)
                yield (
                    comma + 1,
                    stated._replace(role=phrase.role, role_span=(phrase.start, phrase.end)),
                )


def said_of_speaker(words: WordView, text: str) -> Iterator[tuple[int, Statement]]:
    """Each `jag är områdeschef i Mölndal, säger`: the token behind the verb of saying, where the speaker stands."""
    for index, form in enumerate(words.forms):
        phrase = _post(words, index) if form in _SPEAKERS else None
        if phrase is None:
            continue
        for verb in range(phrase.end, min(phrase.end + _SPEECH, words.size)):
            if words.lowered[verb] in SAYS:
                stated = _with_organisation(words, text, phrase.end, verb)
                yield (
                    verb + 1,
                    stated._replace(role=phrase.role, role_span=(phrase.start, phrase.end)),
                )
                break


#: How many words what is said may go on behind the role.
_SPEECH = 24


def _post(words: WordView, pronoun: int) -> RolePhrase | None:
    """What the text says that one is whom a pronoun means; None where that is no single person's role."""
    start = _predicate(words, pronoun)
    phrase = role_at(words, start) if start is not None else None
    return None if phrase is None or phrase.role in WEAK_ROLES or phrase.plural else phrase


def _predicate(words: WordView, pronoun: int) -> int | None:
    """Where what the pronoun is begins: behind the copula, whichever of the two comes first."""
    before, after = word_at(words, pronoun - 1), word_at(words, pronoun + 1)
    if before in _COPULAS:
        return after_articles(words, pronoun + 1)
    behind = predicate_end(words, pronoun + 1) if after in PREDICATES else 0
    if behind and after != "heter":
        return behind
    if after == "som" and word_at(words, pronoun - 1) not in {"det", "är"}:
        # `hur hon som socialchef i Orsa mötte …`
        return after_articles(words, pronoun + 2)
    if after in _WORKS or after in lex.lexicon().verbs:
        # `Hon slutar i december som chef`
        behind = after_articles(words, pronoun + 2)
        if word_at(words, behind) == "i" and behind + 2 < words.size:
            behind += 2
        if word_at(words, behind) == "som":
            return after_articles(words, behind + 1)
    return None


def _with_organisation(words: WordView, text: str, end: int, limit: int) -> Statement:
    """The organisation behind a role phrase that stands without a name."""
    place = Place(words, text, 0, end, 0, limit)
    return organisation_after_role(place, end, lines=True)
