"""Lists: archives of posts, the documentation index, pages of documents; and the plain article."""

from __future__ import annotations

from collections.abc import Sequence

from harvester.pages.clips import ClipPlace, films
from harvester.pages.content import PageContent
from harvester.pages.layouts.base import Layout, title_of
from harvester.pages.reading import PlacedPerson, Reading
from harvester.records import PageKind


class Listing(Layout):
    """An archive of posts. Its posts are pages of their own and give it no rows."""

    name = "listing"
    kind = PageKind.LISTING
    tier = 5

    def matches(self, page: PageContent) -> bool:
        return page.archive

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
        title = title_of(page).casefold()
        called = title.startswith("dokumentation") and page.post_type != "post"
        return (
            called
            and not films(page.blocks)
            and _internal_links(page) >= 2
            and not _is_document_list(page)
        )


class DocumentList(Layout):
    """A page of slides and other documents to take home."""

    name = "document_list"
    kind = PageKind.DOCUMENT_LIST
    tier = 3

    def matches(self, page: PageContent) -> bool:
        return not films(page.blocks) and _is_document_list(page)


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


def _is_document_list(page: PageContent) -> bool:
    documents = len(_documents(page))
    words = sum(len(b.text.split()) for b in page.blocks)
    return documents >= 3 and documents * 25 >= words and documents > _internal_links(page)
