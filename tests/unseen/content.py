"""What the unseen WordPress holds, and what is true of it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

_GIVEN = [
    "Anneli",
    "Börje",
    "Disa",
    "Evald",
    "Fredrika",
    "Göran",
    "Hillevi",
    "Ingvar",
    "Karin",
    "Lennart",
    "Monika",
    "Nils",
]
_SURNAMES = [
    "Almkvist",
    "Bergfalk",
    "Dahlgren",
    "Ekwall",
    "Forsmark",
    "Granlid",
    "Hedlund",
    "Lindskog",
]
_ROLES = (
    "socialchef i Bredviks kommun",
    "enhetschef på Socialstyrelsen",
    "professor i socialt arbete vid Lunds universitet",
    "ordförande i socialnämnden i Ekhult",
)
_MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
_LOCAL = timezone(timedelta(hours=2))


@dataclass(frozen=True, slots=True)
class Entry:
    """A post or page of the site, and what a reader learns from it."""

    number: int
    type: str
    path: str
    title: str
    when: datetime
    body: str
    films: tuple[str, ...] = ()  # film_id, or the address of a self-hosted film
    people: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    state: str = "publish"

    @property
    def day(self) -> date:
        return self.when.date()

    @property
    def day_text(self) -> str:
        return f"{self.when.day} {_MONTHS[self.when.month - 1]} {self.when.year}"


def youtube_id(number: int) -> str:
    """An invented id of YouTube's form."""
    return f"uN5een{number:04d}W"


@dataclass(frozen=True, slots=True)
class _Embed:
    """A way in which a film stands in a body."""

    markup: str
    film: str
    after: str = field(default="")


def _iframe(n: int) -> _Embed:
    return _Embed(
        f'<figure class="wp-block-embed is-type-video is-provider-youtube"><div class="wp-block-embed__wrapper"><iframe title="Film {n}" '
        f'src="https://www.youtube-nocookie.com/embed/{youtube_id(n)}?feature=oembed&amp;rel=0" allowfullscreen></iframe></div></figure>',
        f"youtube:{youtube_id(n)}",
    )


def _lazy(n: int) -> _Embed:
    return _Embed(
        f'<div class="ast-oembed-container"><iframe loading="lazy" class="lazyload" src="about:blank" data-src="https://www.youtube.com/embed/{youtube_id(n)}"></iframe></div>',
        f"youtube:{youtube_id(n)}",
    )


def _complianz(n: int) -> _Embed:
    return _Embed(
        f'<div class="cmplz-placeholder-parent"><iframe data-category="marketing" data-service="youtube" class="cmplz-placeholder-element cmplz-iframe video-wrap" '
        f'data-cmplz-target="src" data-src-cmplz="https://www.youtube.com/embed/{youtube_id(n)}?start=30" src="about:blank"></iframe></div>',
        f"youtube:{youtube_id(n)}",
    )


def _borlabs(n: int) -> _Embed:
    player = f'<iframe src="https://www.youtube-nocookie.com/embed/{youtube_id(n)}"></iframe>'
    return _Embed(
        '<div class="BorlabsCookie _brlbs-cb-youtube"><div class="_brlbs-content-blocker"><p>Godkänn kakor för att se filmen.</p></div><div class="borlabs-hide" '
        f'data-borlabs-cookie-type="content-blocker" data-borlabs-cookie-id="youtube"><script type="text/template">{base64.b64encode(player.encode()).decode()}</script></div></div>',
        f"youtube:{youtube_id(n)}",
    )


def _rocket(n: int) -> _Embed:
    v = youtube_id(n)
    return _Embed(
        f'<div class="rll-youtube-player" data-src="https://www.youtube.com/embed/{v}" data-id="{v}" data-query="feature=oembed" data-alt="Filmen"></div>'
        f'<noscript><iframe src="https://www.youtube.com/embed/{v}?feature=oembed"></iframe></noscript>',
        f"youtube:{v}",
    )


def _lite(n: int) -> _Embed:
    v = youtube_id(n)
    return _Embed(
        f'<div class="fusion-video fusion-youtube"><div class="video-shortcode"><lite-youtube videoid="{v}" class="landscape" data-title="YouTube video player"></lite-youtube></div></div>',
        f"youtube:{v}",
    )


def _vimeo(n: int) -> _Embed:
    v = 760000000 + n
    return _Embed(
        f'<div class="fl-module fl-module-video"><div class="fl-video fl-embed-video"><iframe src="https://player.vimeo.com/video/{v}?h=8272103f6e&amp;dnt=1"></iframe></div></div>',
        f"vimeo:{v}",
    )


def _self_hosted(n: int) -> _Embed:
    path = f"/wp-content/uploads/2023/03/inspelning-{n}.mp4"
    return _Embed(
        f'<figure class="wp-block-video"><video controls preload="none" src="{path}"></video></figure>',
        path,
    )


def _playlist(n: int) -> _Embed:
    v = f"PLunseen{n:04d}BredvikSpellista0000ab"[:34]
    return _Embed(
        f'<p><iframe src="https://www.youtube.com/embed/videoseries?list={v}"></iframe></p>',
        f"youtube:{v}",
    )


def _link(n: int) -> _Embed:
    return _Embed(
        f'<p>Den som missade dagen kan <a href="https://youtu.be/{youtube_id(n)}?t=90">se hela inspelningen</a>.</p>',
        f"youtube:{youtube_id(n)}",
    )


def _bare(n: int) -> _Embed:
    return _Embed(
        f"<p>https://www.youtube.com/watch?v={youtube_id(n)}</p>", f"youtube:{youtube_id(n)}"
    )


def _bricks_video(n: int) -> _Embed:
    v = youtube_id(n)
    return _Embed(
        f'<div class="brxe-video"><div class="bricks-video-preview-image" data-iframe-src="https://www.youtube.com/embed/{v}?autoplay=1"></div></div>',
        f"youtube:{v}",
    )


def _oxygen_video(n: int) -> _Embed:
    v = youtube_id(n)
    return _Embed(
        f'<div class="ct-video"><div class="oxygen-vsb-responsive-video-wrapper"><iframe data-iubenda-gdpr data-suppressedsrc="https://www.youtube.com/embed/{v}"></iframe></div></div>',
        f"youtube:{v}",
    )


def _lightbox(n: int) -> _Embed:
    v = youtube_id(n)
    return _Embed(
        f'<div class="wp-block-button"><a class="wp-block-button__link fancybox" href="https://www.youtube.com/watch?v={v}&amp;feature=share">Se filmen</a></div>',
        f"youtube:{v}",
    )


EMBEDS: tuple[Callable[[int], _Embed], ...] = (
    _iframe, _lazy, _complianz, _borlabs, _rocket, _lite, _vimeo, _self_hosted, _playlist, _link, _bare, _bricks_video,
    _oxygen_video, _lightbox,
)  # fmt: skip


def person(number: int) -> str:
    """An invented person."""
    return f"{_GIVEN[number % 12]} {_SURNAMES[(number // 12 + number) % 8]}"


def entries() -> tuple[Entry, ...]:
    """Every entry of the site, the public ones and the others."""
    posts = [_post(n) for n in range(60)]
    pages = [_page(n) for n in range(20)]
    return (*posts, *pages, *_not_public())


def _post(n: int) -> Entry:
    when = datetime(
        2015 + n % 9, 1 + n % 12, 1 + (n * 7) % 28, 0 if n % 5 == 0 else 14, 30, tzinfo=_LOCAL
    )
    who, other = person(n), person(n + 31)
    names: tuple[str, ...] = (who, other)
    embed = EMBEDS[n % len(EMBEDS)](n) if n % 3 else None
    document = f"/wp-content/uploads/{when.year}/0{1 + n % 9}/bilder-{n}.pdf" if n % 4 == 1 else ""
    picture = f'<img src="/wp-content/uploads/bild-{n}.jpg" alt="">' if n % 2 else "bildsidan"
    attached = f' rel="attachment wp-att-{5000 + n}"' if n % 2 else ""
    body = f"""<p>{who}, {_ROLES[n % 4]}, inledde dag nummer {n} om ledning i vardagen.</p>
<h2>Samtal med {other}</h2><p>Efteråt svarade {other}, {_ROLES[(n + 1) % 4]}, på frågor om <a href="/?p={100 + (n + 3) % 60}">ett tidigare möte</a>.</p>
{embed.markup if embed else ""}
{f'<div class="wp-block-file"><a href="{document}">Bilder från dagen (pdf)</a></div>' if document else ""}
<p>Fler bilder finns på <a href="{{path}}bild-{n}/"{attached}>{picture}</a>.</p>"""
    path = f"/{when.year}/{when.month:02d}/rapport-{n}/"
    return Entry(
        100 + n, "post", path, f"Rapport {n}: {who} om ledning", when, body.replace("{path}", path),
        (embed.film,) if embed else (), names, (document,) if document else (),
    )  # fmt: skip


def _page(n: int) -> Entry:
    when = datetime(2014, 2, 3, 10, 0, tzinfo=_LOCAL)
    if n < 8:
        year = 2016 + n
        embed = EMBEDS[n](700 + n)
        who = person(n + 5)
        body = f"""<p>Socialdagarna {year} hölls den {10 + n} oktober {year} i Bredvik.</p>
<h3>{who}, {_ROLES[n % 4]}</h3>{embed.markup}<p>Ett samtal om framtiden.</p>
<p><a href="/wp-content/uploads/{year}/10/program-{year}.pdf">Programmet {year}</a></p>"""
        document = f"/wp-content/uploads/{year}/10/program-{year}.pdf"
        return Entry(
            400 + n,
            "page",
            f"/konferens/{year}/",
            f"Konferensen {year}",
            when,
            body,
            (embed.film,),
            (who,),
            (document,),
        )
    who = person(n * 3)
    body = f"<p>Vi arbetar med fråga nummer {n} i hela länet.</p><p>Ansvarig är {who}, {_ROLES[n % 4]}.</p>"
    return Entry(400 + n, "page", f"/om/omrade-{n}/", f"Område {n}", when, body, (), (who,))


HIDDEN_PERSON = "Ragnvald Hemligsson"
HIDDEN_FILM = "hIdd3nFilm_"


def _not_public() -> tuple[Entry, ...]:
    when = datetime(2023, 5, 6, 9, 0, tzinfo=_LOCAL)
    body = f"<p>{HIDDEN_PERSON}, socialchef i Bredviks kommun.</p><iframe src='https://www.youtube.com/embed/{HIDDEN_FILM}'></iframe>"
    return tuple(
        Entry(
            900 + n,
            "post",
            f"/2023/05/{state}/",
            f"Ännu inte: {state}",
            when,
            body,
            (f"youtube:{HIDDEN_FILM}",),
            (HIDDEN_PERSON,),
            (),
            state,
        )
        for n, state in enumerate(("draft", "future", "private", "protected"))
    )
