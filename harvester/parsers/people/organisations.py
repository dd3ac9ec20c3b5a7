"""Organisations as pages write them: where the phrase ends, its normal case, the key its forms share."""

from __future__ import annotations

import re

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.organisation_names import organisation_lexicon, without_genitive
from harvester.parsers.people.organisation_tails import (
    with_lower_case,
    with_members,
    with_purpose,
)
from harvester.parsers.people.roles import is_role_word
from harvester.parsers.people.wordview import WordView, word_at

#: Nouns, lower case in running text, that close or carry an organisation's name.
_NOUNS = frozenset(
    [
        "kommun",
        "kommuns",
        "kommune",
        "stad",
        "stads",
        "län",
        "läns",
        "region",
        "universitet",
        "högskola",
        "museum",
        "sjukhus",
        "skola",
        "folkhögskola",
        "förvaltning",
        "institutet",
        "sjukhuset",
        "universitetet",
        "förbundet",
        "rådet",
        "förening",
        "församling",
        "stift",
        "socialtjänst",
        "county",
        "council",
        "trust",
        "universitetssjukhus",
        "kommunförbund",
        "socialförvaltning",
    ]
)

#: Words that stay in lower case where a name was written in capitals.
_SMALL = _NOUNS | {"för", "och", "i", "of", "for", "and", "the", "at", "in"}

#: Heads that take `för …` as part of the name: Myndigheten för delaktighet, Institutet för hälsa och välfärd.
_TAKES_FOR = ("myndigheten", "inspektionen", "institutet", "styrelsen", "förbundet", "rådet", "centrum", "nämnden", "föreningen", "delegationen", "enheten", "institutionen", "avdelningen", "sektionen", "verket", "beredningen", "kommissionen")  # fmt: skip

#: Heads that the name itself follows, whatever it is built of: Föreningen Exempelchefer, Riksförbundet Hemmavid.
_HEADS = ("föreningen", "förbundet", "stiftelsen", "nätverket", "organisationen", "byrån", "koncernen", "bolaget", "kooperativet")  # fmt: skip

#: Heads that take `i …` with a place as part of the name: Socialförvaltningen i Ånge kommun.
_TAKES_IN = ("rådet", "nätverket", "hemmet", "centret", "boendet", "församlingen", "teatern", "förvaltningen", "välfärd", "nämnden", "utskottet", "skolan", "universitetet", "kontoret", "rätten", "styrelsen", "byrån", "fullmäktige", "förvaltning", "nämnd", "utskott", "tjänsten", "föreningen", "klubben", "jouren", "missionen", "sjukhuset", "högskolan", "biblioteket", "museet", "mottagningen", "kliniken", "centralen", "kyrkan", "psykiatrin", "habiliteringen", "enheten")  # fmt: skip

#: Bodies that may stand in lower case as the whole organisation.
_LOWER_HEADS = ("regeringen", "departementet", "nämnden", "nämnd", "utskottet", "utskott", "förvaltningen", "styrelsen", "fullmäktige", "förvaltning")  # fmt: skip

#: Bodies that may do so where `i` and their town follow: universitetet i Lublin, hemtjänsten i Åre.
_LOWER_WITH_TOWN = ("tjänsten", "universitetet", "högskolan", "sjukhuset", "skolan", "rätten", "biblioteket", "museet", "jouren", "kliniken", "mottagningen", "kontoret", "centralen", "byrån")  # fmt: skip

#: Ends of units that every municipality has; with `, Säters kommun` behind them they are written as one.
_UNITS = ("omsorgen", "enheten", "verksamheten", "vården", "stödet")

#: Parts of a town behind an office's name: Socialförvaltningen sydväst i Göteborgs stad.
_QUARTERS = frozenset(["norr", "söder", "öster", "väster", "öst", "väst", "nord", "syd", "nordost", "nordväst", "sydost", "sydväst", "centrum", "hisingen"])  # fmt: skip

#: Words for a part of a union or party, before the name of its area: Vårdförbundet avdelning Dalarna.
_BRANCHES = frozenset({"avdelning", "distrikt", "lokalavdelning", "krets", "sektion", "klubb"})

#: Words before a role in the plural that make it a body's name: Unga Forskare, Svenska Läkare.
_MEMBERS_OF = frozenset({"Aktiva", "Kristna", "Nordiska", "Sveriges", "Svenska", "Unga"})

#: Words that open the name of a body whose other words are in lower case: Statens institutionsstyrelse.
NAME_OPENERS = frozenset({"Statens", "Sveriges", "Svenska", "Svensk", "Svenskt", "Kungliga", "Nationella", "Nationellt", "Nordiska", "Regionalt", "Social", "Statliga", "Uppdrag", "Riksföreningen", "Europeiska", "Centrala", "Regionala", "Stockholms", "Göteborgs"})  # fmt: skip

#: Nouns before which a short word in capitals is a town, and no acronym: BODØ KOMMUNE.
_AFTER_TOWNS = frozenset({"kommun", "kommune", "stad", "län", "församling"})

#: A hyphen or comma that has lost its place behind the word.
_LOOSE = re.compile(r" ([-,])")


def organisation_end(words: WordView, start: int, limit: int | None = None) -> int:
    """Where the organisation that begins at a token ends; `start` itself where none begins there.

    Takes capitalised words and the lower-case nouns that belong to the name. Must not run past a comma,
    a full stop, into the next sentence's verb, or past `limit`.
    """
    if start >= len(words) or words.tokens[start].kind != "word":
        return start
    form = words.forms[start]
    if not form[0].isupper():
        return _lower_case_end(words, start)
    hanging = word_at(words, start + 1) == "-" and word_at(words, start + 2) == "och"
    if hanging:
        body = word_at(words, start + 3)
        if body.endswith((*_LOWER_HEADS, *_TAKES_IN, "psykiatrin", "förbundet", "verket")):
            # `Vård- och omsorgsförvaltningen i Säter`
            end = start + 4
            return organisation_end(words, end + 1) if _in_place(words, end, body) else end
    whole = listed_end(words, start)
    if whole and (limit is None or whole <= limit):
        return whole
    end = start + 1
    if form == "S" and [_text_at(words, end), word_at(words, end + 1)] == [":", "t"]:
        # `S:t Görans församling`
        end += 2
    stop = len(words) if limit is None else limit
    while end < stop and _goes_on(words, end, start):
        end += 1
    if end == limit:
        return end
    if form in NAME_OPENERS and all(words.forms[i].islower() for i in range(start + 1, end)):
        end = with_lower_case(words, end, stop)
    if end < stop and not _LEGAL_FORMS.isdisjoint(words.texts[end : end + _LEGAL_REACH]):
        end = _with_legal_form(words, end, stop)
    head = words.forms[end - 1].lower()
    if head.endswith(_TAKES_IN) and word_at(words, end) in _QUARTERS:
        end += 1
    if end == start + 2 and words.lowered[start].endswith(_HEADS) and not words.caps[start]:
        end = _with_noun(words, end)
    if head == "föreningen" or words.forms[start] == "Föreningen":
        end = with_members(words, end)
    if head.endswith(_TAKES_FOR) and word_at(words, end) in {"för", "mot"}:
        end = with_purpose(words, end)
    if head.endswith(("förvaltningen", *_UNITS)) and limit is None:
        end = _owner_behind(words, end) or end
    if word_at(words, end) == "i" and _in_area(words, start, end):
        return end + 2
    if word_at(words, end) == "i" and any(
        _in_place(words, end, words.forms[i].lower()) for i in range(start, end)
    ):
        end = organisation_end(words, end + 1, limit or min(end + 12, len(words)))
    return end


#: What closes a firm's name, and how many tokens on it is looked for.
_LEGAL_FORMS = frozenset({"AB", "HB", "KB", "Oy", "AS", "Ltd"})
_LEGAL_REACH = 5

#: Small words inside a firm's name.
_INSIDE_FIRMS = frozenset({"i", "och", "för", "av", "på"})


def _with_legal_form(words: WordView, end: int, stop: int) -> int:
    """The end of `Trygga Hem i Norden AB`: capitals and small words up to the firm's legal form."""
    for index in range(end, min(end + _LEGAL_REACH, stop, len(words))):
        if words.texts[index] in _LEGAL_FORMS:
            return index + 1
        if not (words.capital[index] or words.forms[index] in _INSIDE_FIRMS):
            break
    return end


def _with_noun(words: WordView, end: int) -> int:
    """The end of `Nätverket Små kommuner`, `Föreningen Öppen famn`: an ordinary word with a capital and its noun."""
    if lex.COMMON not in words.codes[end - 1] or end >= len(words) or words.kinds[end] != "word":
        return end
    form = words.forms[end]
    noun = form.islower() and len(form) > 3 and form not in lex.lexicon().verbs
    return end + 1 if noun and not is_role_word(form) else end


def organisation_text(
    words: WordView, start: int, end: int, text: str, genitive: bool = False
) -> str:
    """The organisation as written, in normal case, without the genitive where it is one."""
    raw = text[words.start(start) : words.end(end - 1)]
    if True in words.caps[start:end]:
        pieces = [
            words.tokens[i].text
            if _acronym(words, i) and word_at(words, i + 1) not in _AFTER_TOWNS
            else words.forms[i]
            for i in range(start, end)
        ]
        pieces[1:] = [p.lower() if p.lower() in _SMALL else p for p in pieces[1:]]
        if pieces[1:3] == ["-", "och"]:
            # `VÅRD- OCH OMSORGSFÖRVALTNINGEN`: one noun.
            pieces[3:4] = [piece.lower() for piece in pieces[3:4]]
        if "för" in pieces:
            purpose = pieces.index("för")
            pieces = [*pieces[:purpose], *(p.lower() for p in pieces[purpose:])]
        lowered = words.lowered[start:end]
        spelled = [
            " ".join(parts)
            for parts in organisation_lexicon().names.get(words.forms[start], ())
            if lowered == [part.lower() for part in parts]
        ]
        if spelled:
            # `Röda Korset` before `Röda korset`
            pieces = [min(spelled)]
        raw = _LOOSE.sub(r"\1", " ".join(pieces))
    raw = " ".join(raw.split())
    return without_genitive(raw) if genitive else raw


def listed_end(words: WordView, start: int) -> int:
    """Where a listed name that begins here ends; 0 where none does."""
    for parts in organisation_lexicon().names.get(words.forms[start], ()):
        end = start + len(parts)
        forms = words.forms[start:end]
        if words.caps[start]:
            # `INSPEKTIONEN FÖR VÅRD OCH OMSORG`
            if words.lowered[start:end] == [part.lower() for part in parts]:
                return end
            continue
        same = len(forms) == len(parts) and forms[:-1] == list(parts[:-1])
        if same and forms[-1].removesuffix("s") == parts[-1].removesuffix("s"):
            return end
    return 0


def _acronym(words: WordView, index: int) -> bool:
    raw = words.tokens[index].text
    if raw in organisation_lexicon().written:
        return True
    if raw in {"AB", "HB", "KB", "IF", "FF", "BK"}:
        return True
    return len(raw) <= 4 and raw.isupper() and not lex.code(words.forms[index])


def _text_at(words: WordView, index: int) -> str:
    return words.tokens[index].text if index < len(words) else ""


def _goes_on(words: WordView, index: int, start: int) -> bool:
    token = words.tokens[index]
    if token.kind != "word":
        return token.text == "&" and index + 1 < len(words) and words.tokens[index + 1].capital
    form = words.forms[index]
    if form.endswith("ska") and form.islower() and word_at(words, index + 1) in _NOUNS:
        # `Luleå tekniska universitet`
        return True
    if form.lower() in _NOUNS or (
        form[0].islower() and lex.is_organisation_word(form) and len(form) > 5
    ):
        return True
    if form in _BRANCHES and index + 1 < len(words):
        return words.capital[index + 1]
    if words.caps[index] and form.lower() in {"för", "och", "i"}:
        return False
    if form[0].isupper():
        if words.forms[start].lower().endswith(_HEADS) and not words.caps[index]:
            return True
        if form == "Konsult" or words.forms[start] in _MEMBERS_OF:
            return True
        return "r" not in words.codes[index] or words.codes[index].strip("rc") != ""
    if form.lower() in {"och", "of", "for", "and"} and index + 1 < len(words):
        before = words.forms[index - 1]
        return (
            form.lower() in {"of", "for", "and"}
            and words.tokens[index + 1].capital
            and before[0].isupper()
        )
    return False


def _lower_case_end(words: WordView, start: int) -> int:
    """`sociala utskottet i Norberg`, `socialnämnden i Mellerud`, `socialförvaltningen, Stockholms stad`."""
    end = start
    if _text_at(words, start + 1) == "-" and word_at(words, start + 2) == "och":
        # `vård- och omsorgsnämnden`
        end = start + 3
    while end < len(words) and end < start + 6 and words.tokens[end].kind == "word":
        form = words.forms[end].lower()
        end += 1
        if form.endswith(_LOWER_HEADS) and len(form) > 5:
            break
        if form.endswith(_LOWER_WITH_TOWN):
            if not (
                _in_place(words, end, form) or _town_at(words, end) or _town_closes(words, end)
            ):
                return start
            break
        if form.endswith(_UNITS) and (owner := _owner_behind(words, end)):
            return owner
        if not form.endswith(("a", "e")) or form[0].isupper():
            return start
    else:
        return start
    head = words.forms[end - 1].lower()
    if word_at(words, end) in _QUARTERS and head.endswith(_TAKES_IN):
        end += 1
    if _in_place(words, end, head):
        return organisation_end(words, end + 1)
    if _town_at(words, end):
        return organisation_end(words, end)
    if end + 1 < len(words) and words.forms[end] == "," and words.tokens[end + 1].capital:
        stop = organisation_end(words, end + 1)
        alone = stop == end + 2 and lex.is_town(words.forms[end + 1])
        if word_at(words, stop - 1) in {"stad", "kommun"} or (alone and _item_ends(words, stop)):
            return stop
    return end


def _owner_behind(words: WordView, index: int) -> int:
    """Where `, Säters kommun` behind one of its units ends; 0 where no municipality is named in full."""
    if word_at(words, index) != ",":
        return 0
    owner = organisation_end(words, index + 1, min(index + 4, len(words)))
    return owner if word_at(words, owner - 1) in {"kommun", "stad"} else 0


def _town_closes(words: WordView, index: int) -> bool:
    """`hemtjänsten, Säffle`: a body, a comma, its town, the item's end."""
    if word_at(words, index) != "," or not _item_ends(words, index + 2):
        return False
    return _town_at(words, index + 1) or (
        index + 1 < len(words) and words.capital[index + 1] and lex.is_town(words.forms[index + 1])
    )


def _town_at(words: WordView, index: int) -> bool:
    """`hemtjänsten Säter`, `socialförvaltningen Orsa`: the town of a body, without a preposition."""
    if index >= len(words) or words.caps[index]:
        return False
    return (
        words.capital[index]
        and lex.PLACE in words.codes[index]
        and words.codes[index].strip("pcx") == ""
    )


def _item_ends(words: WordView, index: int) -> bool:
    return index >= len(words) or words.tokens[index].text in {".", "\n", ")"}


def _in_area(words: WordView, start: int, end: int) -> bool:
    """`SPF Seniorerna i Gävleborg`, `KS i Norge`: the branch of a body that opens with an acronym, at the item's end."""
    acronym = words.texts[start].isupper() and 1 < len(words.texts[start]) < 5
    if not acronym or words.caps[start] or end + 1 >= words.size or not _item_ends(words, end + 2):
        return False
    form = words.forms[end + 1]
    return form in lex.lexicon().areas or lex.is_country(form)


def _in_place(words: WordView, end: int, head: str) -> bool:
    if word_at(words, end) != "i" or not head.endswith(_TAKES_IN) or end + 1 >= len(words):
        return False
    return words.tokens[end + 1].capital and not words.caps[end]
