"""The people pages: the list of all who took part, and one page for each of them."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import quote

from harvester.explorer.gallery.evidence import drawer
from harvester.explorer.gallery.frame import page
from harvester.explorer.gallery.model import GalleryModel, Part
from harvester.explorer.markup import Child, Html, joined, outward, tag
from harvester.explorer.tables import Row
from harvester.explorer.wording import word


def people_page(model: GalleryModel) -> str:
    """The list of everybody who took part, under the letters of their surnames."""
    sections = []
    for letter, group in groupby(model.people, key=lambda person: person["sort_name"][:1].upper()):
        people = [_listed(person) for person in group]
        sections.append(
            tag("section", tag("h2", letter or "–"), tag("ul", *people), class_="letter")
        )
    content = sections or [word("people.none", element="p")]
    return page(
        word("nav.people"),
        word("nav.people", element="h1"),
        word("people.lead", element="p", class_="lead"),
        tag("div", *content, class_="letters"),
        here="people.html",
        fetched=model.fetched,
    )


def person_page(model: GalleryModel, person: Row) -> str:
    """One person: roles through the years, every appearance with its evidence."""
    parts = model.parts_of[person["person_id"]]
    aliases = ", ".join(person["aliases"])
    films = any(part.film_id for part in parts)
    return page(
        person["name"],
        tag("h1", person["name"], dir="auto"),
        word("person.also", aliases, element="p", class_="lead") if aliases else None,
        _roles(parts),
        word("person.appearances", element="h2"),
        tag("ul", *(_appearance(model, part) for part in parts), class_="parts"),
        tag(
            "p",
            word("person.films", element="a", href=f"../index.html#person={quote(person['name'])}"),
        )
        if films
        else None,
        depth=1,
        fetched=model.fetched,
    )


def person_link(person_id: str, name: Child, *, up: str = "") -> Html:
    """A link to a person's page; ids are of our own making and safe in an address."""
    return tag("a", name, href=f"{up}person/{quote(person_id, safe='')}.html", dir="auto")


def film_link(film_id: str, title: Child, *, up: str = "") -> Html:
    """A link that opens a film in the gallery."""
    return tag("a", title, href=f"{up}index.html#film={quote(film_id, safe='')}", dir="auto")


def edition_link(edition: int | None, *, up: str = "") -> Html:
    """A link to a year's page, that of films without a year included."""
    if edition is None:
        return word("year.none", element="a", href=f"{up}edition/none.html")
    return tag("a", edition, href=f"{up}edition/{edition}.html")


def role_line(part: Part) -> Html:
    """Role and organisation in the data's words, then what the person did."""
    said = part.said
    return joined(
        tag("span", said, dir="auto", lang="sv") if said else word("role.none", class_="quiet"),
        " · ",
        word(f"part.{part.row['took_part_as']}", class_="quiet"),
    )


def _listed(person: Row) -> Html:
    first, last = person["first_edition"], person["last_edition"]
    years = "" if first is None else f" {first}" if first == last else f" {first}–{last}"
    return tag(
        "li",
        person_link(person["person_id"], person["sort_name"]),
        tag("span", years, class_="quiet"),
    )


def _roles(parts: list[Part]) -> Html:
    """One row a year: the roles the pages state."""
    found: dict[int | None, list[str]] = {}
    for part in reversed(parts):
        said = part.said
        own = found.setdefault(part.row["edition"], [])
        if said and said not in own:
            own.append(said)
    lines = (
        tag(
            "tr",
            tag("th", edition_link(year, up="../"), scope="row"),
            tag("td", "; ".join(said), lang="sv", dir="auto")
            if said
            else tag("td", word("role.none", class_="quiet")),
        )
        for year, said in sorted(found.items(), key=lambda item: item[0] or 9999)
    )
    return joined(
        word("person.roles", element="h2"),
        tag("table", tag("tbody", *lines), class_="facts"),
    )


def _appearance(model: GalleryModel, part: Part) -> Html:
    row = part.row
    topic = tag("span", row["topic"], lang="sv", dir="auto") if row["topic"] else word("untitled")
    heading = film_link(part.film_id, topic, up="../") if part.film_id else topic
    proofs = [
        *model.proofs.of("contributions", part.contribution_id),
        *model.proofs.of("clips", row["clip_id"]),
        *(p for p in model.proofs.of("pages", row["page_id"]) if p.field == "edition"),
    ]
    published = model.pages.get(row["page_id"], {}).get("title") or row["page_url"]
    return tag(
        "li",
        tag("h3", heading),
        tag(
            "p",
            edition_link(row["edition"], up="../"), " · ", role_line(part),
            joined(" · ", word("review", class_="unsure")) if row["needs_review"] else None,
        ),
        tag("p", word("source"), ": ", outward(row["page_url"], published), class_="quiet"),
        drawer(proofs, model.pages),
    )  # fmt: skip
