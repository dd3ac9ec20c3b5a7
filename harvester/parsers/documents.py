"""Documents that a page links to: slides, notes, lists, speeches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

import lxml.html

from harvester.parsers.references import absolute


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A linked document."""

    url: str  # absolute, without fragment
    title: str | None  # the link's text; None where it only says "download"
    media_type: str | None  # from the address' ending; None for attachment pages


@dataclass(frozen=True, slots=True)
class PlacedDocument:
    """A document with the element that links to it first under its title."""

    element: lxml.html.HtmlElement
    document: DocumentLink


#: Media types by the ending of an address (IANA's registry; Apple's own names for its formats).
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "dot": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ppt": "application/vnd.ms-powerpoint",
    "pps": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "ppsx": "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "rtf": "application/rtf",
    "csv": "text/csv",
    "zip": "application/zip",
    "epub": "application/epub+zip",
    "key": "application/vnd.apple.keynote",
    "pages": "application/vnd.apple.pages",
    "numbers": "application/vnd.apple.numbers",
}


def find_documents_in(node: lxml.html.HtmlElement, *, url: str) -> list[PlacedDocument]:
    """The documents linked or embedded in a content node, in order, one for each address.

    `url` is the page's address. A document is known by the ending of its path, or by WordPress'
    attachment links. A button that repeats the link before it adds nothing; pictures are none.
    Never raises.
    """
    found: dict[str, PlacedDocument] = {}
    for element, address in _candidates(node):
        if not _may_lead_to_document(element, address):
            continue
        target = _document_address(address, url)
        if target is None:
            continue
        media_type = MEDIA_TYPES.get(_ending(target))
        if media_type is None and not _is_attachment(element, target):
            continue
        title = _title(element)
        key = _key(target)
        known = found.get(key)
        if known is None or (known.document.title is None and title is not None):
            first = known.document.url if known is not None else target
            found[key] = PlacedDocument(element, DocumentLink(first, title, media_type))
    return list(found.values())


#: Longer addresses are data, not documents.
MAX_ADDRESS = 4096

_SKIPPED = frozenset({"pre", "code", "template", "script", "style", "textarea"})

# What may show a document or lead to one, and where it states the address.
_ADDRESS_ATTRIBUTES = {
    "a": "href",
    "area": "href",
    "iframe": "src",
    "embed": "src",
    "object": "data",
}

# A button's or a pointer's words: they say what to do, not what the document is.
_CALL = re.compile(
    r"(?:ladda (?:ner|ned|hem)|hämta|öppna|visa|download|läs mer|läs|här|pdf|klicka här)"
    r"(?: (?:här|filen|fil|pdf|dokumentet|som pdf|\(pdf\)))?[.!»→ ]*",
    re.IGNORECASE,
)

_SPACE = re.compile(r"\s+")


def _candidates(node: lxml.html.HtmlElement) -> Iterator[tuple[lxml.html.HtmlElement, str]]:
    """Elements that may lead to a document, with the address they give."""
    # Most contents hold nothing that is skipped: then no element's surroundings need be looked at.
    skipped = any(parent.tag in _SKIPPED for parent in node.iterancestors())
    skipped = skipped or next(node.iter(*_SKIPPED), None) is not None
    for element in node.iter(*_ADDRESS_ATTRIBUTES):
        name = _ADDRESS_ATTRIBUTES[element.tag]
        address = element.get(name) or element.get(f"data-{name}") or ""
        if address and not (
            skipped and any(parent.tag in _SKIPPED for parent in element.iterancestors())
        ):
            yield element, address


def _may_lead_to_document(element: lxml.html.HtmlElement, address: str) -> bool:
    """False only for links that no later test lets through: most links need not be taken apart."""
    return (
        _DOCUMENT_HINT.search(address) is not None
        or not _OWN_PATH.match(address)
        or "attachment" in (element.get("rel") or "")
    )


# What the address of a document holds: an ending, WordPress' attachment, a viewer, or characters
# that hide one of them from this pattern (an encoded letter, a line break).
_DOCUMENT_HINT = re.compile(
    r"[%\t\r\n]|attachment|docs\.google|drive\.google|officeapps|\.(?:"
    + "|".join(MEDIA_TYPES)
    + ")",
    re.I,
)
# An address with a path: another one keeps the path of the page, whatever its ending.
_OWN_PATH = re.compile(r"\s*(?:https?:)?/")


def _document_address(address: str, base: str) -> str | None:
    """The absolute address a link gives, a document viewer's wrapping taken off; None for others."""
    if len(address) > MAX_ADDRESS:
        return None
    try:
        target = absolute(base, address)
        parts = urlsplit(target)
        if parts.hostname in _VIEWERS:
            carried = parse_qs(parts.query, max_num_fields=50)
            inner = next((carried[name][0] for name in ("url", "src") if name in carried), None)
            return None if inner is None else _document_address(inner, base)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return target.partition("#")[0]


# Viewers that show another address' document in a frame.
_VIEWERS = frozenset({"docs.google.com", "drive.google.com", "view.officeapps.live.com"})


def _ending(address: str) -> str:
    name = unquote(urlsplit(address).path).rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def _is_attachment(element: lxml.html.HtmlElement, address: str) -> bool:
    """Whether a link leads to an attachment's page; a picture's own (it shows the picture) does not."""
    if element.tag != "a" or next(element.iter("img"), None) is not None:
        return False
    return "attachment" in element.get("rel", "").split() or _ATTACHMENT.search(address) is not None


_ATTACHMENT = re.compile(r"[?&]attachment_id=\d{1,10}(?:&|$)")


def _title(element: lxml.html.HtmlElement) -> str | None:
    """What a link calls its document, or None where it only asks to open it."""
    texts = ["".join(element.itertext()) if element.tag == "a" else ""]
    texts.extend(element.get(name) or "" for name in ("title", "aria-label"))
    picture = next(element.iter("img"), None)
    if picture is not None:
        texts.append(picture.get("alt") or "")
    for text in texts:
        title = _SPACE.sub(" ", text).strip()
        if title and _CALL.fullmatch(title) is None and "://" not in title:
            return title
    return None


def _key(address: str) -> str:
    """One document under http and https, with and without a cache's mark, is one."""
    parts = urlsplit(address)
    query = "" if _BUSTER.fullmatch(parts.query) else parts.query
    return f"{(parts.netloc).lower()}{unquote(parts.path)}?{query}"


_BUSTER = re.compile(r"(?:(?:ver|v|_|x\d*|download)=?[\d.]*)?")
