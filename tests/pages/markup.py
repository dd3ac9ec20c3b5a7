"""One invented page in the markup of several WordPress themes, with the frames that surround content.

A page is a list of pieces; each theme writes them as its own editor does. The frames hold what must
never be read: menus, a sidebar, comments, related posts, a share bar, a consent banner, a footer,
each with a person, a day and a film of its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

BASE = "https://exempel.example/"

#: Stands in every frame; no row may ever hold it.
FRAME_PERSON = "Torborg Sidoland"
FRAME_FILM = "fRamEfi1m00"


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Text:
    html: str


@dataclass(frozen=True, slots=True)
class Film:
    youtube: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


Piece = Heading | Text | Film | Bullets


@dataclass(frozen=True, slots=True)
class Entry:
    """A post or page as its author wrote it."""

    path: str
    title: str
    pieces: Sequence[Piece]
    published: str = "2023-09-28T00:30:00+02:00"
    modified: str = "2023-10-03T08:00:00+02:00"
    author: str = ""
    categories: Sequence[str] = ()
    type: str = "post"
    number: int = 77
    head: str = ""
    classes: Sequence[str] = field(default=())

    @property
    def url(self) -> str:
        return BASE.rstrip("/") + self.path


def gutenberg(pieces: Sequence[Piece]) -> str:
    """The pieces as the block editor saves them: the body REST gives and themes print."""
    return "\n\n".join(_block(piece) for piece in pieces)


def divi_modules(pieces: Sequence[Piece]) -> str:
    """The pieces as Divi modules, a row of one column for each heading."""
    rows: list[list[str]] = [[]]
    for piece in pieces:
        if isinstance(piece, Heading) and rows[-1]:
            rows.append([])
        rows[-1].append(_divi(piece))
    columns = "".join(
        f'<div class="et_pb_row et_pb_row_{n}"><div class="et_pb_column et_pb_column_4_4 '
        f'et_pb_column_{n} et_pb_css_mix_blend_mode_passthrough et-last-child">{"".join(row)}</div></div>'
        for n, row in enumerate(rows)
    )
    return (
        '<div class="et_builder_inner_content et_pb_gutters3">'
        f'<div class="et_pb_section et_pb_section_0 et_section_regular">{columns}</div></div>'
    )


def elementor_widgets(pieces: Sequence[Piece]) -> str:
    """The pieces as Elementor widgets; its video widget keeps the address in its settings."""
    widgets = "".join(_elementor(piece, n) for n, piece in enumerate(pieces))
    return (
        '<div data-elementor-type="wp-post" data-elementor-id="77" class="elementor elementor-77">'
        '<section class="elementor-section elementor-top-section elementor-element"><div class="elementor-container">'
        f'<div class="elementor-column elementor-col-100"><div class="elementor-widget-wrap">{widgets}</div></div>'
        "</div></section></div>"
    )


def shortcodes(pieces: Sequence[Piece]) -> str:
    """The pieces as raw Divi shortcodes, as a REST body holds them when the builder is off."""
    inner = "".join(_shortcode(piece) for piece in pieces)
    return (
        '<p>[et_pb_section fb_built="1"][et_pb_row][et_pb_column type="4_4"]</p>'
        f"{inner}<p>[/et_pb_column][/et_pb_row][/et_pb_section]</p>"
    )


def classic_page(entry: Entry, body: str | None = None) -> str:
    """A page of a classic theme (Twenty Sixteen's form)."""
    article = (
        f'<article id="post-{entry.number}" class="post-{entry.number} {entry.type} type-{entry.type} status-publish hentry">'
        f'<header class="entry-header"><h1 class="entry-title">{escape(entry.title)}</h1></header>'
        f'<div class="entry-content">{body or gutenberg(entry.pieces)}{_share()}</div>'
        f'<footer class="entry-footer">{_byline(entry)}<span class="posted-on"><time class="entry-date published" '
        f'datetime="{entry.published}">28 september 2023</time><time class="updated" datetime="{entry.modified}">'
        f"3 oktober 2023</time></span>{_category_links(entry)}</footer></article>"
    )
    return _document(
        entry,
        f'<div id="page" class="site">{_header()}<div id="content" class="site-content"><div id="primary" class="content-area">'
        f'<main id="main" class="site-main">{article}{_comments()}{_post_navigation()}</main></div>{_sidebar()}</div>{_footer()}</div>',
        "",
    )


def block_page(entry: Entry, body: str | None = None) -> str:
    """A page of a block theme (Twenty Twenty-Four's form)."""
    main = (
        '<main class="wp-block-group"><div class="wp-block-group">'
        f'<h1 class="wp-block-post-title">{escape(entry.title)}</h1>'
        f'<div class="wp-block-post-date"><time datetime="{entry.published}">28 september 2023</time></div>'
        f'<div class="wp-block-post-author-name">{escape(entry.author)}</div>'
        f'<div class="taxonomy-category wp-block-post-terms">{_links(entry)}</div></div>'
        f'<div class="entry-content wp-block-post-content is-layout-constrained">{body or gutenberg(entry.pieces)}</div>'
        f'<div class="wp-block-comments">{_comments()}</div>'
        '<div class="wp-block-query"><ul class="wp-block-latest-posts"><li>'
        f'<a href="/annat/">Senaste: {FRAME_PERSON}</a></li></ul></div></main>'
    )
    return _document(
        entry,
        f'<div class="wp-site-blocks"><header class="wp-block-template-part">{_menu()}</header>{main}'
        f'<footer class="wp-block-template-part">{_footer_text()}</footer></div>',
        f'<meta property="article:modified_time" content="{entry.modified}">',
    )


def divi_page(entry: Entry, body: str | None = None) -> str:
    """A page of Divi 4 with its post meta: "sep 28, 2023 | SCD2023, TALARE"."""
    author = (
        f'by <span class="author vcard"><a href="/author/x/">{escape(entry.author)}</a></span> | '
        if entry.author
        else ""
    )
    meta = (
        f'<p class="post-meta">{author}<span class="published">sep 28, 2023</span> | {_links(entry)}</p>'
        if entry.type == "post"
        else ""
    )
    article = (
        f'<article id="post-{entry.number}" class="et_pb_post post-{entry.number} {entry.type} type-{entry.type} hentry">'
        f'<div class="et_post_meta_wrapper"><h1 class="entry-title">{escape(entry.title)}</h1>{meta}</div>'
        f'<div class="entry-content"><div id="et-boc" class="et-boc">{body or divi_modules(entry.pieces)}</div></div>'
        f'<div class="et_post_meta_wrapper">{_comments()}</div></article>'
    )
    return _document(
        entry,
        f'<div id="page-container"><header id="main-header">{_menu()}</header><div id="et-main-area"><div id="main-content">'
        f'<div class="container"><div id="content-area"><div id="left-area">{article}</div>{_sidebar()}</div></div></div>'
        f'<footer id="main-footer">{_footer_text()}</footer></div></div>',
        f'<meta property="article:modified_time" content="{entry.modified}">',
        classes="et_divi_theme et_pb_pagebuilder_layout",
    )


def divi_builder_page(entry: Entry, body: str | None = None) -> str:
    """A page of Divi's theme builder: header, body and footer are templates of modules."""
    meta = (
        f'<p class="et_pb_title_meta_container"><span class="published">sep 28, 2023</span> | {_links(entry)}</p>'
        if entry.type == "post"
        else ""
    )
    content = body or divi_modules(entry.pieces)
    return _document(
        entry,
        '<div id="page-container"><div id="et-boc" class="et-boc">'
        f'<header class="et-l et-l--header"><div class="et_builder_inner_content">{_menu()}</div></header>'
        '<div id="et-main-area"><div id="main-content"><div class="et-l et-l--body"><div class="et_builder_inner_content">'
        '<div class="et_pb_section et_pb_section_0_tb_body"><div class="et_pb_row"><div class="et_pb_column et_pb_column_4_4">'
        '<div class="et_pb_module et_pb_post_title et_pb_post_title_0_tb_body"><div class="et_pb_title_container">'
        f'<h1 class="entry-title">{escape(entry.title)}</h1>{meta}</div></div>'
        f'<div class="et_pb_module et_pb_post_content et_pb_post_content_0_tb_body"><div class="et-l et-l--post">{content}</div></div>'
        f'<div class="et_pb_module et_pb_comments_module">{_comments()}</div>'
        "</div></div></div></div></div></div></div>"
        f'<footer class="et-l et-l--footer"><div class="et_builder_inner_content">{_footer_text()}</div></footer></div></div>',
        f'<meta property="article:modified_time" content="{entry.modified}">',
        classes="et_divi_theme et-tb-has-template et-tb-has-body",
    )


def elementor_page(entry: Entry, body: str | None = None) -> str:
    """A page of Elementor Pro's theme builder."""
    terms = "".join(
        f'<a href="/category/{n}/" class="elementor-post-info__terms-list-item">{escape(c)}</a>'
        for n, c in enumerate(entry.categories)
    )
    return _document(
        entry,
        f'<header data-elementor-type="header" class="elementor elementor-5 elementor-location-header">{_menu()}</header>'
        '<div data-elementor-type="single-post" class="elementor elementor-9 elementor-location-single">'
        '<div class="elementor-widget elementor-widget-theme-post-title"><div class="elementor-widget-container">'
        f'<h1 class="elementor-heading-title elementor-size-default">{escape(entry.title)}</h1></div></div>'
        '<div class="elementor-widget elementor-widget-post-info"><ul class="elementor-post-info"><li itemprop="datePublished">'
        f'<span class="elementor-post-info__item elementor-post-info__item--type-date"><time>28 september 2023</time></span></li>'
        f'<li><span class="elementor-post-info__item--type-author">{escape(entry.author)}</span></li>'
        f'<li><span class="elementor-post-info__terms-list">{terms}</span></li></ul></div>'
        '<div class="elementor-widget elementor-widget-theme-post-content"><div class="elementor-widget-container">'
        f"{body or elementor_widgets(entry.pieces)}</div></div>"
        f'<div class="elementor-widget elementor-widget-share-buttons">{_share()}</div>'
        f'<div class="elementor-widget elementor-widget-post-comments">{_comments()}</div></div>'
        f'<footer data-elementor-type="footer" class="elementor elementor-location-footer">{_footer_text()}</footer>',
        f'<meta property="article:modified_time" content="{entry.modified}">',
        classes="elementor-default elementor-kit-6 elementor-page",
    )


def news_page(entry: Entry, body: str | None = None) -> str:
    """A page of an old theme of news: nothing but its own class names says where the content is."""
    return _document(
        entry,
        f'<div id="wrap"><div id="header">{_menu()}</div><div id="news"><div class="newspost"><h1 class="title">{escape(entry.title)}</h1>'
        f'<div class="meta"><span class="date">28 september 2023</span> {_links(entry)}</div>'
        f'<div class="news-text">{body or gutenberg(entry.pieces)}</div>{_share()}</div>{_comments()}</div>{_sidebar()}'
        f'<div id="footer">{_footer_text()}</div></div>',
        f'<meta property="article:modified_time" content="{entry.modified}">',
    )


def generic_page(entry: Entry, body: str | None = None) -> str:
    """A page of a theme nobody has described: a `main` element and linked data."""
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Article",
                "datePublished": entry.published,
                "dateModified": entry.modified,
            }
        ],
    }
    return _document(
        entry,
        f'<div class="yta"><header class="topp">{_menu()}</header><main class="mitten"><h1>{escape(entry.title)}</h1>'
        f"<div>{body or gutenberg(entry.pieces)}</div></main><aside>{FRAME_PERSON}</aside><footer>{_footer_text()}</footer></div>",
        f'<script type="application/ld+json">{json.dumps(data)}</script>',
    )


def rest_item(entry: Entry, body: str | None = None) -> dict[str, object]:
    """The entry as `/wp-json/wp/v2/` gives it, its terms embedded."""
    return {
        "id": entry.number,
        "date": entry.published[:19],
        "date_gmt": "2023-09-27T22:30:00",
        "modified": entry.modified[:19],
        "status": "publish",
        "type": entry.type,
        "link": entry.url,
        "title": {"rendered": escape(entry.title)},
        "content": {"rendered": body or gutenberg(entry.pieces), "protected": False},
        "_embedded": {
            "author": [{"name": entry.author}],
            "wp:term": [[{"taxonomy": "category", "name": escape(c)} for c in entry.categories]],
        },
    }


def _block(piece: Piece) -> str:
    if isinstance(piece, Heading):
        return f'<h{piece.level} class="wp-block-heading">{escape(piece.text)}</h{piece.level}>'
    if isinstance(piece, Text):
        return f"<p>{piece.html}</p>"
    if isinstance(piece, Bullets):
        items = "".join(f"<li>{item}</li>" for item in piece.items)
        return f'<ul class="wp-block-list">{items}</ul>'
    return (
        '<figure class="wp-block-embed is-type-video is-provider-youtube wp-block-embed-youtube">'
        f'<div class="wp-block-embed__wrapper">{_iframe(piece)}</div></figure>'
    )


def _divi(piece: Piece) -> str:
    if isinstance(piece, Film):
        return f'<div class="et_pb_module et_pb_video et_pb_video_0"><div class="et_pb_video_box">{_iframe(piece)}</div></div>'
    return (
        '<div class="et_pb_module et_pb_text et_pb_text_0 et_pb_text_align_left"><div class="et_pb_text_inner">'
        f"{_plain(piece)}</div></div>"
    )


def _elementor(piece: Piece, n: int) -> str:
    frame = '<div class="elementor-element elementor-widget elementor-widget-{}" data-widget_type="{}.default"{}><div class="elementor-widget-container">{}</div></div>'
    if isinstance(piece, Film):
        address = f"https:\\/\\/www.youtube.com\\/watch?v={piece.youtube}"
        settings = escape(f'{{"youtube_url":"{address}","video_type":"youtube"}}')
        player = '<div class="elementor-wrapper elementor-open-inline"><div class="elementor-video"></div></div>'
        return frame.format("video", "video", f' data-settings="{settings}"', player)
    if isinstance(piece, Heading):
        inner = f'<h{piece.level} class="elementor-heading-title elementor-size-default">{escape(piece.text)}</h{piece.level}>'
        return frame.format("heading", "heading", "", inner)
    return frame.format("text-editor", "text-editor", "", _plain(piece))


def _shortcode(piece: Piece) -> str:
    if isinstance(piece, Film):
        return f"<p>[et_pb_video src=&#8221;https://www.youtube.com/watch?v={piece.youtube}&#8221; _builder_version=&#8221;4.16&#8221;][/et_pb_video]</p>"
    return f"<p>[et_pb_text _builder_version=&#8221;4.16&#8221;]</p>{_plain(piece)}<p>[/et_pb_text]</p>"


def _plain(piece: Piece) -> str:
    if isinstance(piece, Heading):
        return f"<h{piece.level}>{escape(piece.text)}</h{piece.level}>"
    return _block(piece).replace(' class="wp-block-list"', "")


def _iframe(film: Film) -> str:
    title = f' title="{escape(film.title)}"' if film.title else ""
    return f'<iframe{title} width="500" height="281" src="https://www.youtube.com/embed/{film.youtube}?feature=oembed" allowfullscreen></iframe>'


def _document(entry: Entry, body: str, head: str, *, classes: str = "") -> str:
    kind = (
        f"single single-post postid-{entry.number}"
        if entry.type == "post"
        else f"page page-id-{entry.number}"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="sv-SE">\n<head>\n<meta charset="UTF-8">\n<title>{escape(entry.title)} – Exempel</title>\n'
        f'<link rel="canonical" href="{entry.url}">\n{head}{entry.head}\n</head>\n'
        f'<body class="{kind} {classes} {" ".join(entry.classes)}">\n{body}\n{_consent()}\n</body>\n</html>\n'
    )


def _header() -> str:
    return f'<header id="masthead" class="site-header">{_menu()}</header>'


def _menu() -> str:
    return f'<nav class="menu"><ul><li><a href="/">Start</a></li><li><a href="/kontakt/">{FRAME_PERSON}, redaktör</a></li></ul></nav>'


def _sidebar() -> str:
    return (
        f'<aside id="sidebar" class="widget-area"><section class="widget"><h2>Senaste inlägg</h2><p>{FRAME_PERSON} talar den 4 maj 2009.</p>'
        f'<iframe src="https://www.youtube.com/embed/{FRAME_FILM}"></iframe></section></aside>'
    )


def _comments() -> str:
    return (
        f'<div id="comments" class="comments-area"><ol class="comment-list"><li><p>{FRAME_PERSON}, socialchef i Ingenstans: bra skrivet 4 maj 2009! '
        f"https://youtu.be/{FRAME_FILM}</p></li></ol></div>"
    )


def _post_navigation() -> str:
    return f'<nav class="navigation post-navigation"><a href="/forra/">{FRAME_PERSON} i fokus</a></nav>'


def _share() -> str:
    return '<div class="sharedaddy"><h3>Dela detta</h3><a href="https://www.facebook.com/sharer.php?u=x">Facebook</a></div>'


def _footer() -> str:
    return f'<footer id="colophon" class="site-footer">{_footer_text()}</footer>'


def _footer_text() -> str:
    return f'<p>Ansvarig utgivare: {FRAME_PERSON}. Ändrad 4 maj 2009. <a href="/uploads/arkiv.pdf">Stadgar</a></p>'


def _consent() -> str:
    return f'<div id="cookie-notice"><p>{FRAME_PERSON} använder kakor sedan 4 maj 2009.</p></div>'


def _byline(entry: Entry) -> str:
    return (
        f'<span class="byline"><span class="author vcard"><a class="url fn n" href="/author/x/" rel="author">{escape(entry.author)}</a></span></span>'
        if entry.author
        else ""
    )


def _links(entry: Entry) -> str:
    return ", ".join(
        f'<a href="/category/{n}/" rel="category tag">{escape(c)}</a>'
        for n, c in enumerate(entry.categories)
    )


def _category_links(entry: Entry) -> str:
    return f'<span class="cat-links">{_links(entry)}</span>'
