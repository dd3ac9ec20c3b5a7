"""The gallery's front page: filters, the films' grid, and the panel of one film."""

from __future__ import annotations

from harvester.explorer.gallery.frame import page
from harvester.explorer.gallery.model import GalleryModel
from harvester.explorer.markup import Html, tag
from harvester.explorer.wording import word


def film_page(model: GalleryModel) -> str:
    """``index.html``: filled by its script from ``data/films.js``."""
    return page(
        word("nav.films"),
        word("nav.films", element="h1"),
        word("films.lead", element="p", class_="lead"),
        tag("noscript", word("noscript", element="p")),
        _filters(),
        tag("p", id="count", role="status", aria_live="polite"),
        tag("ul", id="films", class_="films"),
        word("more", "", element="button", id="more", type="button", hidden=True),
        tag("dialog", id="film", aria_labelledby="film-title"),
        here="index.html",
        fetched=model.fetched,
        scripts=("data/films.js", "static/posters.js", "static/panel.js", "static/films.js"),
    )


def _filters() -> Html:
    return tag(
        "form",
        _field("filter.text", tag("input", type="search", id="q", autocomplete="off")),
        _field(
            "filter.person",
            tag("input", type="search", id="person", list="names", autocomplete="off"),
            tag("datalist", id="names"),
        ),
        _field("filter.edition", tag("select", id="edition")),
        _field("filter.role", tag("select", id="role")),
        word("filter.clear", element="button", type="button", id="clear"),
        id="filters",
        role="search",
        aria_label="Filtrera filmer",
        data_t_label="filter",
    )


def _field(key: str, *control: Html) -> Html:
    identity = key.partition(".")[2]
    return tag(
        "div", word(key, element="label", for_="q" if identity == "text" else identity), *control
    )
