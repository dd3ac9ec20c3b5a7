"""Evidence on a page: a closed drawer with the stored text, the place marked."""

from __future__ import annotations

from collections.abc import Iterable

from harvester.explorer.gallery.proofs import Proof
from harvester.explorer.markup import Html, joined, outward, tag
from harvester.explorer.tables import Row
from harvester.explorer.wording import word


def drawer(proofs: Iterable[Proof], pages: dict[str, Row]) -> Html:
    """The proofs of one row in a `details`; it says so where a value has no place of its own."""
    found = list(proofs)
    if found:
        body = tag("dl", *(_entry(proof, pages) for proof in found))
    else:
        body = word("proof.none", element="p")
    return tag("details", word("proof", element="summary"), body, class_="proof")


def _entry(proof: Proof, pages: dict[str, Row]) -> Html:
    page = pages.get(proof.page_id or "")
    part = proof.snippet
    quote = tag(
        "blockquote", part.before, tag("mark", part.marked), part.after, lang="sv", dir="auto"
    )
    source = (
        outward(page["url"], word("proof.page"), " – ", page["title"] or page["url"])
        if page
        else None
    )
    lines = (tag("p", source), word("proof.rule", proof.rule, element="p", class_="rule"))
    return joined(
        tag("dt", word(f"field.{proof.field}")),
        tag("dd", quote, *(line for line in lines if line)),
    )
