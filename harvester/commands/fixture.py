"""``harvester fixture``: a stored page becomes a recorded one, with a draft of what it holds."""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from harvester.archive.capture import Capture, make_capture
from harvester.archive.reader import Archive
from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.errors import ExitCode, ProfileError, UnwritableError
from harvester.harvest import Harvest, HarvestContext, harvest_or_quarantine
from harvester.pages.document import decode
from harvester.pages.masking import BASE, Mask, masked_entry, masked_page
from harvester.pages.rest import is_rest
from harvester.pages.summary import readable
from harvester.sites import Profile, Site, read_profile

_KEY = b"recorded pages"
_DIGEST = re.compile(r"(?:sha256:)?[0-9a-f]{8,64}")
_COUNTED = ("clips", "dates", "documents", "items")


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    workspace = workspace_of(arguments, create=False)
    with Archive(workspace.archive) as archive:
        capture = _stored(archive, workspace.profile, arguments.page)
    site = workspace.profile.site_of(capture.url)
    if site is None or capture.status != 200:
        raise ProfileError(f"{capture.url}: no page of this profile (status {capture.status})")
    profile, masked = _masked(capture, workspace.profile, site)
    before = harvest_or_quarantine(capture, HarvestContext(workspace.profile, _KEY))
    after = harvest_or_quarantine(masked, HarvestContext(profile, _KEY))
    if not after.pages:
        raise ProfileError(f"{capture.url}: {_why(after)}; teach it first (docs/themes.md)")
    folder = _written(Path(arguments.to), masked, after, profile)
    changed = _changes(before, after)
    lines = [str(folder), *(f"  the mask changed {what}" for what in changed)]
    lines.append(
        "Compare expected.json with the page, mend it, then say reviewed = true in meta.toml."
    )
    document = {"folder": str(folder), "layout": after.pages[0].layout, "changed_by_mask": changed}
    console.result(document, *lines)
    return ExitCode.OK


def _stored(archive: Archive, profile: Profile, page: str) -> Capture:
    """The newest stored answer of an address, or the one with a digest. Raises ProfileError."""
    if _DIGEST.fullmatch(page):
        digest = page if page.startswith("sha256:") else f"sha256:{page}"
        for ref in archive.refs():
            if ref.digest.startswith(digest) and ref.status == 200:
                return archive.read(ref.position)
        raise ProfileError(f"{page}: no stored answer has this digest")
    site = profile.site_of(page)
    for url in (page, site.canonical(page) if site else page):
        capture = archive.latest(url, successful=True)
        if capture is not None:
            return capture
    raise ProfileError(f"{page}: not stored; fetch it with `harvester crawl --url {page}`")


def _masked(capture: Capture, profile: Profile, site: Site) -> tuple[Profile, Capture]:
    """The page as it may be kept, and the profile it belongs to; the sample's pages stay as they are."""
    if profile.name == "sample":
        return replace(profile, sites=(site,)), capture
    kept = profile.event_names
    if is_rest(capture):
        data = json.loads(capture.body)
        items = data if isinstance(data, list) else [data]
        entries = [masked_entry(item, site, kept) for item in items if isinstance(item, dict)]
        body = json.dumps(entries, ensure_ascii=False, indent=1).encode()
        url, media = f"{BASE}wp-json/wp/v2/posts", "application/json; charset=UTF-8"
    else:
        text = decode(capture.body, capture.header("Content-Type") or "").text
        body = masked_page(text, site, kept).encode()
        url, media = Mask(site, text, kept).address(capture.url), "text/html; charset=UTF-8"
    own = read_profile(
        {
            "event": profile.event,
            "tags": list(profile.tags),
            "site": [{"name": "exempel", "base": BASE}],
        },
        name="recorded",
    )
    return own, make_capture(url, capture.fetched_at, 200, [("Content-Type", media)], body)


def _written(to: Path, capture: Capture, result: Harvest, profile: Profile) -> Path:
    page = result.pages[0]
    slug = urlsplit(page.url).path.strip("/").rpartition("/")[2] or "start"
    folder = to / page.layout / slug
    ending = "json" if is_rest(capture) else "html"
    site = profile.sites[0]
    meta = [
        f'url = "{capture.url}"', "status = 200", "reviewed = false", "", "[headers]",
        f'Content-Type = "{capture.header("Content-Type")}"', "", "[profile]", f'base = "{site.base}"',
        f"hosts = {json.dumps(list(site.hosts[1:]))}", f'event = "{profile.event}"', f"tags = {json.dumps(list(profile.tags))}", "",
    ]  # fmt: skip
    draft = json.dumps(readable(page, result), ensure_ascii=False, indent=1) + "\n"
    try:
        folder.mkdir(parents=True)
        (folder / f"page.{ending}").write_bytes(capture.body)
        (folder / "meta.toml").write_text("\n".join(meta), encoding="utf-8")
        (folder / "expected.json").write_text(draft, encoding="utf-8")
    except FileExistsError:
        raise ProfileError(f"{folder}: stands already; remove it to record the page anew") from None
    except OSError as error:
        raise UnwritableError(f"{folder}: {error.strerror}") from None
    return folder


def _changes(before: Harvest, after: Harvest) -> list[str]:
    """What the replaced words made of the page, where it differs: the reviewer should know."""
    if not before.pages:
        return []
    old, new = (readable(h.pages[0], h) for h in (before, after))
    changed = [
        f"{f}: {old[f]} to {new[f]}" for f in ("layout", "kind", "edition") if old[f] != new[f]
    ]
    changed += [
        f"{f}: {len(old[f])} to {len(new[f])}" for f in _COUNTED if len(old[f]) != len(new[f])
    ]
    people = [len({p["name"] for p in found["people"]}) for found in (old, new)]
    return changed + ([f"people: {people[0]} to {people[1]}"] if people[0] != people[1] else [])


def _why(result: Harvest) -> str:
    return result.problems[0].message if result.problems else "it gives no rows"
