"""What is said before a name: title, organisation in the genitive, a colon, a presenting phrase."""

from __future__ import annotations

from harvester.parsers.people.introductions import (
    cast_as,
    in_office,
    opening_role,
    presented,
    role_and_region,
    role_in_field,
    titled_at,
)
from harvester.parsers.people.labels import (
    CREDITS,
    label_line,
    list_heading,
    long_label,
    told_after,
)
from harvester.parsers.people.names import KIN
from harvester.parsers.people.place import NOTHING, Place, Statement, owner_span
from harvester.parsers.people.predicates import predicate_end
from harvester.parsers.people.role_phrases import RolePhrase, role_before
from harvester.parsers.people.senders import owner, sender, spoken_for, with_genitive
from harvester.parsers.people.wordview import WordView, word_at

#: Adverbs between a copula and the name it introduces.
_AGAIN = frozenset({"även", "denna", "den", "här", "gång", "gången", "i", "år", "också", "återigen", "åter", "numera", "nu", "som", "vanligt", "liksom", "alltså", "fjol", "igen"})  # fmt: skip

_NOTHING = NOTHING

#: Ends of sentences.
_STOPS = frozenset({".", "!", "?"})

#: Genitives of an award's name.
_AWARDED = frozenset({"årets", "månadens", "veckans"})

#: What somebody is to the writer and no office: `min handledare Anna Ek`.
_WHOSE = frozenset({"min", "din"})
_RELATIONS = frozenset({"chef", "coach", "handledare", "lärare", "läkare", "mentor", "psykolog", "terapeut", "tränare"})  # fmt: skip


def before_name(place: Place) -> Statement:
    words, start = place.words, _skip_title(place)
    colon = start - 1
    if colon < 0:
        return NOTHING
    if words.texts[colon] in _STOPS:
        # Behind a sentence's end nothing but the block's first words may tell of the name.
        said = opening_role(place)
        return with_genitive(place, said, shared=False) if said else NOTHING
    if colon > 0 and word_at(words, colon) == ":" and colon > place.previous_end - 1:
        phrase = role_before(words, colon)
        if phrase and phrase.role in CREDITS:
            return NOTHING
        if phrase and word_at(words, phrase.start - 1) == "årets":
            # `Årets chef: Anna Ek, Orsa`: an award.
            return NOTHING
        if phrase and (words.first[phrase.start] or word_at(words, phrase.start - 1) in {"", "/"}):
            return with_genitive(place, phrase, shared=True)
        labelled = long_label(place, colon)
        if labelled.role:
            return labelled
        announced = _announced(place, colon)
        heading = None if announced.role else list_heading(place)
        if heading:
            return announced._replace(role=heading.role, role_span=(heading.start, heading.end))
        return announced
    if colon > 0 and words.kinds[colon] == "number" and words.texts[colon].endswith(":"):
        # `Moderator dag 1: Anna Ek`: the colon belongs to the number.
        return long_label(place, start)
    if colon > 0 and word_at(words, colon) == "–":
        sent = sender(place, colon)
        if sent.organisation:
            return sent
        phrase = role_before(words, colon)
        if phrase and phrase.role not in CREDITS and _opens_item(words, phrase.start):
            # `Ordförande – Anna Ek`
            return with_genitive(place, phrase, shared=False)
    if colon > 0 and word_at(words, colon) == ",":
        heading = list_heading(place)
        if heading:
            return Statement(heading.role, (heading.start, heading.end))
        return _counted(place, colon) or presented(place, colon)
    copula = _copula_before(words, start)
    if copula is not None:
        phrase = role_before(words, copula)
        if phrase and word_at(words, phrase.start - 1) in _AWARDED:
            # `Nominerad till Årets chef är Anna Ek, rektor i Lund`: an award.
            if word_at(words, phrase.start - 2) == "till":
                return NOTHING
            phrase = None if told_after(place) else phrase
        if phrase is None:
            introduced = presented(place, copula)
            # `Ansvarig för projektet är Anna Ek, rektor i Lund`: a task.
            task = introduced.role == "ansvarig" and told_after(place)
            return NOTHING if task else introduced
        if phrase and phrase.start >= place.previous_end:
            return with_genitive(place, phrase, shared=True)
        return NOTHING
    late = _predicate_before(place, start)
    if late.role:
        return late
    label = label_line(place)
    if label:
        return Statement(label.role, (label.start, label.end))
    heading = list_heading(place)
    if heading:
        return Statement(heading.role, (heading.start, heading.end))
    among = _among(place)
    if among:
        return Statement(among.role, (among.start, among.end), shared=True)
    cast = cast_as(place)
    if cast:
        return with_genitive(place, cast, shared=False)
    elected = (
        start - 1
        if colon >= 0 and word_at(words, colon) in {"valdes", "utsågs", "omvaldes"}
        else start
    )
    phrase = (
        role_before(words, elected)
        or role_in_field(words, start)
        or opening_role(place)
        or role_and_region(words, start)
    )
    if phrase and phrase.role in _RELATIONS and word_at(words, phrase.start - 1) in _WHOSE:
        return NOTHING
    if phrase and phrase.start >= place.previous_end:
        return with_genitive(place, phrase, shared=phrase.plural)
    if start > place.previous_end and words.kinds[start - 1] == "word":
        introduced = in_office(place)
        introduced = introduced if introduced.role else titled_at(place)
        sent = introduced if introduced.role else spoken_for(place)
        if sent.role or sent.organisation:
            return sent
    return owner(place, start)


def _opens_item(words: WordView, index: int) -> bool:
    return not index or words.kinds[index - 1] == "line" or words.texts[index - 1] == "•"


def opening(words: WordView, start: int) -> int:
    """Where what is said before the name at a token begins: its role phrase and the organisation owning it."""
    phrase = role_before(words, start)
    if phrase is None:
        return start
    owner = owner_span(words, phrase.start, 0)
    return owner[0] if owner else phrase.start


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


def _predicate_before(place: Place, start: int) -> Statement:
    """The office of `Ordförande är sedan i våras Anna Ek`, `Sekreterare har varit juristen Bo Alm`."""
    words = place.words
    if start < 3 or words.kinds[start - 1] != "word" or words.capital[start - 1]:
        return _NOTHING
    low = max(place.previous_end, start - _PREDICATE_REACH)
    if _LINKS.isdisjoint(words.lowered[low : max(low, start - 1)]):
        return _NOTHING
    for verb in range(start - 2, low, -1):
        if words.kinds[verb] in {"mark", "line"}:
            break
        if words.lowered[verb] in _LINKS:
            behind = predicate_end(words, verb)
            titled = behind == start - 1 and words.forms[behind].islower()
            titled = titled and words.lowered[behind] not in KIN
            if not (behind == start or (titled and words.lowered[behind].endswith("n"))):
                break
            phrase = role_before(words, verb)
            said = with_genitive(place, phrase, shared=False) if phrase else presented(place, verb)
            return NOTHING if said.role in {"anhörig", "ansvarig"} else said
    return NOTHING


#: Verbs between an office and who holds it, and how far before the name they may stand.
_LINKS = frozenset({"är", "var", "har"})
_PREDICATE_REACH = 8

#: Words before a plural that a list of those counted follows: `fick två nya ledamöter, Anna Ek och Bo Alm`.
_COUNTS = frozenset({"två", "tre", "fyra", "fem", "sex", "sju", "åtta", "följande", "våra"})


def _counted(place: Place, comma: int) -> Statement | None:
    """The role of all listed behind a plural with its number."""
    phrase = role_before(place.words, comma)
    if phrase is None or not phrase.plural or phrase.start < place.previous_end:
        return None
    near = place.words.lowered[max(place.previous_end, phrase.start - 2) : phrase.end]
    if _COUNTS.isdisjoint(near):
        return None
    return Statement(phrase.role, (phrase.start, phrase.end), shared=True)


def _announced(place: Place, colon: int) -> Statement:
    """`den första inbokade storföreläsaren: Jan …`: a role in the definite form before a colon."""
    phrase = role_before(place.words, colon)
    if phrase and phrase.start >= place.previous_end:
        bare = word_at(place.words, phrase.end - 1) == phrase.role.split()[-1]
        return with_genitive(place, phrase, shared=phrase.plural or bare)
    return sender(place, colon)


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


def _skip_title(place: Place) -> int:
    """The token after what belongs to the role, leaving out `Sir` and a nickname in quotation marks."""
    start = place.start
    while start > 0 and word_at(place.words, start - 1) in {"sir", "lady", "dr"}:
        if role_before(place.words, start) and word_at(place.words, start - 1) == "dr":
            break
        start -= 1
    return start
