"""Blocks: a content node as a sequence of headings, paragraphs, list items and films.

A block knows its normalised text, its place (`locator`), its links and the column it stands in.
Everything a parser reads, it reads from a block; every offset in the evidence counts in one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from harvester.memory import Memory
from harvester.pages.block_kinds import BlockKind, kind_of
from harvester.pages.block_text import BlockLink, LinkPlace, links_in, normalise
from harvester.pages.document import is_inside
from harvester.pages.markup_classes import (
    BLOCK_TAGS,
    COLUMN_CLASSES,
    SILENT_TAGS,
)
from harvester.parsers.documents import DocumentLink, find_documents_in
from harvester.parsers.element_paths import ElementPaths
from harvester.parsers.videos import VideoEmbed, find_videos_in
from harvester.quickly_made import quickly_made


@quickly_made
@dataclass(frozen=True, slots=True)
class Block:
    """One block of content. ``film`` is set for films alone, whose ``text`` is empty.

    ``column`` names the innermost column or section around it: in column layouts a heading
    belongs to a film of the same column only. ``emphasised`` says that all of its text is bold.
    """

    kind: BlockKind
    text: str
    locator: str
    column: str
    level: int = 0
    emphasised: bool = False
    links: tuple[BlockLink, ...] = ()
    film: VideoEmbed | None = None
    film_title_at: str = ""  # locator of the attribute that holds the film's title
    documents: tuple[DocumentLink, ...] = ()


# Where players and facades keep a film's title, and how many elements of one are looked at for it.
_TITLE_ATTRIBUTES = ("title", "data-title", "data-alt", "aria-label", "data-video-title", "alt")
_TITLE_SEARCH = 30
_NOWHERE = "https://page.invalid/"
_BOLD_TAGS = frozenset(("b", "strong"))


def read_blocks(
    node: HtmlElement, *, url: str, skip: Collection[HtmlElement] = (), films: bool = True
) -> tuple[Block, ...]:
    """The blocks of a content node in document order; ``skip`` holds nodes that are no content."""
    ignored = frozenset(skip)
    placed: dict[HtmlElement, VideoEmbed] = {}
    documents: dict[HtmlElement, DocumentLink] = {}
    if films:
        for video in find_videos_in(node, url=url, tied=False):
            if not is_inside(video.element, ignored):
                placed[video.element] = video.embed
        for document in find_documents_in(node, url=url):
            if not is_inside(document.element, ignored):
                documents[document.element] = document.document
    return tuple(_Splitter(url, ignored, placed, documents).split(node))


def text_at(node: HtmlElement, locator: str, *, skip: Collection[HtmlElement] = ()) -> str | None:
    """The normalised text of the block a locator names, or None where there is none.

    Players part the text around them, so they are looked for; which address theirs are resolved
    against changes no text.
    """
    for block in read_blocks(node, url=_NOWHERE, skip=skip):
        if block.locator == locator:
            return block.text
    return None


@dataclass(slots=True)
class _Run:
    """A run of inline content that becomes one block."""

    owner: HtmlElement
    first: HtmlElement | None  # the element the run begins with, where it is no bare text
    after: HtmlElement | None  # the element whose tail the run begins with
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    links: list[LinkPlace] = field(default_factory=list)
    link_is_open: bool = False  # the last of them: a link ends where the next begins
    films: list[Block] = field(default_factory=list)
    documents: list[DocumentLink] = field(default_factory=list)
    plain: bool = False  # some visible text is not bold


#: One step of the walk: an element to enter, or to leave when its children are done; the element whose
#: block the text behind it belongs to, whether that text is bold, and whether it is left.
_Step = tuple[HtmlElement, HtmlElement, bool, bool]


class _Splitter:
    """Walks a tree without recursion (pages nest as deep as they like) and gathers blocks."""

    def __init__(
        self,
        url: str,
        skip: frozenset[HtmlElement],
        films: Mapping[HtmlElement, VideoEmbed],
        documents: Mapping[HtmlElement, DocumentLink],
    ) -> None:
        self._url = url
        self._skip = skip
        self._films = films
        self._documents = documents
        self._run: _Run | None = None
        self._parted: set[HtmlElement] = set()  # owners whose text a player parts in two
        self._holding: dict[HtmlElement, bool] = {}  # owners, and whether blocks stand inside
        self._found: list[Block] = []
        self._columns: list[tuple[HtmlElement | None, str]] = [(None, "")]

    def split(self, root: HtmlElement) -> list[Block]:
        """The blocks of a tree."""
        self._root = root
        self._path = ElementPaths(root)
        stack: list[_Step] = [(root, root, False, False)]
        while stack:
            element, owner, bold, leaving = stack.pop()
            if leaving:
                self._leave(element)
            elif self._enter(element, owner, bold, stack):
                continue
            tail = element.tail
            if tail and element is not root and (self._run is not None or not tail.isspace()):
                self._text(tail.replace("\n", " "), bold, owner, after=element)
        self._flush()
        return self._found

    def _enter(
        self, element: HtmlElement, owner: HtmlElement, bold: bool, stack: list[_Step]
    ) -> bool:
        """Read an element's own text and put its children on the stack; whether it will be left."""
        tag = element.tag
        if not isinstance(tag, str) or element in self._skip:
            if tag in BLOCK_TAGS:
                self._flush()  # what stands on both sides of it is not one text
            return False
        if tag in SILENT_TAGS:
            self._silent(element)
            return False
        around = owner
        inside = bold or tag in _BOLD_TAGS
        block = tag in BLOCK_TAGS
        if block:
            self._flush()
            owner = element
            classes = element.get("class")
            if classes and _IS_COLUMN[classes]:
                self._columns.append((element, self._path(element)))
        elif tag == "br":
            self._text("\n", bold, owner, first=element)
        elif tag == "a" and element.get("href"):
            self._open_link(element, owner)
        text = element.text
        if text:
            text = text if tag == "pre" else text.replace("\n", " ")
            self._text(text, inside, owner, first=None if block else element)
        children = [(child, owner, inside, False) for child in element[::-1]]
        if not children:
            self._leave(element)
            return False
        stack.append((element, around, bold, True))
        stack.extend(children)
        return True

    def _leave(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "a":
            if element.get("href"):
                self._close_link()
        elif tag in BLOCK_TAGS:
            self._flush()
            if self._columns[-1][0] is element:
                self._columns.pop()
        film = self._films.get(element) if self._films else None
        if film is not None:
            self._film(element, film)

    def _silent(self, element: HtmlElement) -> None:
        """Films and documents stand in elements without text: players, frames, noscript fallbacks."""
        if not self._films and not self._documents:
            return
        for inner in element.iter():
            film = self._films.get(inner)
            if film is not None:
                self._film(inner, film)
            document = self._documents.get(inner)
            if document is not None:
                if self._run is not None:
                    owner = self._run.owner
                    self._flush()
                    self._parted.add(owner)
                locator, column = self._path(inner), self._columns[-1][1]
                self._found.append(
                    Block(BlockKind.DOCUMENT, "", locator, column, documents=(document,))
                )

    def _text(
        self,
        text: str,
        bold: bool,
        owner: HtmlElement,
        *,
        first: HtmlElement | None = None,
        after: HtmlElement | None = None,
    ) -> None:
        run = self._run
        if run is None:
            if text.isspace():
                return
            run = self._run = _Run(owner, first, after)
        run.pieces.append(text)
        run.length += len(text)
        if not bold and not run.plain and not text.isspace():
            run.plain = True

    def _open_link(self, element: HtmlElement, owner: HtmlElement) -> None:
        if self._run is None:
            self._run = _Run(owner, element, None)
        self._close_link()
        self._run.links.append((self._run.length, -1, element.get("href") or ""))
        self._run.link_is_open = True
        document = self._documents.get(element)
        if document is not None:
            self._run.documents.append(document)

    def _close_link(self) -> None:
        run = self._run
        if run is not None and run.link_is_open:
            start, _, href = run.links[-1]
            run.links[-1] = (start, run.length, href)
            run.link_is_open = False

    def _flush(self) -> None:
        run, self._run = self._run, None
        if run is None:
            return
        raw = "".join(run.pieces)
        text = normalise(raw)
        if text:
            kind, level = kind_of(run.owner)
            links = links_in(raw, text, run.links, self._url) if run.links else ()
            column = self._columns[-1][1]
            self._found.append(
                Block(
                    kind,
                    text,
                    self._locator(run),
                    column,
                    level,
                    not run.plain,
                    links,
                    documents=tuple(run.documents),
                )
            )
        elif run.documents:
            self._found.append(
                Block(
                    BlockKind.DOCUMENT,
                    "",
                    self._path(run.owner),
                    self._columns[-1][1],
                    documents=tuple(run.documents),
                )
            )
        self._found.extend(run.films)

    def _locator(self, run: _Run) -> str:
        """The owner's path where the run is all of its text; else the path of what it begins with."""
        owner = run.owner
        if owner not in self._parted and not self._holds_blocks(owner):
            return self._path(owner)
        if run.first is not None:
            return self._path(run.first)
        if run.after is not None:
            return f"{self._path(run.after)}/following-sibling::text()[1]"
        return f"{self._path(run.owner)}/text()[1]"

    def _holds_blocks(self, owner: HtmlElement) -> bool:
        """True where a block stands inside an owner, which may own a run on each side of each."""
        known = self._holding.get(owner)
        if known is None:
            # Asked once: lxml counts the children of an element anew each time.
            known = len(owner) > 0 and any(e.tag in BLOCK_TAGS for e in owner.iterdescendants())
            self._holding[owner] = known
        return known

    def _title_place(self, element: HtmlElement, embed: VideoEmbed) -> str:
        """The attribute that holds a film's title word for word, here or inside; else empty."""
        for inner in islice(element.iter(), _TITLE_SEARCH) if embed.title else ():
            for name in _TITLE_ATTRIBUTES:
                if inner.get(name) == embed.title:
                    return f"{self._path(inner)}/@{name}"
        return ""

    def _film(self, element: HtmlElement, embed: VideoEmbed) -> None:
        """A player ends the running block; a link to a film comes behind the text it stands in."""
        block = Block(
            BlockKind.FILM,
            "",
            embed.locator or self._path(element),
            self._columns[-1][1],
            film=embed,
            film_title_at=self._title_place(element, embed),
        )
        if element.tag == "a" and self._run is not None:
            self._run.films.append(block)
            return
        parted = self._run.owner if self._run is not None else None
        self._flush()
        if parted is not None:
            self._parted.add(parted)
        self._found.append(block)


#: Whether a class attribute names a column.
_IS_COLUMN = Memory(
    lambda classes: COLUMN_CLASSES.search(classes) is not None, most=1_024, longest=400
)
