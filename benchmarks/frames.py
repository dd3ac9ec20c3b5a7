"""What stands around the article of a made page: head, menu, filters, widgets, comment form, scripts.

Both frames follow WordPress as it renders itself in number of elements, attributes and classes, and
in their shares of style, script and text; docs/performance.md gives the figures of both.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

#: The plugins and the theme whose style sheets a page's head links.
_SHEETS = (
    "dashicons",
    "embed",
    "block-library",
    "gdpr-cookie",
    "forms",
    "theme",
    "print",
    "social",
)
_FEEDS = ("alternate", "EditURI", "wlwmanifest", "shortlink", "pingback", "preconnect", "icon")
_CHANNELS = ("r", "g", "b", "a")
_FIELDS = ("author", "email", "url")


@dataclass(frozen=True, slots=True)
class Frame:
    """The pieces of a page beside its own title, number, article and list of posts."""

    start: str  # up to the title
    head: str  # from the title to the body
    body_classes: str
    opening: str  # from the body to the article
    comments: str  # from the article to the list of posts
    closing: str  # from the list of posts to the end


@cache
def frame(divi: bool, base: str, menu: tuple[tuple[str, str], ...]) -> Frame:
    """The frame of the old theme or of Divi; ``menu`` holds addresses and labels."""
    items = "".join(
        f'<li id="menu-item-{n}" class="menu-item menu-item-type-post_type menu-item-object-page menu-item-{n}">'
        f'<a href="{address}">{label}</a></li>\n'
        for n, (address, label) in enumerate(menu)
    )
    return _divi(base, items) if divi else _classic(base, items)


def _classic(base: str, items: str) -> Frame:
    opening = (
        f'{_filters(8)}<div id="page" class="site">\n<a class="skip-link screen-reader-text" href="#content">Hoppa till innehåll</a>\n'
        '<header id="masthead" class="site-header has-title-and-tagline has-menu"><div class="site-branding">'
        f'<p class="site-title"><a href="{base}/">Exempelstämman</a></p><p class="site-description">Möten om ledning</p></div>\n'
        '<nav id="site-navigation" class="primary-navigation" aria-label="Huvudmeny"><div class="primary-menu-container">'
        f'<ul id="primary-menu-list" class="menu-wrapper">\n{items}</ul></div></nav></header>\n<div id="content" class="site-content">'
        '<div id="primary" class="content-area"><main id="main" class="site-main">\n'
    )
    comments = (
        f'{_comment_form()}</main></div></div>\n<aside class="widget-area">\n<section id="block-3" class="widget widget_block">'
        f'{_search(base)}</section>\n<section id="block-4" class="widget widget_block widget_recent_entries"><h2 class="widget-title">'
        'Senaste inläggen</h2><ul class="wp-block-latest-posts__list wp-block-latest-posts">\n'
    )
    closing = (
        '</ul></section>\n</aside>\n<footer id="colophon" class="site-footer"><div class="site-info"><div class="site-name">'
        f'<a href="{base}/">Exempelstämman</a></div><div class="powered-by"><a href="https://wordpress.org/">WordPress</a></div></div>'
        f"</footer></div>\n{_scripts(base)}</body>\n</html>\n"
    )
    return Frame(
        _start(),
        _head(base, sheets=_SHEETS, style_rules=122),
        "wp-embed-responsive is-light-theme has-background-white no-js singular",
        opening,
        comments,
        closing,
    )


def _divi(base: str, items: str) -> Frame:
    opening = (
        '<div id="page-container">\n<div id="top-header"><div class="container clearfix"><div id="et-info"><span id="et-info-phone">'
        f'010-000 00 00</span><a href="{base}/kontakt/"><span id="et-info-email">Kontakt</span></a></div>{_social()}</div></div>\n'
        f'<header id="main-header" data-height-onload="66"><div class="container clearfix et_menu_container"><div class="logo_container">'
        f'<span class="logo_helper"></span><a href="{base}/"><img src="/wp-content/uploads/logo.png" width="93" height="43" '
        'alt="Exempelstämman" id="logo"></a></div>\n<div id="et-top-navigation" data-height="66" data-fixed-height="40"><nav id="top-menu-nav">'
        f'<ul id="top-menu" class="nav">\n{items}</ul></nav><div id="et_top_search"><span id="et_search_icon"></span></div></div></div>'
        f'<div class="et_search_outer">{_search(base)}</div></header>\n<div id="et-main-area">\n<div id="main-content">\n'
    )
    comments = (
        f'</div>\n<div id="sidebar"><div id="comments-1" class="et_pb_widget widget_comments">{_comment_form()}</div></div>\n'
        '<footer id="main-footer"><div class="container"><div id="footer-widgets" class="clearfix"><div class="footer-widget">'
        '<div id="block-4" class="fwidget et_pb_widget widget_block"><ul class="wp-block-latest-posts">\n'
    )
    closing = (
        f'</ul></div></div>\n{_footer_widgets(base)}</div></div>\n<div id="footer-bottom"><div class="container clearfix">{_social()}'
        '<p id="footer-info">Exempelstämman</p></div></div></footer>\n</div></div>\n'
        f"{_scripts(base)}</body>\n</html>\n"
    )
    return Frame(
        _start(),
        _head(base, sheets=_SHEETS[:6], style_rules=122),
        "et_button_no_icon et_pb_button_helper_class et_fixed_nav et_show_nav et_right_sidebar et_divi_theme et-db",
        opening,
        comments,
        closing,
    )


def _start() -> str:
    return '<!DOCTYPE html>\n<html lang="sv-SE">\n<head>\n<meta charset="UTF-8">\n<meta name="viewport" content="width=device-width">\n'


def _head(base: str, *, sheets: tuple[str, ...], style_rules: int) -> str:
    links = "".join(
        f"<link rel='stylesheet' id='{name}-css' href='{base}/wp-content/plugins/{name}/style.css?ver=6.6.2' media='all'>\n"
        for name in sheets
    )
    feeds = "".join(f'<link rel="{name}" href="{base}/{name}/">\n' for name in _FEEDS)
    rules = "".join(
        f".wp-container-{n}{{margin-block-start:{n}px;padding:var(--wp--preset--spacing--{n});color:#{n * 71:06x}}}\n"
        for n in range(style_rules)
    )
    emoji = "".join(f'window._emoji["{n}"]={{"delay":{n},"nonce":"{n:06x}"}};' for n in range(45))
    return (
        f"<meta name='robots' content='max-image-preview:large'>\n{feeds}<script>\n{emoji}\n</script>\n"
        f"<style id='emoji-styles-inline-css'>\nimg.wp-smiley{{display:inline;height:1em;width:1em}}\n</style>\n{links}"
        f"<style id='global-styles-inline-css'>\n{rules}</style>\n"
        f'<link rel="https://api.w.org/" href="{base}/wp-json/">\n<meta name="generator" content="WordPress 6.6.2">\n</head>\n'
    )


def _filters(count: int) -> str:
    """The two-tone filters that WordPress 5.9 to 6.2 prints at the top of every body."""
    return "".join(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0" width="0" height="0" focusable="false" role="none" '
        'style="visibility:hidden;position:absolute;left:-9999px;overflow:hidden"><defs>'
        f'<filter id="wp-duotone-{n}"><feColorMatrix color-interpolation-filters="sRGB" type="matrix" values=".299 .587 .114 0 0"/>'
        '<feComponentTransfer color-interpolation-filters="sRGB">'
        + "".join(f'<feFunc{c} type="table" tableValues="0.{n} 1"/>' for c in _CHANNELS)
        + '</feComponentTransfer><feComposite in2="SourceGraphic" operator="in"/></filter></defs></svg>\n'
        for n in range(count)
    )


def _comment_form() -> str:
    fields = "".join(
        f'<p class="comment-form-{name}"><label for="{name}">{name} <span class="required">*</span></label>'
        f'<input id="{name}" name="{name}" type="text" value="" size="30" maxlength="245" required></p>\n'
        for name in _FIELDS
    )
    return (
        '<div id="comments" class="comments-area"><div id="respond" class="comment-respond">\n<h3 id="reply-title" '
        'class="comment-reply-title">Lämna ett svar</h3><form action="/wp-comments-post.php" method="post" id="commentform" '
        'class="comment-form" novalidate><p class="comment-notes"><span id="email-notes">Adressen visas inte.</span></p>'
        '<p class="comment-form-comment"><label for="comment">Kommentar</label><textarea id="comment" name="comment" cols="45" '
        f'rows="5" maxlength="65525" required></textarea></p>\n{fields}<p class="form-submit"><input name="submit" type="submit" '
        'id="submit" class="submit" value="Skicka"><input type="hidden" name="comment_post_ID" value="1" id="comment_post_ID">'
        '<input type="hidden" name="comment_parent" id="comment_parent" value="0"></p></form></div><!-- #respond --></div>\n'
    )


def _search(base: str) -> str:
    return (
        f'<form role="search" method="get" action="{base}/" class="wp-block-search__button-outside wp-block-search"><label for="s-1" '
        'class="wp-block-search__label">Sök</label><div class="wp-block-search__inside-wrapper"><input type="search" id="s-1" '
        'class="wp-block-search__input" name="s" value="" placeholder="" required><button type="submit" '
        'class="wp-block-search__button wp-element-button">Sök</button></div></form>'
    )


def _social() -> str:
    icons = "".join(
        f'<li class="et-social-icon et-social-{name}"><a href="https://{name}.example/" class="icon"><span>{name}</span></a></li>\n'
        for name in ("facebook", "linkedin", "rss")
    )
    return f'<ul class="et-social-icons">\n{icons}</ul>'


def _footer_widgets(base: str) -> str:
    """The columns of a Divi footer beside the latest posts: archives and categories."""
    return "".join(
        f'<div class="footer-widget"><div id="{name}-2" class="fwidget et_pb_widget widget_{name}"><h4 class="title">{name}</h4><ul>\n'
        + "".join(
            f'<li class="{name}-item"><a href="{base}/{name}/{n}/">{name} {n}</a></li>\n'
            for n in range(6)
        )
        + "</ul></div></div>\n"
        for name in ("archives", "categories")
    )


def _scripts(base: str) -> str:
    settings = "".join(f'window.settings["{n}"]={{"nonce":"{n * 7919:x}"}};\n' for n in range(18))
    linked = "".join(
        f"<script src='{base}/wp-includes/js/{name}.min.js?ver=6.6.2' id='{name}-js'></script>\n"
        for name in ("comment-reply", "navigation", "responsive-embeds")
    )
    return (
        '<script id="skip-link-js">document.body.classList.remove("no-js");</script>\n'
        f"{linked}<script id='settings-js-before'>\n{settings}</script>\n"
    )
