"""Writing the gallery: every file of it, the same bytes for the same release."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from harvester.explorer.gallery.changes_page import changes_page
from harvester.explorer.gallery.edition_pages import edition_page, timeline_page, years
from harvester.explorer.gallery.film_data import film_details, film_list, script
from harvester.explorer.gallery.film_page import film_page
from harvester.explorer.gallery.model import GalleryModel, read_model
from harvester.explorer.gallery.people_pages import people_page, person_page
from harvester.explorer.wording import catalogue

_ASSETS = ("gallery.css", "frame.js", "films.js", "posters.js", "panel.js")


def write_gallery(release: Path, last: Path | None) -> None:
    """Writes ``gallery/`` into a staged release: pages that work from disk, all of them `noindex`.

    ``last`` is the release before, None for a first one. Nobody gets a page who is only mentioned.
    """
    folder = release / "gallery"
    for path, text in _files(release, last, read_model(release)):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def _files(release: Path, last: Path | None, model: GalleryModel) -> Iterator[tuple[str, str]]:
    yield "index.html", film_page(model)
    yield "people.html", people_page(model)
    yield "timeline.html", timeline_page(model)
    yield "changes.html", changes_page(release, last, fetched=model.fetched)
    yield "data/films.js", film_list(model)
    for name, text in film_details(model):
        yield f"data/{name}", text
    for person in model.people:
        yield f"person/{person['person_id']}.html", person_page(model, person)
    for year in years(model):
        yield f"edition/{year or 'none'}.html", edition_page(model, year)
    assets = files("harvester.explorer") / "assets"
    for name in _ASSETS:
        yield f"static/{name}", (assets / name).read_text(encoding="utf-8")
    yield (
        "static/words.js",
        "var harvested = {};\nfunction harvest(name, value) { harvested[name] = value; }\n"
        + script("words", catalogue()),
    )
    yield "robots.txt", "User-agent: *\nDisallow: /\n"
