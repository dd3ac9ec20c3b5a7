"""The JSON that REST gives for an entry, a category and the other things of a site."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Any

from harvester.sample.content import Author, Category, Entry, Site, utc
from harvester.sample.markup import category_link, content, excerpt, shortlink, shown_title

Json = dict[str, Any]


def entry_row(site: Site, entry: Entry) -> Json:
    """A page or post; a protected one has its title and no text."""
    rows: Json = {
        "id": entry.id,
        "date": _local(entry.date),
        "date_gmt": _local(utc(entry.date)),
        "guid": {"rendered": shortlink(site, entry)},
        "modified": _local(entry.modified),
        "modified_gmt": _local(utc(entry.modified)),
        "slug": entry.slug,
        "status": entry.status,
        "type": entry.type,
        "link": site.base + entry.path,
        "title": {"rendered": escape(shown_title(entry), quote=False)},
        "content": _guarded("" if entry.password else content(site, entry), entry),
        "excerpt": _guarded("" if entry.password else excerpt(site, entry), entry),
        "author": site.authors[entry.author].id,
        "featured_media": 0,
    }
    if entry.type == "page":
        parent = site.parent_of(entry)
        rows |= {"parent": parent.id if parent else 0, "menu_order": 0}
    rows |= {"comment_status": "open" if entry.comments else "closed", "template": "", "meta": []}
    if entry.type == "post":
        rows |= {
            "sticky": False,
            "format": "standard",
            "categories": [site.categories[c].id for c in entry.categories],
            "tags": [],
        }
    own = f"{site.base}/wp-json/wp/v2/{entry.type}s"
    rows["_links"] = {"self": [{"href": f"{own}/{entry.id}"}], "collection": [{"href": own}]}
    return rows


def category_row(site: Site, category: Category) -> Json:
    """A category with the number of its public posts."""
    return {
        "id": category.id,
        "count": len(site.posts_in(category.slug)),
        "description": "",
        "link": category_link(site, category),
        "name": category.name,
        "slug": category.slug,
        "taxonomy": "category",
        "parent": 0,
        "meta": [],
    }


def author_row(site: Site, author: Author) -> Json:
    """An author as the users route shows one to strangers."""
    return {
        "id": author.id,
        "name": author.name,
        "url": "",
        "description": "",
        "link": f"{site.base}/author/{author.slug}/",
        "slug": author.slug,
    }


def type_object(site: Site, name: str) -> Json:
    """What `/wp/v2/types` says of a post type; KeyError for an unknown one."""
    base = {"post": "posts", "page": "pages", "attachment": "media"}[name]
    label = {"post": "Inlägg", "page": "Sidor", "attachment": "Media"}[name]
    href = f"{site.base}/wp-json/wp/v2/{base}"
    return {
        "description": "",
        "hierarchical": name == "page",
        "has_archive": False,
        "name": label,
        "slug": name,
        "taxonomies": ["category", "post_tag"] if name == "post" else [],
        "rest_base": base,
        "rest_namespace": "wp/v2",
        "_links": {
            "collection": [{"href": f"{site.base}/wp-json/wp/v2/types"}],
            "wp:items": [{"href": href}],
        },
    }


def index_object(site: Site) -> Json:
    """The REST index of the site."""
    return {
        "name": site.name,
        "description": site.tagline,
        "url": site.base,
        "home": site.base,
        "gmt_offset": "1",
        "timezone_string": "Europe/Stockholm",
        "namespaces": ["oembed/1.0", "wp/v2"],
        "authentication": {},
        "routes": namespace_object(site)["routes"],
    }


def namespace_object(site: Site) -> Json:
    """The routes of `wp/v2`."""
    names = ("types", "posts", "pages", "categories", "tags", "media", "users", "comments")
    return {
        "namespace": "wp/v2",
        "routes": {f"/wp/v2/{name}": {"namespace": "wp/v2", "methods": ["GET"]} for name in names},
    }


def _guarded(rendered: str, entry: Entry) -> Json:
    return {"rendered": rendered, "protected": entry.password}


def _local(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat()
