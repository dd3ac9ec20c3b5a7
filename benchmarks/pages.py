"""Realistic pages of an invented WordPress, made from their number: the same number, the same bytes.

Odd numbers are pages of the old theme, even ones of Divi. A page is about 30 kB, most of it frame as
on real sites (`benchmarks/frames.py`); its content is headed clips, a post, a lecture's write-up or a
list of documents. It is put together from ready pieces, so that serving it costs next to nothing
beside fetching it.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from benchmarks.frames import frame

#: Every tenth page is one of headed clips, every tenth a list of documents.
_CLIPS, _DOCUMENTS = 3, 7

_GIVEN = (
    "Alva", "Birgitta", "Cecilia", "Dagny", "Elsa", "Frida", "Greta", "Hedda", "Ingrid",
    "Johanna", "Karin", "Linnea", "Märta", "Nora", "Olivia", "Petra", "Rebecka", "Sofia",
    "Tove", "Ulrika", "Viktoria", "Ylva", "Åsa", "Anders", "Björn", "Christer", "David", "Emil",
    "Fredrik", "Gustav", "Henrik", "Isak", "Jonas", "Kalle", "Lars", "Mats", "Nils", "Oskar",
    "Per", "Ragnar", "Stefan", "Tomas", "Ulf", "Viktor",
)  # fmt: skip
_FIRST = (
    "Alm", "Berg", "Ceder", "Dal", "Ek", "Fors", "Gran", "Hed", "Kvarn", "Lind", "Mo", "Nor",
    "Ros", "Sten", "Tall", "Ving", "Åker", "Öster",
)  # fmt: skip
_LAST = (
    "brink", "dahl", "feldt", "gren", "hult", "lund", "mark", "näs", "quist", "rud", "skog",
    "strand", "ström", "vall", "vik",
)  # fmt: skip
_ROLES = (
    "socialchef", "forskare vid högskolan", "utredare på länsstyrelsen", "generaldirektör",
    "verksamhetschef", "förvaltningschef", "författare", "ordförande i socialnämnden", "professor",
)  # fmt: skip
_PLACES = (
    "Granby", "Norrvik", "Ekefors", "Lindhult", "Stenmark", "Björkhamn", "Almby", "Tallnäs",
)  # fmt: skip
_TOPICS = (
    "Tillit i vardagen", "Vägar till arbete", "Barnets bästa", "Ett hem att växa i", "Modiga beslut",
    "Kunskap som räcker", "Äldre på landet", "När orden inte når fram",
)  # fmt: skip
_SENTENCES = (
    "{a}, {r} i {p}, beskriver hur samtalen med familjerna förändrade arbetet i kommunen.",
    "– Vi behöver tid att lyssna innan vi bestämmer, säger {a}.",
    "Den {d} samlas deltagare från hela länet i {p} för att jämföra erfarenheter.",
    "Arbetet har pågått i flera år och följs av en grupp forskare vid högskolan.",
    "{b}, {r}, leder samtalet och har själv arbetat länge med frågan.",
    "Förvaltningen prövar nya sätt att möta dem som söker stöd för första gången.",
    "Programmet är färdigt och anmälan stänger {d}, klockan 16.00.",
    "Många undrar hur en liten kommun ska räcka till när uppdragen blir fler.",
    "Efter lunch talar {b} om vad som händer när besluten dröjer.",
    "Underlaget bygger på intervjuer, enkäter och besök i sju kommuner.",
    "Det som först såg ut som en fråga om pengar visade sig handla om tid och om vem som får bestämma.",
    "I foajén visas bilder från verksamheten, och den som vill kan prova de nya verktygen på plats.",
    "Resultaten liknar dem från tidigare år: där chefer stannar kvar blir väntan kortare.",
    "Ingen modell passar alla, men flera av deltagarna tar med sig samma slutsats hem.",
    "Nästa steg är att låta fler medarbetare pröva arbetssättet och berätta vad som inte håller.",
)
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
    "oktober", "november", "december",
)  # fmt: skip


def path(number: int) -> str:
    """The path of a page."""
    return f"/nyheter/sida-{number}/"


def is_divi(number: int) -> bool:
    return number % 2 == 0


def title(number: int) -> str:
    return f"{_TOPICS[number % len(_TOPICS)]} – del {number}"


def published(number: int) -> date:
    """The day of a page: one of about three thousand."""
    return date(2016, 1, 4) + timedelta(days=number * 37 % 3_000)


def content(number: int) -> str:
    """The content of a page as its REST entry gives it, 3 to 10 kB."""
    kind = number % 10
    if kind == _CLIPS:
        return "\n\n\n".join(_clip(number, place) for place in range(10))
    if kind == _DOCUMENTS:
        links = "\n".join(_document(number, place) for place in range(25))
        return f"{_paragraph(number, 0)}\n<ul>\n{links}\n</ul>"
    parts = [_paragraph(number, place) for place in range(8)]
    parts.insert(3, f"<h2>{_TOPICS[(number * 3 + 1) % len(_TOPICS)]}</h2>")
    parts.insert(6, _film(number, 0))
    return "\n\n\n".join(parts)


def page(number: int, *, pages: int, base: str) -> str:
    """The whole page; it links to its neighbours and to some that came before."""
    around = frame(is_divi(number), base, _menu(base))
    named = title(number)
    beside = [(number + step) % pages for step in (1, pages - 1, 7, 61, 977)]
    latest = "".join(
        f'<li><a class="wp-block-latest-posts__post-title" href="{base}{path(n)}">{title(n)}</a></li>\n'
        for n in beside
    )
    head = f'<title>{named} – Exempelstämman</title>\n<link rel="canonical" href="{base}{path(number)}">\n'
    body = (
        f'<body class="post-template-default single single-post postid-{number} single-format-standard '
        f'{around.body_classes}">\n'
    )
    article = _divi_article if is_divi(number) else _old_article
    return "".join(
        (around.start, head, around.head, body, around.opening, article(number), around.comments, latest, around.closing)
    )  # fmt: skip


@cache
def _menu(base: str) -> tuple[tuple[str, str], ...]:
    """The addresses and labels of every page's menu."""
    return tuple((base + path(n), _TOPICS[n % len(_TOPICS)]) for n in range(12))


def _old_article(number: int) -> str:
    day = published(number)
    return (
        f'<article id="post-{number}" class="post-{number} post type-post status-publish hentry category-nyheter entry">\n'
        f'<header class="entry-header"><h1 class="entry-title">{title(number)}</h1></header>\n'
        f'<div class="entry-content">\n{content(number)}\n</div>\n<footer class="entry-footer"><span class="posted-on">'
        f'Publicerat <time class="entry-date published updated" datetime="{day}T09:00:00+01:00">{_swedish(day)}</time>'
        '</span> <span class="cat-links">Kategoriserat som <a href="/category/nyheter/" rel="category tag">Nyheter</a>'
        "</span></footer>\n</article>\n"
    )


def _divi_article(number: int) -> str:
    day = published(number)
    return (
        f'<div class="container"><div id="content-area" class="clearfix"><div id="left-area"><article id="post-{number}" '
        f'class="et_pb_post post-{number} post type-post status-publish hentry category-nyheter">\n'
        f'<div class="et_post_meta_wrapper"><h1 class="entry-title">{title(number)}</h1><p class="post-meta">'
        f'<span class="published">{day:%Y-%m-%d}</span> | <a href="/category/nyheter/" rel="category tag">Nyheter</a></p></div>\n'
        f'<div class="entry-content">\n{content(number)}\n</div></article></div></div></div>\n'
    )


def _paragraph(number: int, place: int) -> str:
    return f"<p>{' '.join(_sentence(number, place * 3 + n) for n in range(3))}</p>"


def _sentence(number: int, place: int) -> str:
    turn = number * 31 + place * 7
    return _SENTENCES[(turn + place // 5) % len(_SENTENCES)].format(
        a=person(turn),
        b=person(turn * 3 + 11),
        r=_ROLES[turn % len(_ROLES)],
        p=_PLACES[turn % len(_PLACES)],
        d=_swedish(published(number) + timedelta(days=turn % 60)),
    )


def person(turn: int) -> str:
    """An invented person: one of about eleven thousand names."""
    first = _GIVEN[turn % len(_GIVEN)]
    return f"{first} {_FIRST[turn // 3 % len(_FIRST)]}{_LAST[turn // 7 % len(_LAST)]}"


def _clip(number: int, place: int) -> str:
    name = person(number * 13 + place)
    return (
        f"<h2>{name.upper()}</h2>\n\n\n<p>{_sentence(number, place)} {_sentence(number, place + 3)}</p>\n\n\n"
        + _film(number, place)
    )


def _film(number: int, place: int) -> str:
    return (
        '<figure class="wp-block-embed is-type-video is-provider-youtube wp-block-embed-youtube"><div class='
        f'"wp-block-embed__wrapper">\n<iframe loading="lazy" title="Film {place} av {number}" width="500" height="281" '
        f'src="https://www.youtube.com/embed/f{number:07d}x{place:02d}?feature=oembed" allowfullscreen></iframe>\n</div></figure>'
    )


def _document(number: int, place: int) -> str:
    name = person(number * 17 + place)
    return (
        f'<li><a href="/wp-content/uploads/2020/01/bilder-{number}-{place}.pdf">{_TOPICS[place % len(_TOPICS)]}</a>'
        f" – {name}, {_ROLES[place % len(_ROLES)]}</li>"
    )


def _swedish(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
