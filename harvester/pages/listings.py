"""Machine-readable listings: sitemaps, feeds, and the types a REST interface names.

XML is read without entities, without network and within bounds: a document that declares an entity is
not understood at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from harvester.compression import gzip_content

#: A listing beyond this many bytes (unpacked) is not read: the protocol's own bound is 50 MB.
MAX_XML = 52_428_800

#: Addresses taken from one sitemap: the protocol's own bound.
MAX_ADDRESSES = 50_000

# Types that are no pages: media, menus, templates, parts of page builders.
_TECHNICAL_TYPES = re.compile(
    r"attachment|nav_menu_item|wp_\w+|revision|custom_css|customize_changeset|oembed_cache"
    r"|user_request|et_\w+|elementor_\w+|e-\w+|fl-\w+|brizy\w*|acf-\w+|jp_\w+|feedback|product_variation"
    r"|scheduled-action|popup\w*|cookie\w*|cmplz-\w+|ngg_\w+|wpcf7_\w+|mailpoet_\w+",
    re.I,
)
# rest_base and namespace as they may stand in an address.
_ROUTE = re.compile(r"[\w-]{1,60}", re.ASCII)
_NAMESPACE = re.compile(r"[\w-]{1,40}/v\d{1,3}", re.ASCII)
_ENTITY = re.compile(rb"<!(?:ENTITY|DOCTYPE[^>]*\[)", re.I)


@dataclass(frozen=True, slots=True)
class ListedAddress:
    """An address a listing names; ``changed`` is its own word on the last change, as written."""

    url: str
    changed: str | None
    title: str = ""


@dataclass(frozen=True, slots=True)
class RestType:
    """A public content type and the route that lists it (``wp/v2/posts``)."""

    name: str
    route: str


def read_rest_types(data: Any) -> tuple[RestType, ...]:
    """The content types of a ``types`` answer that can be pages; empty for any other answer."""
    if not isinstance(data, Mapping) or not data:
        return ()
    found = []
    for name, item in data.items():
        if not isinstance(item, Mapping) or "rest_base" not in item:
            return ()
        base, namespace = item.get("rest_base"), item.get("rest_namespace") or "wp/v2"
        if not (isinstance(base, str) and isinstance(namespace, str)):
            continue
        if _TECHNICAL_TYPES.fullmatch(str(name)) or not _ROUTE.fullmatch(base):
            continue
        if _NAMESPACE.fullmatch(namespace):
            found.append(RestType(str(name), f"{namespace}/{base}"))
    return tuple(found)


def xml_root(body: bytes) -> etree._Element | None:
    """The root of an XML listing, gunzipped where it is packed; None where it is no sound listing."""
    if body[:2] == b"\x1f\x8b":
        try:
            body, _ = gzip_content(body, MAX_XML + 1)
        except ValueError:
            return None
    if not body or len(body) > MAX_XML or _ENTITY.search(body):
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        return etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def read_sitemap(
    root: etree._Element,
) -> tuple[tuple[ListedAddress, ...], tuple[ListedAddress, ...]] | None:
    """The parts and the pages a sitemap names; None where the document is no sitemap."""
    name = _local(root)
    if name not in ("sitemapindex", "urlset"):
        return None
    addresses = tuple(_sitemap_addresses(root, "sitemap" if name == "sitemapindex" else "url"))
    return (addresses, ()) if name == "sitemapindex" else ((), addresses)


def read_feed(root: etree._Element) -> tuple[ListedAddress, ...] | None:
    """The posts an RSS or Atom feed names; None where the document is no feed."""
    name = _local(root)
    if name in ("rss", "RDF"):
        return tuple(_rss_items(root))
    if name == "feed":
        return tuple(_atom_entries(root))
    return None


def _sitemap_addresses(root: etree._Element, tag: str) -> Iterator[ListedAddress]:
    count = 0
    for child in root:
        if _local(child) != tag:
            continue
        values = {
            _local(e): (e.text or "").strip() for e in child if _local(e) in ("loc", "lastmod")
        }
        if values.get("loc"):
            yield ListedAddress(values["loc"], values.get("lastmod") or None)
            count += 1
            if count >= MAX_ADDRESSES:
                return


def _rss_items(root: etree._Element) -> Iterator[ListedAddress]:
    for item in root.iter("{*}item"):
        values: dict[str, str] = {}
        for child in item:
            name = _local(child)
            if name in ("link", "guid", "title", "pubDate"):
                values.setdefault(name, (child.text or "").strip())
                if name == "guid" and child.get("isPermaLink") == "false":
                    values["guid"] = ""
        url = values.get("link") or values.get("guid") or ""
        if url:
            yield ListedAddress(url, values.get("pubDate") or None, values.get("title", ""))


def _atom_entries(root: etree._Element) -> Iterator[ListedAddress]:
    for entry in root.iter("{*}entry"):
        url, changed, title = "", None, ""
        for child in entry:
            name = _local(child)
            if name == "link" and child.get("rel", "alternate") == "alternate":
                url = url or (child.get("href") or "").strip()
            elif name == "updated":
                changed = (child.text or "").strip() or None
            elif name == "title":
                title = (child.text or "").strip()
        if url:
            yield ListedAddress(url, changed, title)


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
