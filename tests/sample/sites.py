"""What the tests of the sample share: asking a site without a socket."""

from __future__ import annotations

import json
from typing import Any

from lxml import html

from harvester.sample.answer import Answer
from harvester.sample.content import STAGES, Entry, Site, load_sites
from harvester.sample.wordpress import site_answer

SITES = [(stage, site) for stage in STAGES for site in load_sites(stage).values()]
SITE_IDS = [f"{site.name}-{stage}" for stage, site in SITES]

#: Words that stand in entries nobody may read, and nowhere else.
SECRETS = (
    "Draftman",
    "Hemlighamn",
    "HEMLIGT UTKAST",
    "Schemasson",
    "SCHEMALAGD",
    "Anteckningsdotter",
    "PRIVAT:",
    "Lösenordsson",
    "dR4ftL3akEx",
    "l0stF1lm24x",
    "hemligt-utkast",
    "schemalagd-nyhet",
    "programgruppens-anteckningar",
)


def get(site: Site, target: str, **headers: str) -> Answer:
    return site_answer(site, target, {k.replace("_", "-"): v for k, v in headers.items()})


def get_json(site: Site, target: str) -> Any:
    return json.loads(get(site, target).body)


def tree(answer: Answer) -> html.HtmlElement:
    return html.document_fromstring(answer.body.decode())


def header(answer: Answer, name: str) -> str:
    return dict(answer.headers)[name]


def readable(site: Site) -> list[Entry]:
    """Entries that anyone may read."""
    return [e for e in site.entries if e.public and not e.password]


def archive_paths(site: Site) -> list[str]:
    """Every page of every category archive."""
    paths = []
    for slug in site.categories:
        pages = -(-len(site.posts_in(slug)) // site.posts_per_page)
        paths.append(f"/category/{slug}/")
        paths += [f"/category/{slug}/page/{n}/" for n in range(2, pages + 1)]
    return paths


def everything(site: Site) -> list[str]:
    """Every address that a stranger could think of asking for."""
    rest = ["posts", "pages", "categories", "users", "types", "comments", "media", "tags"]
    sitemaps = ["posts-post-1", "posts-page-1", "taxonomies-category-1", "users-1"]
    return [
        *(e.path for e in site.entries),
        *(f"/?p={e.id}" for e in site.entries),
        *archive_paths(site),
        *(f"/author/{slug}/" for slug in site.authors),
        *(f"/wp-json/wp/v2/{name}?per_page=100" for name in rest),
        *(f"/wp-json/wp/v2/{e.type}s/{e.id}" for e in site.entries),
        *(f"/wp-json/wp/v2/posts?status={s}" for s in ("draft", "future", "private", "any")),
        *(f"/wp-sitemap-{name}.xml" for name in sitemaps),
        "/wp-json/",
        "/wp-sitemap.xml",
        "/feed/",
        "/comments/feed/",
        "/robots.txt",
    ]
