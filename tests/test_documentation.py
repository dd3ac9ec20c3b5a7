"""README, docs/ and the help texts say what is true: commands parse and run, links lead somewhere."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

import harvester
from harvester.cli import VERBS, Verb, build_parser, main
from harvester.errors import ExitCode
from harvester.records import TABLES
from harvester.sites import Profile, Site
from tests.documents import (
    DOCUMENTS,
    ROOT,
    Command,
    blocks,
    commands,
    inline,
    links,
    name_of,
    shell_lines,
)

README = ROOT / "README.md"
HEAVY = {"scrapy", "twisted", "pandas", "numpy", "pyarrow", "lxml", "bs4", "pycrfsuite", "rich"}
# Of what documents name, this is made by a command or stands for something else.
MADE = {"tests/.artifacts/", "benchmarks/results.md", "tests/pages/recorded/podcast/"}
MADE |= {"harvester/sample/curation/"}  # an empty list where it is not there


def leaves(verbs: tuple[Verb, ...] = VERBS, above: str = "") -> Iterator[tuple[str, Verb]]:
    """Every verb that does something, with its whole name."""
    for verb in verbs:
        if verb.verbs:
            yield from leaves(verb.verbs, f"{above}{verb.name} ")
        else:
            yield above + verb.name, verb


VERB_OF = dict(leaves())
NAMES = {*VERB_OF, *(verb.name for verb in VERBS)}
EXAMPLES = [
    Command(f"help of {name}", tuple(shlex.split(verb.example)[1:]))
    for name, verb in VERB_OF.items()
]
SHOWN = [*EXAMPLES, *(command for document in DOCUMENTS for command in commands(document))]
CALLS = [c for c in SHOWN if " ".join(c.words) not in NAMES and c.words[0] != "VERB"]
ROW = EXAMPLES[list(VERB_OF).index("explain")].words[1]


def typed(command: Command) -> list[str]:
    """What a reader types: placeholders replaced by what they stand for."""
    stands_for = {"N": "5", "ROW": ROW, "[FIELD]": "title"}
    return [stands_for.get(word, word.strip("[]")) for word in command.words]


def runs_on_sample(command: Command) -> bool:
    """True where it reads or changes a harvest of the sample and comes to an end by itself.

    `run` and `crawl` have made the shared harvest; `serve` waits; a sheet is read once a person has judged it.
    """
    return (
        "sample" in command.words
        and command.words[0] not in ("run", "crawl", "serve")
        and "--read" not in command.words
    )


RUNS = list({tuple(typed(c)): c for c in CALLS if runs_on_sample(c)}.values())


@pytest.fixture
def here(second_night: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own with two nights of the sample under `output/sample`."""
    shutil.copytree(second_night, tmp_path / "output" / "sample", symlinks=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestCommands:
    @pytest.mark.parametrize("command", CALLS, ids=str)
    def test_parses(self, command: Command, capsys: pytest.CaptureFixture[str]) -> None:
        try:
            build_parser().parse_args(typed(command))
        except SystemExit as end:
            assert end.code in (None, 0), capsys.readouterr().err

    @pytest.mark.parametrize("command", RUNS, ids=str)
    def test_runs_as_shown(self, command: Command, here: Path) -> None:
        assert main(typed(command)) == ExitCode.OK

    def test_there_are_commands_to_test(self) -> None:
        assert len(CALLS) > 60 and len(RUNS) > 12

    @pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
    def test_targets_modules_and_spiders_exist(self, document: Path) -> None:
        targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
        for line in (*shell_lines(document), *inline(document)):
            if match := re.match(r"\s*make ([a-z-]+)", line):
                assert match[1] in targets, line
            if match := re.match(r"\s*python -m ([\w.]+)", line):
                assert importlib.util.find_spec(match[1]), line
            if match := re.match(r"\s*scrapy crawl (\w+)", line):
                assert (ROOT / "harvester" / "spiders" / f"{match[1]}.py").exists(), line


class TestHelp:
    @pytest.mark.parametrize("name", VERB_OF)
    def test_verb_says_what_it_does_and_shows_an_example(
        self, name: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit):
            build_parser().parse_args([*name.split(), "--help"])
        shown = " ".join(capsys.readouterr().out.split())
        assert f"{VERB_OF[name].help[1:]}." in shown
        assert f"Example: harvester {name}" in shown

    @pytest.mark.parametrize("name", VERB_OF)
    def test_option_and_argument_have_help(self, name: str) -> None:
        assert all(argument.options.get("help") for argument in VERB_OF[name].arguments)

    @pytest.mark.parametrize("name", VERB_OF)
    def test_verb_is_in_the_readme(self, name: str) -> None:
        words = name.split()
        assert any(list(c.words[: len(words)]) == words for c in commands(README))

    def test_imports_nothing_heavy(self) -> None:
        program = (
            "import sys\nfrom harvester.cli import main\n"
            "try:\n    main(['--help'])\nfinally:\n    print(*sys.modules, file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
        )
        loaded = {name.partition(".")[0] for name in done.stderr.split()}
        assert "argparse" in loaded and not loaded & HEAVY

    def test_exit_codes_are_those_of_the_program(self) -> None:
        section = README.read_text("utf-8").partition("| exit code |")[2].partition("\n\n")[0]
        told = {int(code) for row in re.findall(r"^\| ([\d, ]+) \|", section, re.M) for code in row.split(", ")}  # fmt: skip
        codes = {code for name, code in vars(ExitCode).items() if name.isupper()}
        assert told == codes
        epilog = build_parser().epilog or ""
        assert {int(code) for code in re.findall(r"\d+", epilog)} == codes


class TestDocuments:
    @pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
    def test_every_link_resolves(self, document: Path) -> None:
        for link in links(document):
            path, _, anchor = link.partition("#")
            target = document.parent / path if path else document
            assert target.exists(), link
            assert not anchor or anchor in _anchors(target), link

    @pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
    def test_every_file_of_the_project_that_is_named_exists(self, document: Path) -> None:
        for code in inline(document):
            if re.fullmatch(r"(?:harvester|tests|benchmarks|notebooks|docs)/[\w./-]*", code):
                assert code in MADE or (ROOT / code).exists(), code

    def test_readme_leads_to_every_document(self) -> None:
        there = {name_of(path) for path in (ROOT / "docs").glob("*.md")}
        assert there <= set(links(README))

    def test_readme_names_files_of_a_release(self, sample_release: Path) -> None:
        rows = re.findall(r"^\| (`.+?) \|", _section(README, "What comes out"), re.M)
        named = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
        assert {path.split("/")[0] for path in named} == {p.name for p in sample_release.iterdir()}
        assert all((sample_release / name).exists() for name in named)

    def test_readme_example_runs(self, here: Path) -> None:
        names: dict[str, object] = {}
        for block in blocks(README, "python"):
            exec(block, names)
        assert len(names["clips"]) > 10  # type: ignore[arg-type]

    def test_keys_of_profiles_are_those_of_the_program(self) -> None:
        document = ROOT / "docs" / "profiles.md"
        told = re.findall(r"^\| `(\w+)` \|", document.read_text("utf-8"), re.M)
        keys = [field.name for field in (*fields(Site), *fields(Profile))]
        own = {"sites", "source"}  # no keys: the tables themselves, and where they were read
        assert set(told) == {*keys, "description"} - own

    def test_keys_of_a_run_are_those_of_the_program(self, sample_output: Path) -> None:
        section = _section(ROOT / "docs" / "running.md", "What a run leaves")
        told = {name for row in re.findall(r"^\| (`.+?) \|", section, re.M) for name in re.findall(r"`(\w+)`", row)}  # fmt: skip
        run = next((sample_output / "runs").glob("*/run.json"))
        fixed = {"run", "profile", "extracted", "versions"}  # plain from their names
        assert set(json.loads(run.read_text("utf-8"))) == told | fixed

    def test_changelog_begins_with_this_version_and_its_data(self) -> None:
        headings = re.findall(r"^##+ (.+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
        assert headings[:3] == [harvester.__version__, "Data", "Software"]


class TestDataDictionary:
    @pytest.mark.parametrize("table", TABLES)
    def test_names_every_column(self, table: str, sample_release: Path) -> None:
        section = _section(sample_release / "README.md", table)
        columns = re.findall(r"^\| `(\w+)` \|", section, re.M)
        assert columns == [field.name for field in fields(TABLES[table])]
        meanings = re.findall(r"^\| `\w+` \|.*\| (.+) \|$", section, re.M)
        assert len(meanings) == len(columns)

    def test_names_every_table_and_no_other(self, sample_release: Path) -> None:
        told = re.findall(r"^### (\w+)$", (sample_release / "README.md").read_text("utf-8"), re.M)
        assert told == list(TABLES)

    def test_changelog_names_every_table(self) -> None:
        assert set(TABLES) <= set(inline(ROOT / "CHANGELOG.md"))


def _section(document: Path, heading: str) -> str:
    """The text below a heading, to the next one of any level."""
    text = document.read_text("utf-8")
    match = re.search(rf"^#+ {re.escape(heading)}$(.*?)(?=^#+ |\Z)", text, re.M | re.S)
    assert match, f"{document.name} has no section {heading!r}"
    return match[1]


def _anchors(document: Path) -> set[str]:
    """The anchors that headings give on the usual forges."""
    headings = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
