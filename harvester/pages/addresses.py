"""Addresses of a WordPress site: whether they are its own, and what they are for by their spelling."""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

from harvester.addresses import is_plain
from harvester.sites import Site


class AddressKind(StrEnum):
    PAGE = "page"
    ARCHIVE = "archive"  # a category's list of posts
    PAGINATION = "pagination"  # a further part of an archive
    DOCUMENT = "document"
    NEVER = "never"  # not to be fetched


# Administration, scripts, people's pages, comments, searches, embeds; must not match a slug that
# only begins like one ("/author-aterkommer/").
_NEVER = re.compile(
    r"/(?:wp-admin|wp-login\.php|wp-includes|wp-content|wp-json|xmlrpc\.php|wp-comments-post\.php"
    r"|wp-cron\.php|wp-signup\.php|cdn-cgi|author|forfattare|users?|comments|attachment|search|sok"
    r"|trackback|embed|feed|rss|rss2|atom|amp|tag|etikett|type|cart|checkout|my-account)(?:/|$)"
    r"|/comment-page-\d",
    re.I,
)
# "/2022/05/", "/kalender/2031/05/14/": lists by day, and calendars without an end; must not match
# the address of a post below a date ("/2022/05/rubriken/").
_BY_DATE = re.compile(r"^/\d{4}/(?:page/\d+/)?$|/\d{4}/\d{1,2}/(?:\d{1,2}/)?(?:page/\d+/)?$")
# A calendar that names its month in one piece: "/kalender/2031-05/".
_CALENDAR = re.compile(
    r"/(?:kalender|calendar|events?|evenemang)/(?:.*/)?\d{4}-\d{2}(?:-\d{2})?/", re.I
)
# A relative link that a page resolves ever deeper: "/a/bilder/bilder/bilder/".
_REPEATED = re.compile(r"/([^/]+)/\1/\1/")
# More than eight steps down: no page stands there, a trap does.
_DEEP = re.compile(r"(?:/[^/]+){9}")
_ARCHIVE = re.compile(r"/(?:category|kategori|categories|amne)/[^/]", re.I)
_PAGINATION = re.compile(r"/(?:page|sida)/\d{1,6}/$", re.I)
_FILE = re.compile(r"\.([a-z0-9]{2,5})/?$", re.I)
#: The file endings of documents.
DOCUMENTS = frozenset(
    [
        "pdf",
        "ppt",
        "pptx",
        "pps",
        "ppsx",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "odt",
        "ods",
        "odp",
        "key",
        "rtf",
        "csv",
        "epub",
    ]
)
_PAGE_ENDINGS = frozenset(("html", "htm", "php", "asp", "aspx"))
_UPLOADS = "/wp-content/uploads/"
# The only parameters that choose a page; any other is a search, a filter, a calendar, a share.
_PAGE_PARAMETERS = frozenset(("p", "page_id", "post_type"))
_PAGINATION_PARAMETERS = frozenset(("paged",))


def address_kind(url: str) -> AddressKind:
    """What a canonical address of the site is for."""
    parts = urlsplit(url)
    path = parts.path
    ending = _FILE.search(path)
    extension = ending.group(1).lower() if ending else ""
    if extension in DOCUMENTS:
        return AddressKind.DOCUMENT
    if _UPLOADS in path or _NEVER.search(path):
        return AddressKind.NEVER
    if extension and extension not in _PAGE_ENDINGS and not extension.isdigit():
        return AddressKind.NEVER
    if parts.query:
        return _by_parameters(parts.query)
    if any(trap.search(path) for trap in (_BY_DATE, _CALENDAR, _REPEATED, _DEEP)):
        return AddressKind.NEVER
    if _PAGINATION.search(path):
        return AddressKind.PAGINATION
    if _ARCHIVE.search(path):
        return AddressKind.ARCHIVE
    return AddressKind.PAGE


def site_address(site: Site, url: str, base: str = "") -> str | None:
    """An address as the site spells it, without fragment; None where it is not the site's.

    An address of the site's host that lost its port gets it back: WordPress feeds drop it.
    """
    if is_plain(url) and site.owns(url):
        return url
    try:
        parts = urlsplit(urljoin(base or site.base, url.strip()))
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.username or parts.password:
        return None
    address = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))
    if site.owns(address):
        return address
    own = urlsplit(site.base)
    if port is None and own.port is not None and parts.hostname == own.hostname:
        return urlunsplit((own.scheme, own.netloc, parts.path or "/", parts.query, ""))
    return None


def _by_parameters(query: str) -> AddressKind:
    names = {name for name, _ in parse_qsl(query, keep_blank_values=True)}
    if names <= _PAGE_PARAMETERS:
        return AddressKind.PAGE
    if names <= _PAGINATION_PARAMETERS:
        return AddressKind.PAGINATION
    return AddressKind.NEVER
