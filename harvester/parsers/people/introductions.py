"""A role that introduces a name from some words away: `Socialchefen i Vara, …`, `Som moderator anlitades …`."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.place import NOTHING, PREPOSITIONS, Place, Statement, after_party
from harvester.parsers.people.role_phrases import RolePhrase, role_at, role_before
from harvester.parsers.people.senders import with_genitive
from harvester.parsers.people.wordview import WordView, word_at
from harvester.parsers.people.workplaces import organisation_after_role, organisation_at


def presented(place: Place, comma: int) -> Statement:
    """`Socialchefen i Vara, Inga-Lisa Ros, …`: a role in the definite form, its place, a comma, the name."""
    words = place.words
    for start in range(comma - 1, max(place.previous_end - 1, comma - 9), -1):
        if word_at(words, start) in {".", ",", ":", "\n", "!", "?"}:
            break
        phrase = _whole_role(words, start)
        if phrase is None or phrase.plural:
            continue
        start = phrase.start
        known = _definite(words, phrase) or word_at(words, comma) != "," or _a_certain(words, start)
        if phrase.end == comma and known and _set_off(place):
            return with_genitive(place, phrase, shared=False)
        if known and word_at(words, phrase.end) in PREPOSITIONS:
            inner = Place(words, place.text, start, phrase.end, place.previous_end, comma)
            stated = organisation_after_role(inner, phrase.end, lines=False)
            reaches = stated.organisation_span and stated.organisation_span[1] == comma
            if not (reaches or words.first[start] or _field(words, phrase.end, comma)):
                continue
            return Statement(
                phrase.role,
                (phrase.start, phrase.end),
                stated.organisation,
                stated.organisation_span,
            )
    return NOTHING


def titled_at(place: Place) -> Statement:
    """`Enhetschefen vid Stiftelsen Barnhuset Åke Ek`: a role in the definite form, its place, the name."""
    words, start = place.words, place.start
    low = max(place.previous_end, start - _TITLE_REACH + 1)
    if _WORKS_AT.isdisjoint(words.lowered[low:start]):
        return NOTHING
    for index in range(start - 3, low - 1, -1):
        if words.kinds[index] != "word":
            break
        phrase = _whole_role(words, index)
        if phrase is None or phrase.plural or not _definite(words, phrase):
            continue
        if word_at(words, phrase.end) not in _WORKS_AT:
            break
        inner = Place(words, place.text, phrase.start, phrase.end, place.previous_end, start)
        stated = organisation_after_role(inner, phrase.end, lines=False)
        if stated.organisation_span and stated.organisation_span[1] == start:
            return stated._replace(role=phrase.role, role_span=(phrase.start, phrase.end))
        break
    return NOTHING


def _whole_role(words: WordView, index: int) -> RolePhrase | None:
    """The role whose noun stands at a token, with the words before it that belong to it: `tidigare socialchefen`."""
    phrase = role_at(words, index)
    return (role_before(words, phrase.end) or phrase) if phrase else None


#: Prepositions between a title and its body.
_WORKS_AT = frozenset({"i", "på", "vid", "hos", "för"})

#: How many tokens before a name its title and the body that it is of may take.
_TITLE_REACH = 10


def cast_as(place: Place) -> RolePhrase | None:
    """`Som moderator anlitades Anna Ek`: a role after `som`, a verb, the name."""
    words, verb = place.words, place.start - 1
    if verb < 2 or words.tokens[verb].kind != "word" or not words.forms[verb].islower():
        return None
    phrase = role_before(words, verb)
    if phrase is None or phrase.start < max(place.previous_end, 1) or words.codes[verb] != "":
        return None
    return phrase if word_at(words, phrase.start - 1) == "som" else None


#: Words before an office: `Som ny chef …`, `Till chef …`, `I egenskap av chef …`.
_OPENS_OFFICE = frozenset({"som", "till", "egenskap"})

#: How many tokens before a name may open a sentence that gives it its office.
_OFFICE_REACH = 16


def in_office(place: Place) -> Statement:
    """`Till ny generaldirektör för IVO har regeringen utsett N`, `Uppdraget som chef i Boden gick till N`."""
    words, start = place.words, place.start
    low = max(place.previous_end, start - _OFFICE_REACH + 1)
    if _OPENS_OFFICE.isdisjoint(words.lowered[low : max(low, start - 1)]):
        return NOTHING
    for index in range(start - 2, low - 1, -1):
        if word_at(words, index) in {".", ":", "\n", "!", "?", ","}:
            break
        word, before = words.lowered[index], word_at(words, index - 1)
        opens = (before, word) in IN_POST or (
            word in _OPENS_OFFICE and (words.first[index] or before == "år")
        )
        phrase = role_at(words, index + 1) if opens else None
        if phrase is None or phrase.plural or phrase.end > start:
            continue
        stated = NOTHING
        if word_at(words, phrase.end) in PREPOSITIONS:
            inner = Place(words, place.text, index, phrase.end, place.previous_end, start)
            stated = organisation_after_role(inner, phrase.end, lines=False)
        elif word_at(words, phrase.end) in {"har", "hade"}:
            # `Till ny socialchef har Orsa kommun utsett N`
            inner = Place(words, place.text, index, phrase.end, place.previous_end, start)
            stated = organisation_at(inner, phrase.end + 1)
        last = stated.organisation_span[1] if stated.organisation_span else phrase.end
        verbs = [word_at(words, i) in _GIVES_OFFICE for i in range(last, start)]
        if not any(verbs) and (word == "till" or not _one_verb(words, last, start)):
            return NOTHING
        return stated._replace(role=phrase.role, role_span=(phrase.start, phrase.end))
    return NOTHING


def _one_verb(words: WordView, last: int, start: int) -> bool:
    """Whether one word in lower case parts `Som chef i Orsa` from a name, as the verb does: `Som chef ser Anna Ek …`."""
    if start - last != 1 or words.kinds[last] != "word" or not words.forms[last].islower():
        return False
    return words.forms[last] not in PREPOSITIONS | _JOINS and role_at(words, last) is None


#: Small words that stand between a role and a name and are no verb.
_JOINS = frozenset({"och", "eller", "samt", "men", "att", "med", "som", "om", "till", "både", "än", "åt", "utan", "mot", "under", "hette", "heter"})  # fmt: skip

#: Verbs that give somebody an office or put them into it.
_GIVES_OFFICE = frozenset({"tillträder", "tillträdde", "utses", "utsågs", "utsett", "utsetts", "utser", "utnämns", "utnämndes", "utnämnt", "utnämner", "valde", "valdes", "väljs", "valt", "valts", "väljer", "föreslår", "föreslås", "föreslog", "föreslogs", "föreslagit", "anställs", "anställdes", "anställt", "rekryteras", "rekryterat", "rekryterats", "rekryterar", "förordnas", "förordnat", "efterträds", "gick", "går", "gått", "tog", "tar", "tagit", "omvaldes", "omvalts", "börjar", "började", "inträder", "invaldes", "invalts", "fungerade", "fungerar", "medverkade", "medverkar", "anlitades", "anlitas", "engageras", "engagerades", "tjänstgör", "tjänstgjorde", "verkar", "verkade", "ses", "syns", "har", "får", "fick", "företräder", "företrädde", "leder", "ledde", "ansvarar", "talar", "talade"})  # fmt: skip

#: Words for an office, before `som` and what it is.
POSTS = frozenset({"uppdraget", "posten", "rollen", "tjänsten", "jobbet", "stolen", "uppdrag", "titeln", "ämbetet"})  # fmt: skip

#: The same with what follows them: `rollen som`, `i egenskap av`.
IN_POST = frozenset({*((post, "som") for post in (*POSTS, "roll")), ("egenskap", "av")})


def opening_role(place: Place) -> RolePhrase | None:
    """`Omsorgschefen med … . Anna Ek från …`: the block's first words present the person named after them."""
    words = place.words
    if place.previous_end or not words.first[place.start] or not place.start:
        return None
    phrase = role_at(words, 0)
    if (
        phrase is None
        or phrase.end >= place.start
        or phrase.plural
        or word_at(words, phrase.end) not in PREPOSITIONS | {"med"}
    ):
        return None
    definite = word_at(words, phrase.end - 1) != phrase.role.split()[-1]
    stops = sum(
        1 for i in range(phrase.end, place.start) if word_at(words, i) in {".", "!", "?", "\n"}
    )
    return phrase if definite and stops == 1 else None


def role_in_field(words: WordView, end: int) -> RolePhrase | None:
    """`professorn i straffrätt Anna Ek`: a role in the definite form, its field in one word, the name."""
    if end < 3 or word_at(words, end - 2) not in {"i", "för"} or not words.forms[end - 1].islower():
        return None
    phrase = role_before(words, end - 2)
    return phrase if phrase and _definite(words, phrase) else None


def role_and_region(words: WordView, end: int) -> RolePhrase | None:
    """`Regionansvarig Dalarna Jonas …`: places between role and name."""
    index = end
    while index > 0 and lex.PLACE in words.codes[index - 1] and end - index < 3:
        index -= 1
    return role_before(words, index) if index < end else None


def _a_certain(words: WordView, role: int) -> bool:
    """`en gammal boendestödjare`: an article and perhaps an adjective before a role."""
    return "en" in {word_at(words, role - 1), word_at(words, role - 2)}


def _field(words: WordView, start: int, end: int) -> bool:
    """Whether only what a role is about stands in a stretch: `chefen för hemtjänsten,`."""
    return word_at(words, start) == "för" and all(
        words.tokens[i].kind == "word" and words.forms[i].islower() for i in range(start, end)
    )


def _definite(words: WordView, phrase: RolePhrase) -> bool:
    """`socialchefen`, `kommunstyrelsens ordförande`, `föreningens kassör`: a role that only one person has."""
    if word_at(words, phrase.end - 1) != phrase.role.split()[-1]:
        return True
    owner = word_at(words, phrase.start - 1)
    if owner == "årets":
        return True
    if owner == "s" and word_at(words, phrase.start - 2) == ":":
        # `FSS:s ordförande`
        return True
    return phrase.role.split()[0].endswith("ens") or (len(owner) > 4 and owner.endswith("ens"))


def _set_off(place: Place) -> bool:
    """Whether the name ends an apposition: a comma, stop or bracket stands behind it."""
    end = after_party(place.words, place.end)
    return end >= len(place.words) or word_at(place.words, end) in {",", ".", "(", "\n"}
