"""Archive pages: whether a page is one, the posts it shows, and what it says of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urljoin

from lxml.etree import XPath
from lxml.html import HtmlElement

from harvester.pages.blocks import Block, read_blocks
from harvester.pages.content import Found, PageContent, Source
from harvester.pages.document import elements, is_inside
from harvester.pages.marks import Marks
from harvester.pages.metadata import Metadata, text_of
from harvester.pages.selectors import SimpleSelectors
from harvester.pages.themes import Theme, themes
from harvester.parsers.element_paths import ElementPaths
from harvester.sites import Site

# Words that a page of posts may say of its own; beyond them the posts are a side matter.
_OWN_WORDS = 120
_CUT = re.compile(
    r"(\[(…|\.\.\.|&hellip;)\]|…|\.\.\.)\s*(Läs mer|Continue reading|Fortsätt läsa)?[^.!?]{0,80}$"
)
_MAIN = XPath("//main|//*[@role='main']|//*[@id='main-content']|//*[@id='content']|//body")


def is_listing(page: PageContent, root: HtmlElement, marks: Marks) -> bool:
    """True for an archive, and for a page of posts without content of its own."""
    own = marks.number
    items = [
        i
        for i in marks.items
        if not is_inside(i, marks.removed) and (own is None or i.get("id") != f"post-{own}")
    ]
    if page.archive:
        return bool(items)
    if len(items) < 2 or page.post_type not in ("", "page"):
        return False
    main = next((n for n in elements(_MAIN, root) if not is_inside(n, marks.removed)), root)
    said = read_blocks(main, url=page.url, skip=marks.removed | frozenset(items))
    words = sum(len(b.text.split()) for b in said)
    return words < _OWN_WORDS and not any(b.film or b.documents for b in said)


def read_posts(
    page: PageContent, root: HtmlElement, theme: Theme, metadata: Metadata, marks: Marks
) -> Iterator[PageContent]:
    """The posts an archive page shows, each with its own address; a cut one is a teaser."""
    path = ElementPaths(root)
    known = themes()
    seen: set[str] = set()
    items = frozenset(marks.items)
    nested = frozenset(i for i in items if any(a in items for a in i.iterancestors()))
    skip = marks.removed | nested
    for item in marks.items:
        if is_inside(item, marks.removed) or item in nested:
            continue
        link = next((a for a in theme.select("item_title", item) if a.get("href")), None)
        title = text_of(link) if link is not None else ""
        url = _address(page.site, page.url, link.get("href") if link is not None else None)
        if link is None or not title or url is None or url in seen or url == page.url:
            continue
        seen.add(url)
        contents = [
            n for n in theme.first_found("item_content", item) if not is_inside(n, marks.removed)
        ]
        # A post inside a post is another's words, as on the post's own page.
        blocks = read_blocks(contents[0], url=url, skip=skip) if contents else ()
        teaser = not blocks or _is_cut(item, blocks, known.excerpt)
        yield PageContent(
            site=page.site,
            url=url,
            digest=page.digest,
            source=Source.TEASER if teaser else Source.ARCHIVE,
            theme=page.theme,
            title=Found(title, title, path(link), "title.archive", 0, len(title)),
            published=metadata.day_in("item_published", item),
            modified=None,
            author=None,
            categories=_item_categories(theme, item, path),
            language=page.language,
            blocks=blocks,
            post_type="post",
        )


def _item_categories(
    theme: Theme, item: HtmlElement, path: Callable[[HtmlElement], str]
) -> tuple[Found[str], ...]:
    names: dict[str, Found[str]] = {}
    for element in theme.first_found("categories", item):
        text = text_of(element)
        if text:
            names.setdefault(
                text, Found(text, text, path(element), "categories.links", 0, len(text))
            )
    return tuple(names.values())


def _is_cut(item: HtmlElement, blocks: Sequence[Block], excerpt: SimpleSelectors) -> bool:
    for element in item.iter():
        if isinstance(element.tag, str) and excerpt.match(
            element.tag, None, (element.get("class") or "").split()
        ):
            return True
    texts = [b.text for b in blocks if b.text]
    return bool(texts) and bool(_CUT.search(texts[-1][-120:]))


def own_words(root: HtmlElement, marks: Marks, url: str) -> tuple[Block, ...]:
    """An archive's own words: all of its main node but the posts it shows."""
    main = next((n for n in elements(_MAIN, root) if not is_inside(n, marks.removed)), None)
    if main is None:
        return ()
    return read_blocks(main, url=url, skip=marks.removed | frozenset(marks.items), films=False)


def _address(site: Site, base: str, href: str | None) -> str | None:
    if not href:
        return None
    try:
        return site.canonical(urljoin(base, href.strip()))
    except ValueError:
        return None
