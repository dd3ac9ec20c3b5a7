"""Lists: archives of posts, the documentation index, pages of documents; and the plain article."""

from __future__ import annotations

from collections.abc import Sequence

from harvester.pages.clips import ClipPlace, films
from harvester.pages.content import PageContent
from harvester.pages.layouts.base import Layout, title_of
from harvester.pages.reading import PlacedPerson, Reading
from harvester.records import PageKind, TookPartAs


class Listing(Layout):
    """An archive of posts, or the front page: what they show are pages of their own."""

    name = "listing"
    kind = PageKind.LISTING
    tier = 5

    def matches(self, page: PageContent) -> bool:
        return page.archive or page.url == page.site.base

    def clips(self, reading: Reading) -> Sequence[ClipPlace]:
        return ()

    def subjects(self, reading: Reading) -> Sequence[PlacedPerson]:
        return ()


class DocumentationIndex(Layout):
    """The index of the documentation: mostly links to pages of the site."""

    name = "documentation_index"
    kind = PageKind.DOCUMENTATION_INDEX
    tier = 3

    def matches(self, page: PageContent) -> bool:
        if page.post_type == "post" or films(page.blocks) or _is_document_list(page):
            return False
        if title_of(page).casefold().startswith("dokumentation"):
            return _internal_links(page) >= 2
        below = {
            link.href for b in page.blocks for link in b.links if link.href.startswith(page.url)
        }
        return (
            "dokumentation/" in page.path
            and len(below - {page.url}) >= 1
            and _is_mostly_links(page)
        )


class DocumentList(Layout):
    """A page of slides and other documents to take home."""

    name = "document_list"
    kind = PageKind.DOCUMENT_LIST
    tier = 3
    part = TookPartAs.SPEAKER

    def matches(self, page: PageContent) -> bool:
        return not films(page.blocks) and _is_document_list(page)

    def subjects(self, reading: Reading) -> Sequence[PlacedPerson]:
        """Whose slides the page offers."""
        blocks = reading.content.blocks
        return [p for p in reading.people if p.place.block >= 0 and blocks[p.place.block].documents]


class Article(Layout):
    """Any other page: a title and text."""

    name = "article"
    kind = PageKind.ARTICLE
    tier = 0

    def matches(self, page: PageContent) -> bool:
        return True


def _documents(page: PageContent) -> set[str]:
    return {document.url for b in page.blocks for document in b.documents}


def _internal_links(page: PageContent) -> int:
    documents = _documents(page)
    return sum(
        page.site.owns(link.href) and link.href.partition("#")[0] not in documents
        for b in page.blocks
        for link in b.links
    )


def _is_mostly_links(page: PageContent) -> bool:
    """True where links and what little is said about them make up most of the blocks."""
    text = [b for b in page.blocks if b.text]
    return sum(bool(b.links) for b in text) * 2 >= len(text)


def _is_document_list(page: PageContent) -> bool:
    documents = len(_documents(page))
    words = sum(len(b.text.split()) for b in page.blocks)
    return documents >= 3 and documents * 25 >= words and documents > _internal_links(page)
