"""What is said before a name: title, organisation in the genitive, a colon, a presenting phrase."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.introductions import (
    cast_as,
    in_office,
    opening_role,
    presented,
    role_and_region,
    role_in_field,
    titled_at,
)
from harvester.parsers.people.place import PREPOSITIONS, Place, Statement, owner_span
from harvester.parsers.people.role_phrases import RolePhrase, role_at, role_before
from harvester.parsers.people.roles import WEAK_ROLES, role_class
from harvester.parsers.people.senders import owner, sender, spoken_for, with_genitive
from harvester.parsers.people.wordview import WordView, word_at
from harvester.parsers.people.workplaces import organisation_after_role
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
        "modell",
    }
)


#: What somebody is to the writer and no office: `min handledare Anna Ek`.
_WHOSE = frozenset({"min", "din"})
_RELATIONS = frozenset({"chef", "coach", "handledare", "lärare", "läkare", "mentor", "psykolog", "terapeut", "tränare"})  # fmt: skip


def before_name(place: Place) -> Statement:
    words, start = place.words, _skip_title(place)
    colon = start - 1
    if colon > 0 and word_at(words, colon) == ":" and colon > place.previous_end - 1:
        phrase = role_before(words, colon)
        if phrase and phrase.role in _CREDITS:
            return Statement()
        if phrase and (words.first[phrase.start] or word_at(words, phrase.start - 1) in {"", "/"}):
            return with_genitive(place, phrase, shared=True)
        labelled = _long_label(place, colon)
        if labelled.role:
            return labelled
        announced = _announced(place, colon)
        heading = None if announced.role else _list_heading(place)
        if heading:
            return announced._replace(role=heading.role, role_span=(heading.start, heading.end))
        return announced
    if colon > 0 and words.kinds[colon] == "number" and words.texts[colon].endswith(":"):
        # `Moderator dag 1: Anna Ek`: the colon belongs to the number.
        return _long_label(place, start)
    if colon > 0 and word_at(words, colon) == "–":
        sent = sender(place, colon)
        if sent.organisation:
            return sent
    if colon > 0 and word_at(words, colon) == ",":
        heading = _list_heading(place)
        if heading:
            return Statement(heading.role, (heading.start, heading.end))
        return presented(place, colon)
    copula = _copula_before(words, start)
    if copula is not None:
        phrase = role_before(words, copula)
        if phrase and word_at(words, phrase.start - 1) in _AWARDED:
            # `Nominerad till Årets chef är Anna Ek, rektor i Lund`: an award.
            phrase = None if _told_after(place) else phrase
        if phrase is None:
            return presented(place, copula)
        if phrase and phrase.start >= place.previous_end:
            return with_genitive(place, phrase, shared=True)
        return Statement()
    label = _label_line(place)
    if label:
        return Statement(label.role, (label.start, label.end))
    heading = _list_heading(place)
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
        return Statement()
    if phrase and phrase.start >= place.previous_end:
        return with_genitive(place, phrase, shared=phrase.plural)
    if start > place.previous_end and words.kinds[start - 1] == "word":
        introduced = in_office(place)
        introduced = introduced if introduced.role else titled_at(place)
        sent = introduced if introduced.role else spoken_for(place)
        if sent.role or sent.organisation:
            return sent
    return owner(place, start)


def opening(words: WordView, start: int) -> int:
    """Where what is said before the name at a token begins: its role phrase and the organisation owning it."""
    phrase = role_before(words, start)
    if phrase is None:
        return start
    owner = owner_span(words, phrase.start, 0)
    return owner[0] if owner else phrase.start


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


def _announced(place: Place, colon: int) -> Statement:
    """`den första inbokade storföreläsaren: Jan …`: a role in the definite form before a colon."""
    phrase = role_before(place.words, colon)
    if phrase and phrase.start >= place.previous_end:
        bare = word_at(place.words, phrase.end - 1) == phrase.role.split()[-1]
        return with_genitive(place, phrase, shared=phrase.plural or bare)
    return sender(place, colon)


#: Words behind a role in a label: when, or what for.
_LABEL_GOES_ON = frozenset({"båda", "dag", "eftermiddag", "em", "fm", "fredag", "för", "förmiddag", "hela", "hos", "i", "inom", "kväll", "lördag", "måndag", "onsdag", "på", "samtliga", "söndag", "tisdag", "torsdag", "under", "vid"})  # fmt: skip


def _long_label(place: Place, colon: int) -> Statement:
    """`Moderator båda dagarna: …`, `Projektledare i Orsa: …`: a line that opens with a role and goes on to a colon.

    Must not take a sentence, nor what credits somebody's work.
    """
    words, begin = place.words, colon
    while (
        begin > max(place.previous_end, colon - _LONGEST_LABEL) and words.kinds[begin - 1] != "line"
    ):
        begin -= 1
    if begin and words.kinds[begin - 1] != "line":
        return Statement()
    phrase = role_at(words, begin)
    if phrase is None or phrase.end >= colon or phrase.role in _CREDITS | WEAK_ROLES | {"ansvarig"}:
        return Statement()
    if word_at(words, phrase.end) not in _LABEL_GOES_ON and words.kinds[phrase.end] != "number":
        return Statement()
    if any(
        words.kinds[i] == "mark" or words.forms[i] in lex.lexicon().verbs
        for i in range(phrase.end, colon)
    ):
        return Statement()
    said = Statement(phrase.role, (phrase.start, phrase.end), shared=True)
    inner = Place(words, place.text, begin, phrase.end, place.previous_end, colon)
    body = organisation_after_role(inner, phrase.end, lines=False)
    reaches = body.organisation_span and body.organisation_span[1] == colon
    if reaches:
        return said._replace(
            organisation=body.organisation, organisation_span=body.organisation_span
        )
    lower = not any(words.capital[phrase.end : colon])
    return said if lower and _labels(words, phrase) else Statement()


#: Tasks whose label may go on with what they are for; `Chef för en dag: …` is a title.
_TASKS = frozenset({"handläggare", "kontaktperson", "processledare", "projektledare", "samordnare"})


def _labels(words: WordView, phrase: RolePhrase) -> bool:
    """Whether a role with something in lower case behind it labels a name: by when it is, or by what it is."""
    timed = word_at(words, phrase.end) not in PREPOSITIONS - {"under"}
    tasks = {RoleClass.ASSOCIATION_OFFICER, RoleClass.JOURNALIST_MODERATOR}
    return timed or phrase.role in _TASKS or role_class(phrase.role, None) in tasks


def _label_line(place: Place) -> RolePhrase | None:
    """A line of nothing but a role above the name, in a block that goes role, name, role, name."""
    words, line = place.words, place.start - 1
    if line < 1 or words.tokens[line].kind != "line":
        return None
    phrase = role_before(words, line)
    if phrase is None:
        return _plural_above(place, line)
    if phrase.start < place.previous_end:
        return None
    if phrase.start and words.tokens[phrase.start - 1].kind != "line":
        return None
    opening = role_at(words, 0)
    labels_first = opening is not None and words.tokens[opening.end].kind == "line"
    return phrase if labels_first or phrase.start > place.previous_end + 1 else None


def _plural_above(place: Place, line: int) -> RolePhrase | None:
    """`Ordförande ⏎ Anna Ek ⏎ Ledamöter ⏎ Bo Alm ⏎ Eva Ros`: a role in the plural on its own line, some names' lines above.

    Only in a block that opens with such a line: elsewhere a plural ends a sentence's line.
    """
    words = place.words
    opening = role_at(words, 0)
    if opening is None or opening.end >= words.size or words.kinds[opening.end] != "line":
        return None
    last = line
    for index in range(line - 1, max(-1, line - _LONGEST_LIST), -1):
        if index and words.kinds[index - 1] != "line":
            continue
        phrase = role_at(words, index)
        if phrase and phrase.end == last:
            return (
                phrase
                if phrase.plural and not (_told_after(place) and not names_office(phrase.role))
                else None
            )
        if not words.capital[index]:
            return None
        last = index - 1
    return None


#: How many tokens of names' lines a label may stand above.
_LONGEST_LIST = 120

#: Marks between what opens an item of a list and its name.
_ITEM_MARKS = frozenset({"–", "•", "-", ":", ",", "|"})

#: How many tokens the label of a list may take.
_LONGEST_LABEL = 10


def _list_heading(place: Place) -> RolePhrase | None:
    """`Regionansvariga ⏎ Dalarna – Anna Ek, Rättvik ⏎ …`: a plural alone on a block's first line, for all who open the lines."""
    words = place.words
    if "line" not in words.kinds[1 : min(place.start, _LONGEST_LABEL)]:
        return None
    line = words.kinds.index("line")
    phrase = role_at(words, 0)
    if phrase is None and word_at(words, line - 1) == ":":
        # `Kommuner och kontaktpersoner:` has the role last.
        phrase = role_before(words, line - 1)
    if phrase is None or phrase.end >= place.start:
        return None
    form = word_at(words, phrase.end - 1)
    if not phrase.plural and not (form.endswith("iga") and phrase.role.endswith("ig")):
        return None
    end = phrase.end
    while end < place.start and end < phrase.end + 4 and words.kinds[end] != "line":
        # `Kontaktpersoner i länen`
        end += 1
    if words.kinds[end] != "line" or any(words.capital[phrase.end : end]):
        return None
    begin = place.start
    while begin > line and begin > place.start - 6 and words.kinds[begin - 1] != "line":
        begin -= 1
    opens = words.kinds[begin - 1] == "line" and place.previous_end <= begin
    mark = begin == place.start or word_at(words, place.start - 1) in _ITEM_MARKS
    if not (opens and mark) or _under_another(place, begin, line):
        return None
    return None if _told_after(place) and not names_office(phrase.role) else phrase


def names_office(role: str) -> bool:
    """Whether a label names the posts people were elected to, which go before what else is said of them.

    `Ledamöter ⏎ Anna Ek, socialchef, Orsa`; but under `Mentorer` a `socialchef` is told as that.
    """
    return role_class(role, None) in {RoleClass.ASSOCIATION_OFFICER, RoleClass.POLITICIAN}


def _under_another(place: Place, begin: int, heading: int) -> bool:
    """Whether the line above the one that begins at a token is a heading of its own: one word in the plural."""
    words, above = place.words, begin - 2
    if above <= heading or place.previous_end > above or words.kinds[above - 1] != "line":
        return False
    plural = words.lowered[above].endswith(("are", "ar", "er", "or"))
    return words.kinds[above] == "word" and plural and not lex.is_town(words.forms[above])


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
