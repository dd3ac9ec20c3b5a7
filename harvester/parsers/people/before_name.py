"""What is said before a name: title, organisation in the genitive, a colon, a presenting phrase."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.organisations import (
    organisation_end,
    organisation_lexicon,
    organisation_text,
)
from harvester.parsers.people.place import (
    PREPOSITIONS,
    Place,
    Statement,
    after_party,
    owner_span,
)
from harvester.parsers.people.role_phrases import RolePhrase, role_at, role_before
from harvester.parsers.people.roles import role_class
from harvester.parsers.people.wordview import WordView, word_at
from harvester.parsers.people.workplaces import organisation_after_role, organisation_at
from harvester.records import RoleClass

#: Adverbs between a copula and the name it introduces.
_AGAIN = frozenset({"även", "denna", "den", "här", "gång", "gången", "i", "år", "också", "återigen", "åter", "numera", "nu", "som", "vanligt", "liksom", "alltså", "fjol", "igen"})  # fmt: skip

#: Genitives of an award's name.
_AWARDED = frozenset({"årets", "månadens", "veckans"})

#: Labels that credit somebody's work with the text or picture: what was done, and no role.
_CREDITS = frozenset(
    {
        "fotograf",
        "skribent",
        "översättare",
        "illustratör",
        "redaktör",
        "krönikör",
        "filmare",
        "tecknare",
        "tolk",
    }
)


def before_name(place: Place) -> Statement:
    words, start = place.words, _skip_title(place)
    colon = start - 1
    if colon > 0 and word_at(words, colon) == ":" and colon > place.previous_end - 1:
        phrase = role_before(words, colon)
        if phrase and phrase.role in _CREDITS:
            return Statement()
        if phrase and (words.first[phrase.start] or word_at(words, phrase.start - 1) in {"", "/"}):
            return _with_genitive(place, phrase, shared=True)
        return _announced(place, colon)
    if colon > 0 and word_at(words, colon) == "–":
        sender = _sender(place, colon)
        if sender.organisation:
            return sender
    if colon > 0 and word_at(words, colon) == ",":
        return _presented(place, colon)
    copula = _copula_before(words, start)
    if copula is not None:
        phrase = role_before(words, copula)
        if phrase and word_at(words, phrase.start - 1) in _AWARDED:
            # `Nominerad till Årets chef är Anna Ek, rektor i Lund`: an award.
            phrase = None if _told_after(place) else phrase
        if phrase is None:
            return _presented(place, copula)
        if phrase and phrase.start >= place.previous_end:
            return _with_genitive(place, phrase, shared=True)
        return Statement()
    label = _label_line(place)
    if label:
        return Statement(label.role, (label.start, label.end))
    among = _among(place)
    if among:
        return Statement(among.role, (among.start, among.end), shared=True)
    cast = _cast_as(place)
    if cast:
        return _with_genitive(place, cast, shared=False)
    elected = (
        start - 1
        if colon >= 0 and word_at(words, colon) in {"valdes", "utsågs", "omvaldes"}
        else start
    )
    phrase = (
        role_before(words, elected)
        or _role_in_field(words, start)
        or _opening_role(place)
        or _role_and_region(words, start)
    )
    if phrase and phrase.start >= place.previous_end:
        return _with_genitive(place, phrase, shared=phrase.plural)
    return _owner(place, start)


def _told_after(place: Place) -> bool:
    """Whether a role stands behind the name and a comma."""
    return (
        word_at(place.words, place.end) == "," and role_at(place.words, place.end + 1) is not None
    )


def _copula_before(words: WordView, start: int) -> int | None:
    """Where the verb of `Moderator är även denna gång Anna Ek` stands; adverbs may stand behind it."""
    index = start - 1
    while index > max(0, start - 6) and word_at(words, index) in _AGAIN:
        index -= 1
    return (
        index
        if index >= 0 and word_at(words, index) in {"är", "blir", "var", "blev", "heter"}
        else None
    )


def opening(words: WordView, start: int) -> int:
    """Where what is said before the name at a token begins: its role phrase and the organisation owning it."""
    phrase = role_before(words, start)
    if phrase is None:
        return start
    owner = owner_span(words, phrase.start, 0)
    return owner[0] if owner else phrase.start


def _announced(place: Place, colon: int) -> Statement:
    """`den första inbokade storföreläsaren: Jan …`: a role in the definite form before a colon."""
    phrase = role_before(place.words, colon)
    if phrase and phrase.start >= place.previous_end:
        return _with_genitive(place, phrase, shared=phrase.plural)
    return _sender(place, colon)


def _sender(place: Place, mark: int) -> Statement:
    """`Orsa: Anna Ek` and `Region Halland – Anna Ek`: the organisation alone on the line before the name."""
    words, begin = place.words, mark
    while begin > place.previous_end and words.tokens[begin - 1].kind != "line":
        begin -= 1
    end = place.end
    listed = (
        end >= len(words)
        or words.tokens[end].kind == "line"
        or word_at(words, end) in {",", "och", "("}
    )
    alone = begin == 0 or words.tokens[begin - 1].kind == "line"
    alone = alone and not _in_list_of_areas(words, begin)
    if not (listed and alone) or begin == mark or word_at(words, begin) in {"foto", "text"}:
        return Statement()
    stated = organisation_at(Place(words, place.text, begin, begin, begin, mark), begin)
    span = stated.organisation_span
    if span is None or span[1] != mark:
        return Statement()
    known = words.forms[begin] in organisation_lexicon().known or lex.is_town(words.forms[begin])
    if not known and not any(lex.PLACE in words.codes[i] for i in range(*span)):
        return Statement()
    return stated._replace(shared=True)


#: How many words above and below a line are asked for others like it.
_NEAR = 40


def _in_list_of_areas(words: WordView, begin: int) -> bool:
    """Whether a line near this one opens with a province: `Dalarna: Anna Ek` above `Örebro: Bo Alm`."""
    near = range(max(0, begin - _NEAR), min(begin + _NEAR, len(words)))
    areas = lex.lexicon().areas
    return any(
        words.forms[index] in areas and (not index or words.tokens[index - 1].kind == "line")
        for index in near
    )


def _presented(place: Place, comma: int) -> Statement:
    """`Socialchefen i Vara, Inga-Lisa Ros, …`: a role in the definite form, its place, a comma, the name."""
    words = place.words
    for start in range(comma - 1, max(place.previous_end - 1, comma - 9), -1):
        if word_at(words, start) in {".", ",", ":", "\n", "!", "?"}:
            break
        phrase = role_at(words, start)
        if phrase is None or phrase.plural:
            continue
        known = _definite(words, phrase) or word_at(words, comma) != ","
        if phrase.end == comma and known and _set_off(place):
            return _with_genitive(place, phrase, shared=False)
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
    return Statement()


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
    return phrase.role.split()[0].endswith("ens") or (len(owner) > 4 and owner.endswith("ens"))


def _set_off(place: Place) -> bool:
    """Whether the name ends an apposition: a comma, stop or bracket stands behind it."""
    end = after_party(place.words, place.end)
    return end >= len(place.words) or word_at(place.words, end) in {",", ".", "(", "\n"}


def _label_line(place: Place) -> RolePhrase | None:
    """A line of nothing but a role above the name, in a block that goes role, name, role, name."""
    words, line = place.words, place.start - 1
    if line < 1 or words.tokens[line].kind != "line":
        return None
    phrase = role_before(words, line)
    if phrase is None or phrase.start < place.previous_end:
        return None
    if phrase.start and words.tokens[phrase.start - 1].kind != "line":
        return None
    opening = role_at(words, 0)
    labels_first = opening is not None and words.tokens[opening.end].kind == "line"
    return phrase if labels_first or phrase.start > place.previous_end + 1 else None


def _among(place: Place) -> RolePhrase | None:
    """`Flera skådespelare, bland dem Anna Ek och Bo Alm`: what all of them are."""
    words, end = place.words, place.start
    if word_at(words, end - 1) == "däribland":
        end -= 1
    elif word_at(words, end - 1) == "dem" and word_at(words, end - 2) == "bland":
        end -= 2
    if end == place.start or word_at(words, end - 1) != ",":
        return None
    phrase = role_before(words, end - 1)
    return phrase if phrase and phrase.start >= place.previous_end else None


def _cast_as(place: Place) -> RolePhrase | None:
    """`Som moderator anlitades Anna Ek`: a role after `som`, a verb, the name."""
    words, verb = place.words, place.start - 1
    if verb < 2 or words.tokens[verb].kind != "word" or not words.forms[verb].islower():
        return None
    phrase = role_before(words, verb)
    if phrase is None or phrase.start < max(place.previous_end, 1) or words.codes[verb] != "":
        return None
    return phrase if word_at(words, phrase.start - 1) == "som" else None


def _opening_role(place: Place) -> RolePhrase | None:
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


def _skip_title(place: Place) -> int:
    """The token after what belongs to the role, leaving out `Sir` and a nickname in quotation marks."""
    start = place.start
    while start > 0 and word_at(place.words, start - 1) in {"sir", "lady", "dr"}:
        if role_before(place.words, start) and word_at(place.words, start - 1) == "dr":
            break
        start -= 1
    return start


def _role_in_field(words: WordView, end: int) -> RolePhrase | None:
    """`professorn i straffrätt Anna Ek`: a role in the definite form, its field in one word, the name."""
    if end < 3 or word_at(words, end - 2) not in {"i", "för"} or not words.forms[end - 1].islower():
        return None
    phrase = role_before(words, end - 2)
    return phrase if phrase and _definite(words, phrase) else None


def _role_and_region(words: WordView, end: int) -> RolePhrase | None:
    """`Regionansvarig Dalarna Jonas …`: places between role and name."""
    index = end
    while index > 0 and lex.PLACE in words.codes[index - 1] and end - index < 3:
        index -= 1
    return role_before(words, index) if index < end else None


def _with_genitive(place: Place, phrase: RolePhrase, shared: bool) -> Statement:
    words = place.words
    organisation, span = None, None
    if role_class(phrase.role, None) is not RoleClass.MINISTER:
        owner = owner_span(words, phrase.start, place.previous_end)
        if owner:
            span = owner
            organisation = organisation_text(words, *owner, place.text, genitive=True)
    if (
        organisation is None
        and phrase.end < place.start
        and word_at(words, phrase.end) in PREPOSITIONS
    ):
        return Statement(phrase.role, (phrase.start, phrase.end), shared=shared)
    return Statement(phrase.role, (phrase.start, phrase.end), organisation, span, shared)


def _owner(place: Place, start: int) -> Statement:
    """`Socialchefsdagarnas Göran …`: the organisation alone before the name."""
    words = place.words
    span = owner_span(words, start, place.previous_end)
    if span:
        form = words.forms[start - 1]
        marked = lex.ORGANISATION in words.codes[start - 1] or lex.is_organisation_word(form)
        marked = marked or form.removesuffix("s") in organisation_lexicon().known
        if lex.PLACE not in words.codes[start - 1] and (marked or _strange_owner(place, span)):
            return Statement(
                organisation=organisation_text(words, *span, place.text, genitive=True),
                organisation_span=span,
            )
    if start >= 2 and words.tokens[start - 1].kind == "line":
        return _signed_for(place, start - 1)
    return Statement()


def _strange_owner(place: Place, span: tuple[int, int]) -> bool:
    """`Kommunkollens Jerker Ek`: one unlisted word in the genitive inside a sentence, before a listed given name."""
    words, index = place.words, span[0]
    lone = span[1] - span[0] == 1 and place.end - place.start > 1 and words.codes[index] == ""
    inside = not words.first[index] and not words.caps[index]
    return (
        lone
        and inside
        and lex.GIVEN in words.codes[place.start]
        and not lex.is_town(words.forms[index])
    )


def _signed_for(place: Place, line: int) -> Statement:
    """A signature's line `För Föreningen …` above the name."""
    words, begin = place.words, line
    while begin > 0 and words.tokens[begin - 1].kind != "line":
        begin -= 1
    if (
        words.forms[begin] == "För"
        and begin + 1 < line
        and organisation_end(words, begin + 1) == line
    ):
        span = (begin + 1, line)
        return Statement(
            organisation=organisation_text(words, *span, place.text), organisation_span=span
        )
    return Statement()
