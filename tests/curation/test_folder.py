from __future__ import annotations

from pathlib import Path

import pytest

from harvester.curation import Curation, load_curation
from harvester.errors import ProfileError

SAME = '[[same]]\nnames = ["Karl Ek", "Kalle Ek"]\nwhy = "kortform"\n'
OVERRIDE = '[[override]]\ntable = "pages"\nrow_id = "a"\nfield = "title"\nraw = "x"\nvalue = "y"\nwhy = "w"\n'


def written(output: Path, **files: str) -> Path:
    (output / "curation").mkdir()
    for name, text in files.items():
        (output / "curation" / f"{name}.toml").write_text(text, encoding="utf-8")
    return output


def test_a_profile_without_curation() -> None:
    assert load_curation("another") == Curation()


def test_an_output_folder_without_curation(tmp_path: Path) -> None:
    assert load_curation("another", tmp_path) == Curation()


def test_the_output_folders_own(tmp_path: Path) -> None:
    curation = load_curation("another", written(tmp_path, aliases=SAME, overrides=OVERRIDE))
    assert curation.aliases.same[0].names == ("Karl Ek", "Kalle Ek")
    assert curation.overrides_cell("pages", "a", "title")
    assert not curation.overrides_cell("pages", "b", "title")


def test_the_projects_files_are_read_and_the_output_folder_adds(tmp_path: Path) -> None:
    project = load_curation("live")
    both = load_curation("live", written(tmp_path, aliases=SAME))
    assert len(project.aliases.same) >= 4
    assert both.aliases.same == (*project.aliases.same, *both.aliases.same[-1:])


def test_contradicting_files_are_refused(tmp_path: Path) -> None:
    known = load_curation("live").aliases.same[0].names[1]
    text = f'[[same]]\nnames = ["{known}", "Kalle Ek"]\nwhy = "w"\n'
    with pytest.raises(ProfileError, match="two"):
        load_curation("live", written(tmp_path, aliases=text))


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        pytest.param("aliases", "[[same", "not valid TOML", id="no-toml"),
        pytest.param("overrides", "[[overide]]\n", r"unknown \[\[overide\]\]", id="misspelt"),
    ],
)
def test_broken_files_are_named(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(ProfileError, match=message) as refused:
        load_curation("another", written(tmp_path, **{name: text}))
    assert f"curation/{name}.toml" in str(refused.value)


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "curation" / "aliases.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ProfileError, match="cannot be read"):
        load_curation("another", tmp_path)
