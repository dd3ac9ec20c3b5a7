"""Frames of popular WordPress themes and builders: what they put around a title, a day and a body.

Each frame also shows what must never be read: a menu, a sidebar, comments with a spammer's film,
related posts with people of their own, a byline, share buttons and a footer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

FRAME_PERSON = "Torborg Sidoland"
FRAME_FILM = "fRamEfi1m00"
SPAM_FILM = "sPamSpam_00"

_PLAYER = "<iframe src='https://www.youtube.com/embed/{}'></iframe>"
_SPAM = f"<p>Bästa casinot! {FRAME_PERSON}, direktör</p>" + _PLAYER.format(SPAM_FILM)
_WIDGET = f"<h3>Senaste</h3><p>{FRAME_PERSON}, kanslichef, 3 maj 2011</p>" + _PLAYER.format(
    FRAME_FILM
)
_MENU = "<ul class='menu'><li><a href='/'>Hem</a></li><li><a href='/category/nyheter/'>Nyheter</a></li></ul>"
_COMMENTS = f"""<div id="comments" class="{{}}"><h2 class="comments-title">1 kommentar</h2><ol class="comment-list">
<li id="comment-7" class="comment even depth-1"><article class="comment-body"><div class="comment-content">{_SPAM}</div>
<a rel="nofollow" class="comment-reply-link" href="?replytocom=7#respond">Svara</a></article></li></ol>
<div id="respond" class="comment-respond"><form action="/wp-comments-post.php" method="post"></form></div></div>"""
_SHARE = "<a href='?share=facebook'>Dela</a> <a href='https://www.facebook.com/sharer.php?u=x'>Facebook</a>"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a frame is put around."""

    number: int
    type: str
    title: str
    when: str  # ISO with zone
    day: str  # as the theme prints it
    body: str
    related: str = ""  # links to other posts

    @property
    def classes(self) -> str:
        """What WordPress itself puts on the body."""
        if self.type == "page":
            return f"page-template-default page page-id-{self.number}"
        return f"{self.type}-template-default single single-{self.type} postid-{self.number}"


def generatepress(s: Shown) -> str:
    return f"""<body class="wp-embed-responsive right-sidebar nav-below-header separate-containers {s.classes}">
<header class="site-header" id="masthead"><div class="inside-header grid-container"><p class="main-title">Bredvik</p></div></header>
<nav class="main-navigation" id="site-navigation">{_MENU}</nav><div class="site grid-container" id="page"><div class="site-content" id="content">
<div class="content-area" id="primary"><main class="site-main" id="main"><article id="post-{s.number}" class="post-{s.number} {s.type} type-{s.type} status-publish hentry">
<div class="inside-article"><header class="entry-header"><h1 class="entry-title" itemprop="headline">{s.title}</h1><div class="entry-meta">
<span class="posted-on"><time class="updated" datetime="2024-05-05T10:00:00+02:00" itemprop="dateModified">5 maj, 2024</time>
<time class="entry-date published" datetime="{s.when}" itemprop="datePublished">{s.day}</time></span>
<span class="byline">av <span class="author vcard"><a class="url fn n" href="/author/redaktionen/" rel="author"><span class="author-name">Redaktionen</span></a></span></span></div></header>
<div class="entry-content" itemprop="text">{s.body}</div>
<footer class="entry-meta"><span class="cat-links"><a href="/category/nyheter/" rel="category tag">Nyheter</a></span>
<nav id="nav-below" class="post-navigation">{s.related}</nav></footer></div></article>{_COMMENTS.format("comments-area")}</main></div>
<div class="widget-area sidebar is-right-sidebar" id="right-sidebar"><div class="inside-right-sidebar"><aside class="widget inner-padding">{_WIDGET}</aside></div></div>
</div></div><div class="site-footer"><div id="footer-widgets" class="site footer-widgets">{_WIDGET}</div><footer class="site-info">© Bredvik</footer></div>"""


def astra(s: Shown) -> str:
    return f"""<body class="ast-desktop ast-separate-container ast-right-sidebar {s.classes} astra-4.6.8"><div class="hfeed site" id="page">
<header class="site-header header-main-layout-1" id="masthead">{_MENU}</header><div id="content" class="site-content"><div class="ast-container">
<div id="primary" class="content-area primary"><main id="main" class="site-main"><article class="post-{s.number} {s.type} type-{s.type} status-publish hentry ast-article-single" id="post-{s.number}">
<div class="ast-post-format- ast-no-thumb single-layout-1"><header class="entry-header ast-no-thumbnail"><h1 class="entry-title" itemprop="headline">{s.title}</h1>
<div class="entry-meta"><span class="cat-links"><a href="/category/nyheter/" rel="category tag">Nyheter</a></span> / <span class="posted-by vcard author">
<a class="url fn n" href="/author/redaktionen/" rel="author"><span class="author-name">Redaktionen</span></a></span> /
<span class="posted-on"><span class="published" itemprop="datePublished">{s.day} </span></span></div></header>
<div class="entry-content clear" itemprop="text">{s.body}</div></div></article>
<nav class="navigation post-navigation"><div class="nav-links">{s.related}</div></nav>
<div class="ast-single-related-posts-container ast-container--fallback"><div class="ast-related-posts-title-section"><h2 class="ast-related-posts-title">Relaterat</h2></div>
<div class="ast-related-posts-wrapper"><article class="ast-related-post post-3 post type-post hentry"><div class="ast-related-posts-inner-section"><div class="ast-related-post-content">
<h3 class="ast-related-post-title entry-title"><a href="/?p=1">Av {FRAME_PERSON}, kanslichef</a></h3><div class="entry-content">{_PLAYER.format(FRAME_FILM)}</div></div></div></article></div></div>
{_COMMENTS.format("comments-area comment-form-position-below")}</main></div><div class="widget-area secondary" id="secondary"><div class="sidebar-main">{_WIDGET}</div></div></div></div>
<footer class="site-footer" id="colophon">{_WIDGET}</footer></div>"""


def kadence(s: Shown) -> str:
    return f"""<body class="wp-embed-responsive footer-on-bottom content-style-boxed {s.classes}"><div id="wrapper" class="site wp-site">
<header id="masthead" class="site-header">{_MENU}</header><div id="inner-wrap" class="wrap kt-clear">
<section role="banner" class="entry-hero {s.type}-hero-section"><div class="entry-hero-container-inner"><header class="entry-header {s.type}-title title-align-left">
<h1 class="entry-title">{s.title}</h1><div class="entry-meta entry-meta-divider-dot"><span class="posted-by"><span class="meta-label">Av</span><span class="author vcard"><a class="url fn n" href="/author/redaktionen/">Redaktionen</a></span></span>
<span class="posted-on"><time class="entry-date published" datetime="{s.when}" itemprop="datePublished">{s.day}</time></span></div></header></div></section>
<div id="primary" class="content-area"><div class="content-container site-container"><main id="main" class="site-main"><div class="content-wrap">
<article id="post-{s.number}" class="entry content-bg single-entry post-{s.number} {s.type} type-{s.type} status-publish hentry"><div class="entry-content-wrap">
<div class="entry-content single-content">{s.body}</div><footer class="entry-footer"><div class="entry-tags"><span class="tags-links"><a href="/tag/ledning/" rel="tag">Ledning</a></span></div></footer></div></article>
<nav class="navigation post-navigation"><div class="nav-links">{s.related}</div></nav>
<div class="entry-related alignfull entry-related-style-wide"><div class="entry-related-inner content-container"><h2 class="entry-related-title">Liknande inlägg</h2>
<div class="entry-related-carousel splide"><ul class="splide__list"><li class="entry-list-item carousel-item"><article class="entry content-bg loop-entry post-3 post type-post hentry"><div class="entry-content-wrap">
<header class="entry-header"><h3 class="entry-title"><a href="/?p=1" rel="bookmark">{FRAME_PERSON}, kanslichef</a></h3></header><div class="entry-summary"><p>{FRAME_PERSON}, kanslichef.</p></div></div></article></li></ul></div></div></div>
{_COMMENTS.format("comments-area")}</div></main></div></div></div><footer id="colophon" class="site-footer">{_WIDGET}</footer></div>"""


def oceanwp(s: Shown) -> str:
    return f"""<body class="oceanwp-theme sidebar-mobile default-breakpoint has-sidebar content-right-sidebar {s.classes}"><div id="outer-wrap" class="site clr"><div id="wrap" class="clr">
<header id="site-header" class="minimal-header clr">{_MENU}</header><main id="main" class="site-main clr" role="main">
<header class="page-header"><div class="container clr page-header-inner"><h1 class="page-header-title clr">Blogg</h1><nav class="site-breadcrumbs clr"><a href="/">Hem</a> {s.title}</nav></div></header>
<div id="content-wrap" class="container clr"><div id="primary" class="content-area clr"><div id="content" class="site-content clr"><article id="post-{s.number}">
<header class="entry-header clr"><h2 class="single-post-title entry-title" itemprop="headline">{s.title}</h2></header>
<ul class="meta ospm-default clr"><li class="meta-author" itemprop="name"><span class="screen-reader-text">Inläggsförfattare:</span><a href="/author/redaktionen/" rel="author">Redaktionen</a></li>
<li class="meta-date" itemprop="datePublished"><span class="screen-reader-text">Inlägget publicerat:</span>{s.day}</li><li class="meta-cat"><a href="/category/nyheter/" rel="category tag">Nyheter</a></li></ul>
<div class="entry-content clr" itemprop="text">{s.body}</div><div class="post-tags clr">Taggar: <a href="/tag/ledning/">Ledning</a></div><div class="entry-share clr">{_SHARE}</div>
<nav class="navigation post-navigation" role="navigation"><div class="nav-links">{s.related}</div></nav>
<section id="related-posts" class="clr"><h3 class="theme-heading related-posts-title">Du gillar kanske</h3><div class="oceanwp-row clr"><article class="related-post clr col post-3 post type-post hentry entry">
<h3 class="related-post-title"><a href="/?p=1">{FRAME_PERSON}, kanslichef</a></h3><time class="published" datetime="2011-05-03T10:00:00+02:00">3 maj 2011</time></article></div></section>
<section id="comments" class="comments-area clr has-comments">{_SPAM}</section></article></div></div>
<aside id="right-sidebar" class="sidebar-container widget-area sidebar-primary">{_WIDGET}</aside></div></main><footer id="footer" class="site-footer">{_WIDGET}</footer></div></div>"""


def avada(s: Shown) -> str:
    return f"""<body class="fusion-image-hovers fusion-pagination-sizing avada-has-header {s.classes}"><div id="boxed-wrapper"><div id="wrapper" class="fusion-wrapper">
<header class="fusion-header-wrapper"><div class="fusion-header">{_MENU}</div></header>
<section class="avada-page-titlebar-wrapper"><div class="fusion-page-title-bar"><div class="fusion-page-title-captions"><h1 class="entry-title">{s.title}</h1></div></div></section>
<main id="main" class="clearfix"><div class="fusion-row"><section id="content" style="float: left;"><article id="post-{s.number}" class="post post-{s.number} {s.type} type-{s.type} status-publish hentry">
<span class="entry-title rich-snippet-hidden">{s.title}</span><span class="vcard rich-snippet-hidden"><span class="fn"><a href="/author/redaktionen/" rel="author">Redaktionen</a></span></span><span class="updated rich-snippet-hidden">2024-05-05T10:00:00+02:00</span>
<div class="post-content"><div class="fusion-fullwidth fullwidth-box fusion-builder-row-1 hundred-percent-fullwidth"><div class="fusion-builder-row fusion-row"><div class="fusion-layout-column fusion_builder_column fusion-builder-column-0 fusion_builder_column_1_1 1_1 fusion-flex-column">
<div class="fusion-column-wrapper fusion-flex-justify-content-flex-start"><div class="fusion-text fusion-text-1">{s.body}</div></div></div></div></div></div>
<div class="fusion-meta-info"><div class="fusion-meta-info-wrapper">Av <span class="vcard"><span class="fn"><a href="/author/redaktionen/" rel="author">Redaktionen</a></span></span><span class="fusion-inline-sep">|</span><span class="updated rich-snippet-hidden">2024-05-05T10:00:00+02:00</span><span>{s.day}</span><span class="fusion-inline-sep">|</span><a href="/category/nyheter/" rel="category tag">Nyheter</a></div></div>
<div class="fusion-sharing-box fusion-theme-sharing-box">{_SHARE}</div><div class="about-author"><p>{FRAME_PERSON}, webbredaktör</p></div>
<section class="related-posts single-related-posts"><h2>Relaterade</h2><div class="fusion-carousel"><h4 class="fusion-carousel-title"><a href="/?p=1">{FRAME_PERSON}, kanslichef</a></h4></div></section>
{_COMMENTS.format("comments-container")}</article><div class="single-navigation clearfix">{s.related}</div></section>
<aside id="sidebar" class="sidebar fusion-widget-area fusion-content-widget-area">{_WIDGET}</aside></div></main>
<div class="fusion-footer"><footer class="fusion-footer-widget-area fusion-widget-area">{_WIDGET}</footer></div></div></div>"""


def betheme(s: Shown) -> str:
    return f"""<body class="color-custom with_aside aside_right layout-full-width header-classic wpb-js-composer js-comp-ver-6.10 {s.classes}"><div id="Wrapper">
<div id="Header_wrapper"><header id="Header"><div id="Top_bar"><nav id="menu">{_MENU}</nav></div></header></div><div id="Content"><div class="content_wrapper clearfix"><div class="sections_group">
<div id="post-{s.number}" class="no-img share-simple post-{s.number} {s.type} type-{s.type} status-publish hentry">
<div class="section section-post-header"><div class="section_wrapper clearfix"><div class="column one post-nav">{s.related}</div><div class="column one post-header"><div class="title_wrapper"><h1 class="entry-title" itemprop="headline">{s.title}</h1>
<div class="post-meta clearfix"><div class="author-date"><span class="vcard author post-author"><span class="label">Publicerad av </span><span class="fn"><a href="/author/redaktionen/">Redaktionen</a></span></span>
<span class="date"><span class="label">den </span><time class="entry-date" datetime="{s.when}" itemprop="datePublished">{s.day}</time></span></div></div></div></div></div></div>
<div class="post-wrapper-content"><div class="section the_content has_content"><div class="section_wrapper"><div class="the_content_wrapper"><div class="wpb-content-wrapper"><div class="vc_row wpb_row vc_row-fluid">
<div class="wpb_column vc_column_container vc_col-sm-12"><div class="vc_column-inner"><div class="wpb_wrapper"><div class="wpb_text_column wpb_content_element"><div class="wpb_wrapper">{s.body}</div></div></div></div></div></div></div></div></div></div>
<div class="section section-post-footer"><div class="section_wrapper clearfix"><div class="column one post-pager"></div></div></div>
<div class="section section-post-intro-share"><div class="section_wrapper"><div class="column one"><div class="share-simple-wrapper"><span class="share-label">Dela</span>{_SHARE}</div></div></div></div>
<div class="section section-post-about"><div class="section_wrapper"><div class="column one author-box"><div class="desc"><h5>{FRAME_PERSON}, webbredaktör</h5></div></div></div></div></div>
<div class="section section-post-related"><div class="section_wrapper"><h4>Liknande</h4><div class="column post-related post-3 post type-post hentry"><div class="desc"><h4><a href="/?p=1">{FRAME_PERSON}, kanslichef</a></h4></div></div></div></div>
<div class="section section-post-comments">{_COMMENTS.format("")}</div></div></div><div class="sidebar sidebar-1 four columns"><div class="widget-area">{_WIDGET}</div></div></div></div>
<footer id="Footer"><div class="widgets_wrapper">{_WIDGET}</div></footer></div>"""


def bricks(s: Shown) -> str:
    return f"""<body class="bricks-is-frontend wp-embed-responsive {s.classes}"><header id="brx-header"><section class="brxe-section"><div class="brxe-nav-menu">{_MENU}</div></section></header>
<main id="brx-content"><section class="brxe-section"><div class="brxe-container"><h1 class="brxe-post-title">{s.title}</h1><div class="brxe-post-meta post-meta"><span class="item">{s.day}</span><span class="separator">·</span><span class="item">Redaktionen</span></div></div></section>
<section class="brxe-section"><div class="brxe-container"><div class="brxe-post-content" data-source="editor">{s.body}</div><ul class="brxe-post-sharing"><li>{_SHARE}</li></ul><nav class="brxe-post-navigation">{s.related}</nav></div></section>
<section class="brxe-section"><div class="brxe-container"><div class="brxe-related-posts"><ul class="related-posts"><li class="repeater-item"><div class="post-content"><h3><a href="/?p=1">{FRAME_PERSON}, kanslichef</a></h3></div></li></ul></div>
<div class="brxe-post-author"><p>{FRAME_PERSON}, webbredaktör</p></div><div class="brxe-post-comments">{_COMMENTS.format("bricks-comments")}</div></div></section></main>
<footer id="brx-footer"><section class="brxe-section">{_WIDGET}</section></footer>"""


def oxygen(s: Shown) -> str:
    return f"""<body class="wp-embed-responsive oxygen-body {s.classes}"><header id="_header-1-5" class="oxy-header-wrapper oxy-header"><div class="oxy-header-container"><nav class="oxy-nav-menu">{_MENU}</nav></div></header>
<section id="section-2-5" class="ct-section"><div class="ct-section-inner-wrap"><h1 id="headline-3-5" class="ct-headline"><span id="span-4-5" class="ct-span">{s.title}</span></h1>
<div id="text_block-5-5" class="ct-text-block"><span id="span-6-5" class="ct-span">{s.day}</span></div></div></section>
<section id="section-7-5" class="ct-section"><div class="ct-section-inner-wrap"><div id="inner_content-8-5" class="ct-inner-content">{s.body}</div></div></section>
<section id="section-9-5" class="ct-section"><div class="ct-section-inner-wrap"><div id="_posts_grid-10-5" class="oxy-easy-posts oxy-posts-grid"><div class="oxy-posts"><div class="oxy-post"><a class="oxy-post-title" href="/?p=1">{FRAME_PERSON}, kanslichef</a><div class="oxy-post-content"><p>{FRAME_PERSON}</p></div></div></div></div>
<div id="_comments-11-5" class="oxy-comments"><ol class="comments-list">{_SPAM}</ol></div>{s.related}</div></section>
<section id="section-12-5" class="ct-section sidfot"><div class="ct-section-inner-wrap">{_WIDGET}</div></section>"""


def beaver(s: Shown) -> str:
    return f"""<body class="fl-theme-builder fl-framework-base fl-preset-default fl-full-width {s.classes}"><div class="fl-page"><header class="fl-page-header fl-page-header-primary"><nav class="fl-page-nav">{_MENU}</nav></header>
<div id="fl-main-content" class="fl-page-content" itemprop="mainContentOfPage"><div class="container"><div class="row"><div class="fl-content fl-content-left col-md-8">
<article class="fl-post post-{s.number} {s.type} type-{s.type} status-publish hentry" id="fl-post-{s.number}"><header class="fl-post-header"><h1 class="fl-post-title" itemprop="headline">{s.title}</h1>
<div class="fl-post-meta fl-post-meta-top"><span class="fl-post-author">Av <a href="/author/redaktionen/"><span>Redaktionen</span></a></span><span class="fl-sep"> | </span><span class="fl-post-date">{s.day}</span></div>
<meta itemprop="datePublished" content="{s.when[:10]}"><meta itemprop="dateModified" content="2024-05-05"></header>
<div class="fl-post-content clearfix" itemprop="text"><div class="fl-builder-content fl-builder-content-{s.number} fl-builder-content-primary" data-post-id="{s.number}"><div class="fl-row fl-row-fixed-width"><div class="fl-row-content-wrap"><div class="fl-row-content fl-node-content">
<div class="fl-col-group"><div class="fl-col"><div class="fl-col-content fl-node-content"><div class="fl-module fl-module-rich-text"><div class="fl-module-content fl-node-content"><div class="fl-rich-text">{s.body}</div></div></div></div></div></div></div></div></div></div></div>
<div class="fl-post-meta fl-post-meta-bottom"><div class="fl-post-cats-tags">Publicerat i <a href="/category/nyheter/" rel="category tag">Nyheter</a></div></div><div class="fl-post-nav clearfix">{s.related}</div></article>
<div class="fl-comments"><div class="fl-comments-list">{_SPAM}</div></div></div><div class="fl-sidebar fl-sidebar-right col-md-4"><aside class="fl-widget widget">{_WIDGET}</aside></div></div></div></div>
<footer class="fl-page-footer-wrap"><div class="fl-page-footer-widgets">{_WIDGET}</div></footer></div>"""


def storefront(s: Shown) -> str:
    return f"""<body class="storefront-secondary-navigation storefront-align-wide right-sidebar {s.classes}"><div id="page" class="hfeed site"><header id="masthead" class="site-header" role="banner">{_MENU}</header>
<div class="storefront-breadcrumb"><div class="col-full"><nav class="woocommerce-breadcrumb"><a href="/">Hem</a> / {s.title}</nav></div></div><div id="content" class="site-content" tabindex="-1"><div class="col-full">
<div id="primary" class="content-area"><main id="main" class="site-main" role="main"><article id="post-{s.number}" class="post-{s.number} {s.type} type-{s.type} status-publish hentry"><header class="entry-header">
<span class="posted-on">Publicerat <a href="#" rel="bookmark"><time class="entry-date published" datetime="{s.when}">{s.day}</time></a></span> <span class="post-author">av <a href="/author/redaktionen/" rel="author">Redaktionen</a></span> <span class="post-comments">— <a href="#comments">1 kommentar</a></span>
<h1 class="entry-title">{s.title}</h1></header><div class="entry-content">{s.body}</div><aside class="entry-taxonomy"><div class="cat-links">Kategori: <a href="/category/nyheter/" rel="category tag">Nyheter</a></div></aside>
<nav id="post-navigation" class="navigation post-navigation"><div class="nav-links">{s.related}</div></nav><section id="comments" class="comments-area">{_SPAM}</section></article></main></div>
<div id="secondary" class="widget-area" role="complementary">{_WIDGET}</div></div></div><footer id="colophon" class="site-footer">{_WIDGET}</footer></div>"""


def twentytwentyfive(s: Shown) -> str:
    return f"""<body class="wp-embed-responsive {s.classes}"><div class="wp-site-blocks"><header class="wp-block-template-part"><div class="wp-block-group"><p class="wp-block-site-title"><a href="/">Bredvik</a></p><nav class="wp-block-navigation">{_MENU}</nav></div></header>
<main class="wp-block-group has-global-padding is-layout-constrained"><div class="wp-block-group alignfull"><h1 class="wp-block-post-title">{s.title}</h1><div class="wp-block-group has-link-color"><p>Skriven av</p><p class="wp-block-post-author-name"><a href="/author/redaktionen/">Redaktionen</a></p><p>i</p><div class="taxonomy-category wp-block-post-terms"><a href="/category/nyheter/" rel="tag">Nyheter</a></div>
<div class="wp-block-post-date"><time datetime="{s.when}">{s.day}</time></div></div><div class="entry-content alignfull wp-block-post-content has-global-padding">{s.body}</div>
<nav class="wp-block-group" aria-label="Inläggsnavigering"><div class="post-navigation-link-previous wp-block-post-navigation-link">{s.related}</div></nav>
<div class="wp-block-comments wp-block-comments-query-loop"><h2 class="wp-block-comments-title">Kommentarer</h2><ol class="wp-block-comment-template"><li class="comment">{_SPAM}</li></ol></div></div>
<h2 class="wp-block-heading">Fler inlägg</h2><div class="wp-block-query alignwide"><ul class="wp-block-post-template"><li class="wp-block-post post-3 post type-post hentry"><h2 class="wp-block-post-title"><a href="/?p=1">{FRAME_PERSON}, kanslichef</a></h2><div class="wp-block-post-date"><time datetime="2011-05-03T10:00:00+02:00">3 maj 2011</time></div><div class="entry-content wp-block-post-content"><p>{FRAME_PERSON}</p>{_PLAYER.format(FRAME_FILM)}</div></li></ul></div></main>
<footer class="wp-block-template-part"><div class="wp-block-group">{_WIDGET}</div></footer></div>"""


def genesis(s: Shown) -> str:
    return f"""<body class="header-full-width content-sidebar genesis-breadcrumbs-visible {s.classes}"><div class="site-container"><header class="site-header"><div class="wrap"><p class="site-title">Bredvik</p></div></header><nav class="nav-primary">{_MENU}</nav>
<div class="site-inner"><div class="content-sidebar-wrap"><main class="content" id="genesis-content"><div class="breadcrumb"><a href="/">Hem</a> / {s.title}</div><article class="post-{s.number} {s.type} type-{s.type} status-publish entry" aria-label="{s.title}"><header class="entry-header"><h1 class="entry-title">{s.title}</h1>
<p class="entry-meta"><time class="entry-time" datetime="{s.when}">{s.day}</time> av <span class="entry-author"><a href="/author/redaktionen/" class="entry-author-link" rel="author"><span class="entry-author-name">Redaktionen</span></a></span> <span class="entry-comments-link"><a href="#comments">1 kommentar</a></span></p></header>
<div class="entry-content">{s.body}</div><footer class="entry-footer"><p class="entry-meta"><span class="entry-categories">Under: <a href="/category/nyheter/" rel="category tag">Nyheter</a></span></p></footer></article>
<section class="author-box"><h4 class="author-box-title">Om {FRAME_PERSON}</h4><div class="author-box-content"><p>{FRAME_PERSON}, webbredaktör</p></div></section><div class="adjacent-entry-pagination pagination">{s.related}</div>
<div class="entry-comments" id="comments"><h3>Kommentarer</h3><ol class="comment-list"><li class="comment"><article>{_SPAM}</article></li></ol></div></main>
<aside class="sidebar sidebar-primary widget-area" id="genesis-sidebar-primary">{_WIDGET}</aside></div></div><div class="footer-widgets" id="genesis-footer-widgets">{_WIDGET}</div><footer class="site-footer">© Bredvik</footer></div>"""


FRAMES: tuple[Callable[[Shown], str], ...] = (
    generatepress, astra, kadence, oceanwp, avada, betheme, bricks, oxygen, beaver, storefront, twentytwentyfive, genesis,
)  # fmt: skip
