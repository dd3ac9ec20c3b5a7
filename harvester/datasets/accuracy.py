"""Accuracy: how right the readers are on hand-labelled texts, and what a release says of it.

``python -m harvester.datasets.accuracy`` measures and writes ``accuracy.json`` beside this file,
stamped with the digest of the code it measured.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from harvester.datasets.identity import READING_PARTS, code_digest
from harvester.datasets.labelled import Tally, labelled_texts, score_dates, score_people
from harvester.datasets.proportion import proportion
from harvester.datasets.review import latest_review

FILE_NAME = "accuracy.json"

_NOTE = (
    "Measured on invented, hand-labelled texts: not sampled from this release. Sets that the rules were"
    " tuned on are marked; their figures are what the rules reach on texts they have seen."
)
_OWN_NOTE = "Sampled from a release of this harvest and judged by a person."
_SCORERS = {"dates": score_dates, "people": score_people}


def measure(*labels: Path) -> dict[str, Any]:
    """The figures of every label set in the folders ``dates`` and ``people`` of each place."""
    sets: dict[str, Any] = {}
    for kind, scorer in _SCORERS.items():
        for file in sorted(f for place in labels for f in (place / kind).glob("*.jsonl")):
            texts = list(labelled_texts(file))
            tallies = scorer(texts)
            sets[f"{kind}/{file.stem}"] = {
                "texts": len(texts),
                "seen_by_the_rules": file.stem.startswith("dev"),
                "digest": _digest(file),
                "fields": {field: _figures(tally) for field, tally in tallies.items()},
            }
    return {
        "code_digest": code_digest(READING_PARTS),
        "code_parts": list(READING_PARTS),
        "sampled_from_this_release": False,
        "note": _NOTE,
        "label_sets": sets,
    }


def with_best(figures: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """The figures with the best F1 that any code has reached on each set and field.

    A set whose labels changed begins anew.
    """
    old_sets, old_best = before.get("label_sets", {}), before.get("best_f1", {})
    best: dict[str, float] = {}
    for name, label_set in figures["label_sets"].items():
        same = old_sets.get(name, {}).get("digest") == label_set["digest"]
        for field, figure in label_set["fields"].items():
            cell = f"{name} {field}"
            best[cell] = max(figure["f1"], old_best.get(cell, 0.0) if same else 0.0)
    return {**figures, "best_f1": best}


def drops(figures: Mapping[str, Any]) -> list[str]:
    """What fell below the best it has been, each as the words a changelog line must hold."""
    found = []
    for name, label_set in figures["label_sets"].items():
        for field, figure in label_set["fields"].items():
            best = figures["best_f1"].get(f"{name} {field}", 0.0)
            if figure["f1"] < best:
                found.append(f"{name} {field} {best:.4f} → {figure['f1']:.4f}")
    return found


def packaged() -> dict[str, Any]:
    """The figures that ship with the program; empty where none were measured."""
    file = resources.files("harvester.datasets").joinpath(FILE_NAME)
    if not file.is_file():
        return {}
    document: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return document


def write_accuracy(release: Path, output: Path) -> None:
    """Writes ``accuracy.json`` into a release: the program's figures and the harvest's own, if any."""
    figures = packaged()
    review = latest_review(output)
    document = {
        **{key: value for key, value in figures.items() if key != "best_f1"},
        "measured_with_this_code": figures.get("code_digest") == code_digest(READING_PARTS),
        "own": {"note": _OWN_NOTE, **review} if review else None,
    }
    _write(release / FILE_NAME, document)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and write; exit code 1 names what fell, which needs a line in the changelog."""
    parser = argparse.ArgumentParser(description="Measure accuracy on hand-labelled texts.")
    parser.add_argument(
        "--labels", type=Path, action="append", default=[], metavar="DIR",
        help="folder of label sets beside tests/labels, such as your own",
    )  # fmt: skip
    own = Path("tests/labels")
    places = [own, own / "held_out", *parser.parse_args(argv).labels]
    for place in places:
        if not place.is_dir():
            parser.error(f"no folder {place}")
    figures = with_best(measure(*places), packaged())
    _write(Path(__file__).parent / FILE_NAME, figures)
    for line in _lines(figures):
        print(line)
    fallen = drops(figures)
    for drop in fallen:
        print(f"fell: {drop}: give the reason in CHANGELOG.md, with these words", file=sys.stderr)
    return 1 if fallen else 0


def _figures(tally: Tally) -> dict[str, Any]:
    return {
        "precision": proportion(tally.right, tally.found),
        "recall": proportion(tally.right, tally.labelled),
        "f1": round(tally.f1, 4),
    }


def _lines(figures: Mapping[str, Any]) -> list[str]:
    lines = ["| set | field | n | precision | recall |", "|---|---|---:|---|---|"]
    for name, label_set in figures["label_sets"].items():
        for field, figure in label_set["fields"].items():
            shares = " | ".join(_share(figure[kind]) for kind in ("precision", "recall"))
            lines.append(f"| {name} | {field} | {figure['recall']['n']} | {shares} |")
    return lines


def _share(figure: Mapping[str, Any]) -> str:
    share = "–" if figure["share"] is None else f"{figure['share']:.3f}"
    return f"{share} ({figure['low']:.3f}–{figure['high']:.3f})"


def _digest(file: Path) -> str:
    return f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"


def _write(path: Path, document: Mapping[str, Any]) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
