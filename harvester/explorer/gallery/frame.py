"""The frame of every gallery page: head, navigation, language switch, footer, and no way out."""

from __future__ import annotations

from harvester.explorer.markup import Child, Html, joined, tag
from harvester.explorer.wording import word

#: Nothing foreign may load but the two players, and those only in frames.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "frame-src https://www.youtube-nocookie.com https://player.vimeo.com; "
    "base-uri 'none'; form-action 'none'"
)

_PAGES = (
    ("index.html", "nav.films"),
    ("people.html", "nav.people"),
    ("timeline.html", "nav.timeline"),
    ("changes.html", "nav.changes"),
)


def page(
    title: str | Html,
    *content: Child,
    here: str | None = None,
    depth: int = 0,
    fetched: str | None = None,
    scripts: tuple[str, ...] = (),
) -> str:
    """A whole page. ``here`` names its entry in the navigation, ``depth`` its distance from the root.

    ``title`` may be an element of `word`: its text is the page's title and turns with the language.
    """
    up = "../" * depth
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="robots", content="noindex, nofollow"),
        tag("meta", name="referrer", content="strict-origin-when-cross-origin"),
        tag("meta", name="color-scheme", content="light dark"),
        _turning_title(title) if isinstance(title, Html) else tag("title", title),
        tag("link", rel="stylesheet", href=f"{up}static/gallery.css"),
        tag("script", src=f"{up}static/words.js", defer=True),
        tag("script", src=f"{up}static/frame.js", defer=True),
        *(tag("script", src=f"{up}{script}", defer=True) for script in scripts),
    )
    body = tag(
        "body",
        word("skip", element="a", href="#content", class_="skip"),
        _header(up, here),
        tag("main", *content, id="content", tabindex="-1"),
        tag(
            "footer",
            tag("p", word("fetched", fetched)) if fetched else None,
            word("footer", element="p"),
        ),
    )
    return f"<!doctype html>\n{tag('html', head, body, lang='sv')}\n"


def _turning_title(title: Html) -> Html:
    return Html(title.replace("<span", "<title", 1).removesuffix("</span>") + "</title>")


def _header(up: str, here: str | None) -> Html:
    links = (
        tag(
            "li",
            word(
                key, element="a", href=f"{up}{address}",
                aria_current="page" if here == address else None,
            ),
        )
        for address, key in _PAGES
    )  # fmt: skip
    return tag(
        "header",
        tag("nav", tag("ul", joined(*links)), aria_label="Sidor", data_t_label="nav"),
        word(
            "language.switch",
            element="button",
            type="button",
            id="language",
            lang="en",
            hidden=True,
        ),
    )
