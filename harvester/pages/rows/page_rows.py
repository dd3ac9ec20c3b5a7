"""The page's own row, its links and documents, and what the reader of the report should know."""

from __future__ import annotations

import re
from typing import Any

from harvester.memory import Memory
from harvester.pages.block_text import BlockLink
from harvester.pages.content import Found, PageContent, Source
from harvester.pages.layouts import Layout
from harvester.pages.reading import Reading
from harvester.pages.rows.evidence import EvidenceLog
from harvester.pages.rows.ids import RowIds
from harvester.parsers.videos import parse_video_url
from harvester.records import (
    Document,
    FilmKind,
    Link,
    LinkKind,
    Missing,
    Page,
    PageState,
    Problem,
    Severity,
)  # fmt: skip
from harvester.sites import Profile

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_BUTTON = re.compile(r"ladda (?:ner|ned|hem)|download|klicka här|här", re.I)


def page_row(reading: Reading, layout: Layout, edition: int | None, log: EvidenceLog) -> Page:
    """The row of `pages`, with evidence for what was read and a reason for what a layout promised."""
    content = reading.content
    body = reading.body
    row = Page(
        page_id=content.page_id,
        url=content.shown(content.url),
        site=content.site.name,
        theme=content.theme,
        layout=layout.name,
        kind=layout.kind,
        title=content.title.value if content.title else None,
        published=content.published.value if content.published else None,
        modified=content.modified.value if content.modified else None,
        edition=edition,
        author=content.author.value if content.author else None,
        categories=tuple(c.value for c in content.categories),
        language=content.language,
        text=body,
        words=sum(map(_COUNTS.__getitem__, body.split())),
        state=PageState.PROTECTED if content.protected else PageState.LIVE,
    )
    fields: dict[str, Found[Any] | None] = {
        "title": content.title, "published": content.published, "modified": content.modified, "author": content.author,
    }  # fmt: skip
    for column, found in fields.items():
        if found is not None:
            log.found("pages", row.page_id, column, found)
        elif column in layout.promises:
            log.missing("pages", row.page_id, column, _why(content), f"{layout.name}.{column}")
    for category in content.categories:
        log.found("pages", row.page_id, "categories", category)
    return row


#: The number of words in what stands between two spaces: tokens recur, and counting is slow.
_COUNTS = Memory(lambda token: len(_WORD.findall(token)), most=8_192, longest=60)


def _why(content: PageContent) -> Missing:
    """Why a page lacks a promised field: what a password or a teaser keeps back was not obtained."""
    kept_back = content.protected or content.source is Source.TEASER
    return Missing.NOT_OBTAINED if kept_back else Missing.NOT_STATED


def link_rows(
    reading: Reading, profile: Profile, ids: RowIds, log: EvidenceLog
) -> tuple[list[Document], list[Link]]:
    """Documents and links of the content, each address once."""
    content = reading.content
    documents: dict[str, Document] = {}
    links: dict[str, Link] = {}
    for n, block in enumerate(content.blocks):
        for document in block.documents:
            row_id = ids.of("document", document.url)
            documents[document.url] = Document(
                row_id,
                content.page_id,
                content.shown(document.url),
                document.title,
                document.media_type,
            )
            log.block("documents", row_id, "url", n, "document.link")
    for block in content.blocks:
        for link in block.links:
            url = _clean(link.href)
            kind = _link_kind(url, content, profile) if url and url not in documents else None
            if url is not None and kind is not None:
                if kind is LinkKind.PAGE:
                    url = _canonical(url, profile)
                row = Link(content.page_id, content.shown(url), _title(link), kind)
                links.setdefault(url, row)
    return list(documents.values()), list(links.values())


def problem_rows(reading: Reading, layout: Layout) -> list[Problem]:
    """What a maintainer should look at on this page."""
    content = reading.content
    page_id, address = content.page_id, content.shown(content.url)
    url = address or page_id
    rows = []

    def add(severity: Severity, code: str, message: str) -> None:
        rows.append(Problem("", page_id, address, severity, code, message))

    if content.damaged:
        add(
            Severity.WARNING,
            "undecodable_bytes",
            f"{url}: bytes that fit no encoding were replaced; ask the site's owner to save the page anew",
        )
    if "generic_theme" in content.footnotes:
        add(
            Severity.WARNING,
            "generic_theme",
            f"{url}: read by the generic theme; add its theme to themes.toml",
        )
    for wording in dict.fromkeys(reading.unknown_roles):
        add(
            Severity.INFO,
            "unknown_role",
            f"{url}: role wording {wording!r} is not in roles.toml; add it with its class",
        )
    for placed in reading.dates:
        if "impossible" in placed.mention.flags:
            add(
                Severity.WARNING,
                "impossible_date",
                f"{url}: {placed.mention.raw!r} is no day of the calendar; ask the site's owner",
            )
        elif "weekday_conflict" in placed.mention.flags:
            add(
                Severity.INFO,
                "weekday_conflict",
                f"{url}: the weekday in {placed.mention.raw!r} does not fit the date",
            )
    if not content.blocks and not content.protected:
        add(
            Severity.WARNING,
            "empty_content",
            f"{url}: the content node holds nothing; is the page half loaded?",
        )
    return rows


def _clean(href: str) -> str | None:
    url = href.split("#", 1)[0].strip()
    return url if url.startswith(("http://", "https://")) and len(url) < 2000 else None


def _canonical(url: str, profile: Profile) -> str:
    """The one spelling of a page's address, so that links join with pages."""
    site = profile.site_of(url)
    return site.canonical(url) if site is not None else url


def _title(link: BlockLink) -> str | None:
    text = link.text.strip()
    return text if text and not _BUTTON.fullmatch(text) else None


def _link_kind(url: str, content: PageContent, profile: Profile) -> LinkKind | None:
    """What a link leads to; None for a film (a clip tells that) and for the page itself."""
    video = parse_video_url(url)
    if video is not None:
        return LinkKind.CHANNEL if video.kind is FilmKind.CHANNEL else None
    site = profile.site_of(url)
    if site is None:
        return LinkKind.SITE
    return None if site.canonical(url) == content.url else LinkKind.PAGE
