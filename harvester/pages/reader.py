"""From a stored answer to page content: the page itself, a REST body, the posts of an archive."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml.html import HtmlElement

from harvester.archive.capture import Capture
from harvester.errors import NoContentNodeError, PageError
from harvester.pages.archive_posts import is_listing, own_words, read_posts
from harvester.pages.block_kinds import BlockKind
from harvester.pages.blocks import Block, read_blocks
from harvester.pages.content import Found, PageContent, Source
from harvester.pages.content_nodes import content_nodes, densest_node, finds_content
from harvester.pages.document import parse_capture, parse_html
from harvester.pages.marks import Marks
from harvester.pages.metadata import Metadata, from_entry, with_digest
from harvester.pages.rest import RestEntry
from harvester.pages.shortcodes import expand_shortcodes, expanded_tree, has_shortcodes
from harvester.pages.themes import Theme, themes
from harvester.parsers.element_text import whole_text
from harvester.sites import Site

_PROTECTED = re.compile(r"(?:Skyddad|Protected|Skyddat):\s*")


def read_page(capture: Capture, site: Site, entry: RestEntry | None = None) -> PageContent:
    """The content of a stored HTML page, completed by what the site's REST interface says of it.

    Raises PageError where nothing says where the content stands, where two nodes claim to be it,
    or where the page is WordPress' own "not found" page served as a success.
    """
    root, decoded = parse_capture(capture)
    known = themes()
    marks = known.marks(root)
    theme = known.of(marks)
    metadata = Metadata(root, theme, site, marks)
    if metadata.is_error_page():
        raise PageError(
            "soft_404",
            f"{capture.url}: the site's own not-found page, served with status {capture.status}",
        )
    url = metadata.canonical(capture.url)
    title = metadata.title()
    protected = any(_asks_password(form) for form in root.iter("form")) or bool(
        entry and entry.protected
    )
    page = PageContent(
        site=site,
        url=url,
        digest=capture.digest,
        source=Source.OWN,
        theme=theme.name,
        title=title,
        published=metadata.published(),
        modified=metadata.modified(),
        author=metadata.author(),
        categories=metadata.categories(),
        language=metadata.language(),
        blocks=(),
        post_type=metadata.post_type(),
        protected=protected,
        archive=metadata.is_archive(),
        damaged=decoded.damaged,
    )
    if entry is not None:
        page = _completed(page, entry)
    if protected:
        return replace(page, title=_without_mark(page.title))
    if is_listing(page, root, marks):
        # Days, byline and categories on an archive page are those of the posts it shows.
        return replace(
            page,
            archive=True,
            published=None,
            modified=None,
            author=None,
            categories=(),
            items=tuple(read_posts(page, root, theme, metadata, marks)),
            blocks=own_words(root, marks, url),
        )
    return _with_content(page, root, theme, marks, entry)


def _asks_password(form: HtmlElement) -> bool:
    """True for the form WordPress shows in place of a protected page's content."""
    return "post-password-form" in (form.get("class") or "") or "action=postpass" in (
        form.get("action") or ""
    )


def read_entry(entry: RestEntry, site: Site) -> PageContent:
    """The content of a post or page as the REST interface alone gives it."""
    root = parse_html(expand_shortcodes(entry.content))
    marks = themes().marks(root)
    blocks = read_blocks(_body(root), url=site.canonical(entry.url), skip=marks.removed)
    prefix = f"{entry.pointer}/content/rendered#"
    page = PageContent(
        site=site,
        url=site.canonical(entry.url),
        digest=entry.digest,
        source=Source.REST,
        theme="rest",
        title=None,
        published=None,
        modified=None,
        author=None,
        categories=(),
        language="sv",
        blocks=tuple(_inside_rest(b, prefix) for b in blocks),
        post_type=entry.type,
        protected=entry.protected,
    )
    return _completed(page, entry)


def _inside_rest(block: Block, prefix: str) -> Block:
    """A block of a REST body: its places lie inside the answer."""
    titled = prefix + block.film_title_at if block.film_title_at else ""
    return replace(block, locator=prefix + block.locator, film_title_at=titled)


def _without_mark(title: Found[str] | None) -> Found[str] | None:
    """A protected page's title without the word that WordPress puts before it."""
    mark = _PROTECTED.match(title.value) if title else None
    if title is None or mark is None:
        return title
    value = title.value[mark.end() :]
    return replace(title, value=value, raw=value, char_start=title.char_start + mark.end())


def _completed(page: PageContent, entry: RestEntry) -> PageContent:
    """REST knows best: the site's own record of days, title and categories."""
    title = page.title
    if title is None and entry.title:
        title = Found(
            entry.title, entry.title, f"{entry.pointer}/title/rendered#/html/body", "title.rest", 0, len(entry.title), entry.digest
        )  # fmt: skip
    author = page.author
    if author is None and entry.author:
        author = from_entry(None, entry.author, entry.author, entry, "_embedded/author/0/name")
    categories = tuple(
        Found(name, name, f"{place}#/html/body", "categories.rest", 0, len(name), entry.digest)
        for name, place in zip(entry.categories, entry.category_pointers, strict=True)
    )
    return replace(
        page,
        title=title,
        author=author,
        published=from_entry(page.published, entry.published, entry.published_raw, entry, "date"),
        modified=from_entry(page.modified, entry.modified, entry.modified_raw, entry, "modified"),
        categories=categories or page.categories,
        post_type=entry.type or page.post_type,
    )


def _with_content(
    page: PageContent, root: HtmlElement, theme: Theme, marks: Marks, entry: RestEntry | None
) -> PageContent:
    nodes = content_nodes(root, theme, marks)
    if entry is not None and entry.content and (theme.name == "generic" or not nodes):
        # No theme fits: the site's REST body is its own word on what the content is.
        return _with_rest_body(page, entry)
    if not nodes and not any(theme.groups("content", root)):
        # The page bears a known theme's marks and is built otherwise.
        theme = themes().named("generic")
        page = replace(page, theme=theme.name)
        nodes = content_nodes(root, theme, marks)
    if not nodes and not finds_content(root, theme, marks):
        densest = densest_node(root, marks)
        nodes = [densest] if densest is not None else []
    if not nodes:
        raise NoContentNodeError(
            f"{page.url}: no theme says where the content stands; add one to themes.toml (docs/themes.md)"
        )
    if len(nodes) > 1:
        raise PageError(
            "two_content_nodes",
            f"{page.url}: {len(nodes)} nodes claim to be the content (theme {theme.name})",
        )
    if has_shortcodes(whole_text(nodes[0])):
        if entry is not None and entry.content:
            return _with_rest_body(page, entry)
        blocks = _from_shortcodes(nodes[0], page.url)
    else:
        shown = {i for i in marks.items if nodes[0] in i.iterancestors()}
        blocks = read_blocks(nodes[0], url=page.url, skip=marks.removed | shown)
    footnotes = ("generic_theme",) if theme.name == "generic" else ()
    return replace(page, blocks=_without_title(blocks, page.title), footnotes=footnotes)


def _with_rest_body(page: PageContent, entry: RestEntry) -> PageContent:
    """The page with the body REST gives; what was read on the page keeps the page's digest."""
    rest = read_entry(entry, page.site)
    own = page.digest
    return replace(
        page,
        blocks=rest.blocks,
        theme="rest",
        digest=rest.digest,
        title=with_digest(page.title, own),
        published=with_digest(page.published, own),
        modified=with_digest(page.modified, own),
        author=with_digest(page.author, own),
        categories=tuple(replace(c, digest=c.digest or own) for c in page.categories),
    )


def _from_shortcodes(node: HtmlElement, url: str) -> tuple[Block, ...]:
    """The blocks of a node that shows raw builder shortcodes, read as the modules they stand for.

    Locators name the node and, behind ``#``, the place in what its shortcodes expand to.
    """
    root = expanded_tree(node)
    where = node.getroottree().getpath(node)
    blocks = read_blocks(_body(root), url=url, skip=themes().marks(root).removed)
    return tuple(replace(b, locator=f"{where}#{b.locator}") for b in blocks)


def _without_title(blocks: tuple[Block, ...], title: Found[str] | None) -> tuple[Block, ...]:
    """Builders put the page's title into the content: it is said once."""
    for n, block in enumerate(blocks[:3]):
        if (
            block.kind is BlockKind.HEADING
            and title
            and block.text in (title.value, title.raw)
            and block.locator == title.locator
        ):
            return blocks[:n] + blocks[n + 1 :]
    return blocks


def _body(root: HtmlElement) -> HtmlElement:
    return next(iter(root.iter("body")), root)
