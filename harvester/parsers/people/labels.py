"""Labels before a name: a line or list headed by a role, `Moderator dag 1: …`, `Ledamöter ⏎ …`."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.place import NOTHING, PREPOSITIONS, Place, Statement
from harvester.parsers.people.role_phrases import RolePhrase, role_at, role_before
from harvester.parsers.people.roles import WEAK_ROLES, role_class
from harvester.parsers.people.wordview import WordView, word_at
from harvester.parsers.people.workplaces import organisation_after_role
from harvester.records import RoleClass

#: Labels that credit somebody's work with the text or picture: what was done, and no role.
CREDITS = frozenset(
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

#: Roles whose longer labels tell of the text, or no more than that somebody is on the stage.
_NO_LABELS = CREDITS | WEAK_ROLES | {"ansvarig"}

#: Words behind a role in a label: when, or what for.
_LABEL_GOES_ON = frozenset({"båda", "dag", "eftermiddag", "em", "fm", "fredag", "för", "förmiddag", "hela", "hos", "i", "inom", "kväll", "lördag", "måndag", "onsdag", "på", "samtliga", "söndag", "tisdag", "torsdag", "under", "vid"})  # fmt: skip

#: What a column that shows somebody is called behind the role.
_IN_FOCUS = (["i", "fokus"], ["i", "blickfånget"], ["i", "rampljuset"], ["i", "profil"], ["i", "centrum"])  # fmt: skip

#: Tasks whose label may go on with what they are for; `Chef för en dag: …` is a title.
_TASKS = frozenset({"handläggare", "kontaktperson", "processledare", "projektledare", "samordnare"})

#: How many tokens of names' lines a label may stand above.
_LONGEST_LIST = 120

#: Marks between what opens an item of a list and its name.
_ITEM_MARKS = frozenset({"–", "•", "-", ":", ",", "|"})

#: How many tokens the label of a list may take.
_LONGEST_LABEL = 10


def long_label(place: Place, colon: int) -> Statement:
    """`Moderator båda dagarna: …`, `Projektledare i Orsa: …`: a line that opens with a role and goes on to a colon.

    Must not take a sentence, nor what credits somebody's work.
    """
    words, begin = place.words, colon
    while (
        begin > max(place.previous_end, colon - _LONGEST_LABEL) and words.kinds[begin - 1] != "line"
    ):
        begin -= 1
    if begin and words.kinds[begin - 1] != "line":
        return NOTHING
    phrase = role_at(words, begin)
    if phrase is None or phrase.end >= colon or phrase.role in _NO_LABELS:
        return NOTHING
    behind = word_at(words, phrase.end)
    if words.lowered[phrase.end : colon] in _IN_FOCUS:
        return Statement(phrase.role, (phrase.start, phrase.end))
    if behind not in _LABEL_GOES_ON and behind != "," and words.kinds[phrase.end] != "number":
        return NOTHING
    if any(
        (words.kinds[i] == "mark" and words.texts[i] != "-")
        or words.forms[i] in lex.lexicon().verbs
        for i in range(phrase.end + (behind == ","), colon)
    ):
        return NOTHING
    said = Statement(phrase.role, (phrase.start, phrase.end), shared=True)
    inner = Place(words, place.text, begin, phrase.end, place.previous_end, colon)
    body = organisation_after_role(inner, phrase.end, lines=False)
    reaches = body.organisation_span and body.organisation_span[1] == colon
    if reaches and body.organisation in lex.lexicon().areas:
        # `Regionansvarig för Norrland: …`
        return said
    if reaches:
        return said._replace(
            organisation=body.organisation, organisation_span=body.organisation_span
        )
    lower = behind != "," and not any(words.capital[phrase.end : colon])
    return said if lower and _labels_name(words, phrase) else NOTHING


def _labels_name(words: WordView, phrase: RolePhrase) -> bool:
    """Whether a role with something in lower case behind it labels a name: by when it is, or by what it is."""
    timed = word_at(words, phrase.end) not in PREPOSITIONS - {"under"}
    tasks = {RoleClass.ASSOCIATION_OFFICER, RoleClass.JOURNALIST_MODERATOR}
    return timed or phrase.role in _TASKS or role_class(phrase.role, None) in tasks


def label_line(place: Place) -> RolePhrase | None:
    """A line of nothing but a role above the name, in a block that goes role, name, role, name."""
    words, line = place.words, place.start - 1
    if line < 1 or words.tokens[line].kind != "line":
        return None
    listed = words.texts[line - 1] == ":"
    phrase = role_before(words, line - listed)
    if listed and phrase and phrase.plural and phrase.start >= place.previous_end:
        # `Ledamöter: ⏎ Anna Ek ⏎ Bo Alm`
        whole = not phrase.start or words.kinds[phrase.start - 1] == "line"
        return (
            phrase if whole and not (told_after(place) and not names_office(phrase.role)) else None
        )
    if phrase is None or listed:
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
    if opening is None or opening.end >= words.size:
        return None
    if words.kinds[opening.end] != "line" and words.texts[opening.end] != ":":
        return None
    last = line
    for index in range(line - 1, max(-1, line - _LONGEST_LIST), -1):
        if index and words.kinds[index - 1] != "line":
            continue
        phrase = role_at(words, index)
        if phrase and phrase.end in {last, last - (words.texts[last - 1] == ":")}:
            return (
                phrase
                if phrase.plural and not (told_after(place) and not names_office(phrase.role))
                else None
            )
        if not words.capital[index]:
            return None
        last = index - 1
    return None


def list_heading(place: Place) -> RolePhrase | None:
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
    return None if told_after(place) and not names_office(phrase.role) else phrase


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


def told_after(place: Place) -> bool:
    """Whether a role stands behind the name and a comma."""
    return (
        word_at(place.words, place.end) == "," and role_at(place.words, place.end + 1) is not None
    )
