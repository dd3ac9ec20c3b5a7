"""What the elements of a page are to a reader: blocks, silent parts, columns, headings by class."""

from __future__ import annotations

import re

#: Elements that end the running block; everything else is inline.
BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "li",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)

#: Elements whose text no reader sees as content.
SILENT_TAGS = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "canvas",
        "form",
        "button",
        "select",
        "textarea",
        "input",
        "label",
        "nav",
        "head",
        "title",
    ]
)

#: Columns and sections of page builders: a heading and its film share one.
COLUMN_CLASSES = re.compile(
    r"(?:^|\s)(et_pb_column(?:_inner)?|wp-block-column|elementor-column|e-con|wpb_column|"
    r"et_pb_slide|et_pb_toggle|et_pb_tab|et_pb_blurb|et_pb_team_member|wp-block-media-text)(?=\s|$)"
)

#: Page builders mark headings and captions by class.
HEADING_CLASSES = re.compile(
    r"(?:^|\s)(et_pb_module_header|et_pb_toggle_title|elementor-heading-title)(?=\s|$)"
)
CAPTION_CLASSES = re.compile(r"(?:^|\s)(wp-caption-text|gallery-caption)(?=\s|$)")
