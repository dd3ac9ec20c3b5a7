"""The pages of a sample site in its two generations: an old theme, and one of Divi's form.

Templates stand in `site/themes/<theme>/`; this module fills them. An entry's body goes in as it
is, so that the page and the REST answer hold the same content.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import datetime
from html import escape
from string import Template

from harvester.sample.content import SITE_FOLDER, Category, Comment, Entry, Site, plain_text

#: Words an automatic excerpt holds, WordPress' default.
EXCERPT_WORDS = 55

PASSWORD_FORM = (
    '<form action="{base}/wp-login.php?action=postpass" class="post-password-form" method="post">\n'
    "<p>Det här innehållet är lösenordsskyddat. Ange lösenordet nedan för att läsa det:</p>\n"
    '<p><label>Lösenord: <input name="post_password" type="password" size="20"></label> '
    '<input type="submit" name="Submit" value="Öppna"></p></form>'
)

_MONTHS = "januari februari mars april maj juni juli augusti september oktober november december"


def shown_title(entry: Entry) -> str:
    """The title as plain text, with the prefix WordPress puts before a protected one."""
    return f"Skyddad: {entry.title}" if entry.password else entry.title


def content(site: Site, entry: Entry) -> str:
    """The body as a visitor without a password gets it."""
    return PASSWORD_FORM.format(base=site.base) if entry.password else entry.body


def excerpt(site: Site, entry: Entry) -> str:
    """The beginning of the text as one paragraph, cut as WordPress cuts it."""
    if entry.password:
        return "<p>Det finns inget utdrag eftersom detta är ett skyddat inlägg.</p>"
    words = plain_text(entry.body).split(" ")
    text = escape(" ".join(words[:EXCERPT_WORDS]), quote=False)
    return f"<p>{text}{' [&hellip;]' if len(words) > EXCERPT_WORDS else ''}</p>"


def entry_page(site: Site, entry: Entry) -> str:
    """The page of one entry."""
    rest = f"{site.base}/wp-json/wp/v2/{entry.type}s/{entry.id}"
    head = (
        f'<link rel="alternate" type="application/json" href="{rest}">\n'
        f'<link rel="canonical" href="{site.base}{entry.path}">\n'
        f"<link rel='shortlink' href='{shortlink(site, entry)}'>"
    )
    kind = "single single-post postid" if entry.type == "post" else "page page-id"
    built = " et_pb_pagebuilder_layout" if entry.built else ""
    return _frame(
        site,
        entry.theme,
        title=shown_title(entry),
        head=head,
        body_class=f"{kind}-{entry.id}{built}",
        main=_fill(f"{entry.theme}/{_template(entry)}", **_article(site, entry)),
        path=entry.path,
    )


def archive_page(
    site: Site, *, theme: str, title: str, path: str, posts: Sequence[Entry], number: int, last: int
) -> str:
    """One page of a category's or an author's archive; the old theme cuts posts, Divi does not."""
    teasers = "\n".join(_fill(f"{theme}/teaser", **_article(site, e)) for e in posts)
    return _frame(
        site,
        theme,
        title=title,
        head="",
        body_class="archive category",
        main=_fill(
            f"{theme}/archive",
            title=escape(title),
            teasers=teasers,
            pagination=_pagination(site, theme, path, number, last),
        ),
        path=path,
    )


def not_found_page(site: Site) -> str:
    """The page that answers an address nobody knows."""
    main = (
        '<article class="error-404 not-found"><h1 class="page-title">Sidan finns inte</h1>'
        "<div><p>Kontrollera adressen eller gå tillbaka till startsidan.</p></div></article>"
    )
    title = "Sidan kunde inte hittas"
    return _frame(site, "old", title=title, head="", body_class="error404", main=main, path="")


def shortlink(site: Site, entry: Entry) -> str:
    return f"{site.base}/?{'p' if entry.type == 'post' else 'page_id'}={entry.id}"


def category_link(site: Site, category: Category) -> str:
    return f"{site.base}/category/{category.slug}/"


def _template(entry: Entry) -> str:
    if entry.built:
        return "built"
    return entry.type


def _article(site: Site, entry: Entry) -> dict[str, str]:
    """Every value the article templates may name."""
    author = site.authors[entry.author]
    categories = [site.categories[slug] for slug in entry.categories]
    links = (
        f'<a href="{category_link(site, c)}" rel="category tag">{escape(c.name)}</a>'
        for c in categories
    )
    return {
        "id": str(entry.id),
        "url": site.base + entry.path,
        "title": escape(shown_title(entry), quote=False),
        "content": content(site, entry),
        "excerpt": excerpt(site, entry),
        "datetime": entry.date.isoformat(),
        "date": _long_date(entry.date),
        "meta_date": _meta_date(entry.date),
        "author": escape(author.name),
        "author_url": f"{site.base}/author/{author.slug}/",
        "category_classes": " ".join(f"category-{c.slug}" for c in categories),
        "category_links": ", ".join(links),
        "comments": _comments(site, entry),
    }


def _comments(site: Site, entry: Entry) -> str:
    if not entry.comments:
        return ""
    items = "\n".join(_comment(site, entry, c) for c in entry.comments)
    return (
        '<div id="comments" class="comments-area comment-wrap">\n'
        f'<h2 class="comments-title">{len(entry.comments)} Responses to “{escape(entry.title)}”</h2>\n'
        f'<ol class="comment-list">\n{items}\n</ol>\n</div>'
    )


def _comment(site: Site, entry: Entry, comment: Comment) -> str:
    moment = f"{_long_date(comment.date)} kl. {comment.date:%H:%M}"
    return (
        f'<li id="comment-{comment.id}" class="comment"><article class="comment-body">'
        f'<footer class="comment-meta"><b class="fn">{escape(comment.author)}</b> '
        f'<span class="says">skriver:</span> <a href="{site.base}{entry.path}#comment-{comment.id}">'
        f'<time datetime="{comment.date.isoformat()}">{moment}</time></a></footer>'
        f'<div class="comment-content">{comment.html}</div></article></li>'
    )


def _pagination(site: Site, theme: str, path: str, number: int, last: int) -> str:
    def link(target: int, text: str, css: str) -> str:
        tail = f"page/{target}/" if target > 1 else ""
        return f'<a{css} href="{site.base}{path}{tail}">{text}</a>'

    if last == 1:
        return ""
    if theme == "divi":
        older = link(number + 1, "« Äldre inlägg", "") if number < last else ""
        newer = link(number - 1, "Nästa inlägg »", "") if number > 1 else ""
        return (
            f'<div class="pagination clearfix"><div class="alignleft">{older}</div>'
            f'<div class="alignright">{newer}</div></div>'
        )
    numbers = " ".join(
        f'<span aria-current="page" class="page-numbers current">{n}</span>'
        if n == number
        else link(n, str(n), ' class="page-numbers"')
        for n in range(1, last + 1)
    )
    following = link(number + 1, "Äldre inlägg", ' class="next page-numbers"')
    return (
        '<nav class="navigation pagination" aria-label="Inlägg"><div class="nav-links">'
        f"{numbers} {following if number < last else ''}</div></nav>"
    )


def _frame(
    site: Site, theme: str, *, title: str, head: str, body_class: str, main: str, path: str
) -> str:
    full_title = site.name if path == "/" else f"{title} – {site.name}"
    return _fill(
        f"{theme}/frame",
        full_title=escape(full_title),
        site=escape(site.name),
        tagline=escape(site.tagline),
        base=site.base,
        head=head,
        body_class=body_class,
        navigation=_navigation(site, path),
        main=main,
        latest=_latest(site),
        footer=site.footer,
    )


def _navigation(site: Site, path: str) -> str:
    items = []
    for target in site.navigation:
        entry = site.entry_at(target)
        if entry is not None:
            here = ' aria-current="page"' if target == path else ""
            items.append(
                f'<li><a href="{site.base}{target}"{here}>{escape(entry.title, quote=False)}</a></li>'
            )
    return "\n".join(items)


def _latest(site: Site) -> str:
    return "\n".join(
        f'<li><a class="wp-block-latest-posts__post-title" href="{site.base}{e.path}">'
        f'{escape(shown_title(e), quote=False)}</a><time datetime="{e.date.isoformat()}" '
        f'class="wp-block-latest-posts__post-date">{_long_date(e.date)}</time></li>'
        for e in site.published("post")[:3]
    )


def _long_date(moment: datetime) -> str:
    return f"{moment.day} {_MONTHS.split()[moment.month - 1]} {moment.year}"


def _meta_date(moment: datetime) -> str:
    return f"{_MONTHS.split()[moment.month - 1][:3]} {moment.day}, {moment.year}"


@functools.cache
def _text_template(name: str) -> Template:
    return Template((SITE_FOLDER / "themes" / f"{name}.html").read_text(encoding="utf-8").strip())


def _fill(name: str, **values: str) -> str:
    return _text_template(name).substitute(values)
