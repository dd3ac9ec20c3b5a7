"""``harvester diff``: what changed between two releases, and who changed it."""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from harvester.archive.reader import Archive
from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.curation import load_curation
from harvester.datasets.build import release_info
from harvester.datasets.causes import Ground, cause_finder
from harvester.datasets.changes import Redact, change_line, value_text
from harvester.datasets.diff import CauseOf, Change, diff
from harvester.datasets.folders import NotInReleaseError, named_release, versions_before
from harvester.datasets.origin import Origin
from harvester.datasets.recorded import recorded_causes
from harvester.datasets.withholding import quote_redaction
from harvester.errors import ExitCode
from harvester.extraction.store import ExtractStore
from harvester.workspace import Workspace


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    workspace = workspace_of(arguments, create=False)
    site, output = arguments.site, workspace.output
    new = named_release(site, output, arguments.new or "latest").resolve()
    old = named_release(site, output, arguments.old or _before(workspace, new)).resolve()
    redact = quote_redaction(workspace.context(), old)
    with ExitStack() as stack:
        cause_of = recorded_causes(old, new) or _found_now(workspace, old, new, stack)
        changes = [_shown(change, redact) for change in diff(old, new, cause_of)]
    lines = [change_line(change).removeprefix("- ") for change in changes]
    console.result(
        {"old": old.name, "new": new.name, "changes": [_document(c) for c in changes]},
        *(f"{change.table}: {line}" for change, line in zip(changes, lines, strict=True)),
        *_summary(old, new, changes),
    )
    return ExitCode.OK


def _before(workspace: Workspace, new: Path) -> str:
    older = versions_before(workspace.output, new.name)
    if not older:
        raise NotInReleaseError(
            f"no release before {new.name} is kept: there is nothing to compare"
        )
    return older[-1]


def _found_now(workspace: Workspace, old: Path, new: Path, stack: ExitStack) -> CauseOf | None:
    """Causes by reading the older release's captures again; None where today's code did not make the newer."""
    if not workspace.archive_index.exists():
        return None
    context = workspace.context()
    curation = load_curation(workspace.profile.name, workspace.output)
    archive = stack.enter_context(Archive(workspace.archive))
    made = Origin.of(new)
    info = release_info(context, archive, curation, made.created)
    if (made.program, made.decisions) != (info.program_digest, info.decisions_digest):
        return None
    store = ExtractStore(workspace.extracts)
    stack.callback(store.close)
    scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="harvester-diff-"))
    ground = Ground(archive, store, context, curation, Path(scratch), public=made.public)
    return stack.enter_context(cause_finder(old, info, ground))


def _shown(change: Change, redact: Redact | None) -> Change:
    """The change as it may be quoted: an older release may name somebody who is suppressed now."""
    if redact is None:
        return change
    old, new = value_text(change.old), value_text(change.new)
    return dataclasses.replace(
        change,
        row_id=redact(change.row_id),
        label=redact(change.label),
        old=old and redact(old),
        new=new and redact(new),
    )


def _document(change: Change) -> dict[str, object]:
    return {
        "table": change.table, "row_id": change.row_id, "label": change.label, "kind": change.kind,
        "column": change.column or None, "old": value_text(change.old), "new": value_text(change.new),
        "cause": change.cause,
    }  # fmt: skip


def _summary(old: Path, new: Path, changes: list[Change]) -> Iterator[str]:
    """One line: how much of what, and from which causes."""
    kinds = Counter(str(change.kind) for change in changes)
    causes = Counter(str(change.cause or "unknown") for change in changes)
    if not changes:
        yield f"{old.name} → {new.name}: no content changed"
        return
    told = ", ".join(f"{count} {name}" for name, count in sorted(kinds.items()))
    why = ", ".join(f"{name} {count}" for name, count in sorted(causes.items()))
    yield f"{old.name} → {new.name}: {told}; causes: {why}"
