"""What a sample site announces: its RSS feed, its sitemap and its robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from harvester.sample.answer import Answer, with_validators
from harvester.sample.content import Site, utc
from harvester.sample.markup import category_link, content, excerpt, shortlink, shown_title

_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_POSTS_IN_FEED = 10


def feed_answer(site: Site) -> Answer:
    """The feed of the newest posts in full; a protected one gives its title and no text."""
    posts = site.published("post")[:_POSTS_IN_FEED]
    items = []
    for entry in posts:
        categories = "".join(
            f"<category><![CDATA[{site.categories[c].name}]]></category>\n\t\t"
            for c in entry.categories
        )
        body = content(site, entry)
        items.append(
            "\t<item>\n"
            f"\t\t<title>{escape(shown_title(entry))}</title>\n"
            f"\t\t<link>{site.base}{entry.path}</link>\n"
            f"\t\t<dc:creator><![CDATA[{site.authors[entry.author].name}]]></dc:creator>\n"
            f"\t\t<pubDate>{_rfc822(entry.date)}</pubDate>\n"
            f'\t\t{categories}<guid isPermaLink="false">{shortlink(site, entry)}</guid>\n'
            f"\t\t<description><![CDATA[{excerpt(site, entry)}]]></description>\n"
            f"\t\t<content:encoded><![CDATA[{body}]]></content:encoded>\n"
            "\t</item>"
        )
    changed = max(e.modified for e in posts)
    return with_validators(_rss(site, "/feed/", items, changed), changed)


def comment_feed_answer(site: Site) -> Answer:
    """The feed of comments: what strangers wrote, spam among it."""
    comments = [(c, e) for e in site.published() if not e.password for c in e.comments]
    comments.sort(key=lambda pair: pair[0].date, reverse=True)
    items = [
        "\t<item>\n"
        f"\t\t<title>Kommentar till {escape(e.title)} av {escape(c.author)}</title>\n"
        f"\t\t<link>{site.base}{e.path}#comment-{c.id}</link>\n"
        f"\t\t<pubDate>{_rfc822(c.date)}</pubDate>\n"
        f"\t\t<content:encoded><![CDATA[{c.html}]]></content:encoded>\n"
        "\t</item>"
        for c, e in comments
    ]
    changed = max((c.date for c, _ in comments), default=site.published()[0].date)
    return with_validators(_rss(site, "/comments/feed/", items, changed), changed)


def sitemap_answer(site: Site, name: str) -> Answer | None:
    """The sitemap index or one of its parts; None for a part that does not exist."""
    if name == "wp-sitemap.xml":
        parts = (f"{site.base}/{part}" for part in _parts(site))
        rows = "".join(f"<sitemap><loc>{escape(p)}</loc></sitemap>" for p in parts)
        return _xml(f'<sitemapindex xmlns="{_SITEMAP_NAMESPACE}">{rows}</sitemapindex>')
    addresses = _parts(site).get(name)
    if addresses is None:
        return None
    rows = "".join(
        f"<url><loc>{escape(address)}</loc>"
        + (f"<lastmod>{modified.isoformat()}</lastmod>" if modified else "")
        + "</url>"
        for address, modified in addresses
    )
    return _xml(f'<urlset xmlns="{_SITEMAP_NAMESPACE}">{rows}</urlset>')


def robots_answer(site: Site) -> Answer:
    """robots.txt: WordPress' own rules, and the booking system that nobody should fetch."""
    lines = (
        "User-agent: *",
        "Disallow: /wp-admin/",
        "Disallow: /anmalan/system/",
        "Allow: /wp-admin/admin-ajax.php",
        "",
        f"Sitemap: {site.base}/wp-sitemap.xml",
        "",
    )
    return Answer(200, "text/plain; charset=utf-8", "\n".join(lines).encode())


def _parts(site: Site) -> dict[str, list[tuple[str, datetime | None]]]:
    """The sitemap's parts; only posts and pages may state when they changed."""
    categories = (c for c in site.categories.values() if site.posts_in(c.slug))
    return {
        "wp-sitemap-posts-post-1.xml": _addresses(site, "post"),
        "wp-sitemap-posts-page-1.xml": _addresses(site, "page"),
        "wp-sitemap-taxonomies-category-1.xml": [
            (category_link(site, c), None) for c in categories
        ],
        "wp-sitemap-users-1.xml": [(f"{site.base}/author/{a}/", None) for a in site.authors],
    }


def _addresses(site: Site, kind: str) -> list[tuple[str, datetime | None]]:
    return [
        (site.base + e.path, e.modified if site.sitemap_lastmod else None)
        for e in site.published(kind)
    ]


def _rss(site: Site, path: str, items: Iterable[str], changed: datetime) -> Answer:
    body = "\n".join(items)
    return Answer(
        200,
        "application/rss+xml; charset=UTF-8",
        f'{_XML}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">\n'
        f"<channel>\n\t<title>{escape(site.name)}</title>\n"
        f'\t<atom:link href="{site.base}{path}" rel="self" type="application/rss+xml" />\n'
        f"\t<link>{site.base}</link>\n\t<description>{escape(site.tagline)}</description>\n"
        f"\t<lastBuildDate>{_rfc822(changed)}</lastBuildDate>\n\t<language>sv-SE</language>\n"
        f"{body}\n</channel>\n</rss>\n".encode(),
    )


def _rfc822(moment: datetime) -> str:
    return format_datetime(utc(moment))


def _xml(markup: str) -> Answer:
    return Answer(200, "application/xml; charset=UTF-8", (_XML + markup).encode())
