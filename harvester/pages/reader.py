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
from harvester.pages.entry_values import (
    entry_author,
    entry_categories,
    entry_modified,
    entry_published,
    entry_title,
)
from harvester.pages.marks import Marks
from harvester.pages.metadata import Metadata, with_digest
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
    protected = any(_asks_password(form) for form in root.iter("form")) or bool(
        entry and entry.protected
    )
    # REST knows best: the site's own record of days and categories. What it says is not looked for on the page.
    page = PageContent(
        site=site,
        url=url,
        digest=capture.digest,
        source=Source.OWN,
        theme=theme.name,
        title=metadata.title() or entry_title(entry),
        published=entry_published(entry) or metadata.published(),
        modified=entry_modified(entry) or metadata.modified(),
        author=metadata.author() or entry_author(entry),
        categories=entry_categories(entry) or metadata.categories(),
        language=metadata.language(),
        blocks=(),
        post_type=(entry.type if entry is not None else "") or metadata.post_type(),
        protected=protected,
        archive=metadata.is_archive(),
        damaged=decoded.damaged,
    )
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
    return PageContent(
        site=site,
        url=site.canonical(entry.url),
        digest=entry.digest,
        source=Source.REST,
        theme="rest",
        title=entry_title(entry),
        published=entry_published(entry),
        modified=entry_modified(entry),
        author=entry_author(entry),
        categories=entry_categories(entry),
        language="sv",
        blocks=tuple(_inside_rest(b, prefix) for b in blocks),
        post_type=entry.type,
        protected=entry.protected,
    )


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
