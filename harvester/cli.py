"""The command line: verbs on data. Nothing heavy is imported before a verb needs it."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from harvester._version import __version__
from harvester.compiled import leave_out
from harvester.errors import ExitCode, HarvesterError


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a verb, as argparse takes it."""

    flags: tuple[str, ...]
    options: dict[str, object]


def arg(*flags: str, **options: object) -> Argument:
    return Argument(flags, options)


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb: its one-line help, an example, its arguments, and the module that does it."""

    name: str
    help: str
    example: str
    arguments: tuple[Argument, ...] = ()
    module: str = ""  # harvester.commands.<module>, `name` where empty
    verbs: tuple[Verb, ...] = ()


def count(text: str) -> int:
    """A number that is not negative, as argparse takes it. Raises ArgumentTypeError."""
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes")
    return number


_SITE = arg(
    "--site", default="live", metavar="PROFILE", help="live, sample or a .toml file (default: live)"
)
_OUTPUT = arg("--output", metavar="DIR", help="output folder (default: output/<profile>)")
_JSON = arg("--json", action="store_true", help="print one JSON document")
_QUIET = arg(
    "--quiet", "-q", action="store_true", help="print nothing but errors and the last line"
)
_WORKERS = arg(
    "--workers",
    type=count,
    default=0,
    metavar="N",
    help="processes that extract (default: one a core)",
)
_RELEASE = arg(
    "--release",
    default="latest",
    metavar="VERSION",
    help="version of the release (default: latest)",
)
_COMMON = (_SITE, _OUTPUT, _JSON, _QUIET)

VERBS: tuple[Verb, ...] = (
    Verb(
        "run", "crawl what changed, extract, check and release", "harvester run --site sample",
        (*_COMMON, _WORKERS,
         arg("--full", action="store_true", help="look at every page, not only at what the site says has changed"),
         arg("--profile", metavar="FILE", help="write where the time went, for https://www.speedscope.app"),
         arg("--log-json", action="store_true", help="write the log as JSON lines to standard error"),
         arg("--public", action="store_true", help="release without full texts and people who are only mentioned")),
    ),
    Verb(
        "crawl", "crawl into the archive, without a release", "harvester crawl films --site sample",
        (arg("spider", nargs="?", help="documentation, films or news; without it all of the sites"), *_COMMON,
         arg("--edition", type=int, metavar="YEAR", help="only pages of one conference year"),
         arg("--url", help="only this page"),
         arg("--frontier", metavar="REDIS", help="work on a crawl shared with other workers: redis://HOST:PORT/0#NAME"),
         arg("--full", action="store_true", help="look at every page")),
    ),
    Verb(
        "extract", "rebuild all rows from the archive, offline", "harvester extract --site sample",
        (*_COMMON, _WORKERS,
         arg("--scheduler", metavar="ADDRESS", help="extract on the workers of a Dask scheduler: tcp://HOST:PORT")),
    ),
    Verb(
        "release", "extract what is new and make a release", "harvester release --site sample",
        (*_COMMON, _WORKERS,
         arg("--public", action="store_true", help="without full texts and people who are only mentioned"),
         arg("--force", action="store_true", help="release even if no content changed")),
    ),
    Verb(
        "releases", "list releases, or point `latest` back", "harvester releases --rollback --site sample",
        (*_COMMON, arg("--rollback", nargs="?", const="", metavar="VERSION", help="point latest to the release before it, or to VERSION")),
    ),
    Verb(
        "check", "run the checks on a release or a run", "harvester check --site sample",
        (arg("release", nargs="?", default="latest", help="version or folder of a release, or a run by its name in runs/ (default: latest, and what stopped a newer build)"), *_COMMON,
         arg("--accept", metavar="CHECK", help="accept what this check found as the new bound"),
         arg("--why", metavar="REASON", help="why it is accepted")),
    ),
    Verb(
        "diff", "what changed between two releases, and why", "harvester diff --site sample",
        (arg("old", nargs="?", help="older release (default: the one before)"), arg("new", nargs="?", help="newer release (default: latest)"), *_COMMON),
    ),
    Verb(
        "explain", "where a value comes from", "harvester explain exempeldagarna-ad940fdd9d title --site sample",
        (arg("row", help="primary key of a row in any table"), arg("field", nargs="?", help="one column of it"), *_COMMON,
         arg("--html", metavar="FILE", help="write the stored page with the place marked")),
    ),
    Verb(
        "review", "judge a sample of the release's values", "harvester review --sample 100 --site sample",
        (*_COMMON,
         arg("--sample", type=int, default=100, metavar="N", help="how many values to draw (default: 100)"),
         arg("--out", metavar="FILE", help="sheet to write (CSV; the same as HTML beside it)"),
         arg("--read", metavar="FILE", help="read a sheet that was filled in: the release's own accuracy")),
    ),
    Verb(
        "parse", "read one stored page and print its rows as JSON", "harvester parse page.html --url https://socialchefsdagarna.se/news/x/",
        (arg("file", help="HTML page or REST JSON; - for standard input"), arg("--url", help="address of the page"),
         arg("--site", default="live", metavar="PROFILE", help="profile that owns the address (default: live)")),
    ),
    Verb(
        "archive", "verify, import, export, prune or purge the archive", "harvester archive verify --site sample",
        verbs=(
            Verb("verify", "check every stored record", "harvester archive verify --site sample",
                 (*_COMMON, arg("--set-aside", action="store_true", help="forget answers that are damaged, so that the next run fetches them again")),
                 "archive_verify"),
            Verb("import", "add captures that other tools made", "harvester archive import crawl.warc.gz",
                 (arg("file", help="WARC or WACZ file"), *_COMMON), "archive_import"),
            Verb("export", "write the archive as one WACZ file", "harvester archive export --wacz harvest.wacz --site sample",
                 (arg("--wacz", required=True, metavar="FILE", help="file to write"), *_COMMON), "archive_export"),
            Verb("prune", "drop old captures that no kept release rests on", "harvester archive prune --keep 5",
                 (arg("--keep", type=int, required=True, metavar="N", help="bodies to keep of each address"), *_COMMON), "archive_prune"),
            Verb("purge", "rewrite the stored answers without suppressed people", "harvester archive purge --site sample", _COMMON, "archive_purge"),
        ),
    ),
    Verb(
        "films", "ask providers whether films still play", "harvester films refresh --limit 50",
        verbs=(
            Verb("refresh", "ask each provider about its films, politely; the answers are archived", "harvester films refresh --limit 50",
                 (arg("--limit", type=int, default=200, metavar="N", help="ask about at most N films, the longest unasked first (default: 200)"), *_COMMON), "films_refresh"),
        ),
    ),
    Verb(
        "people", "find a person and where their rows come from", "harvester people find 'Ylva Sternbrink' --site sample",
        verbs=(
            Verb("find", "show a person and every row about them", "harvester people find 'Ylva Sternbrink' --site sample",
                 (arg("name", help="name, or a part of it"), *_COMMON), "people_find"),
        ),
    ),
    Verb(
        "probe", "a first look at a site: what it is, and a profile to begin with", "harvester probe https://socialchefsdagarna.se/",
        (arg("url", help="address of the site"), arg("--site", metavar="PROFILE", help="profile that owns the address (default: one made for it)"),
         arg("--write", metavar="FILE", help="write the profile to FILE"), _JSON, _QUIET),
    ),
    Verb(
        "fixture", "store a page as a test, its words replaced", "harvester fixture http://exempeldagarna.example/press/ --site sample",
        (arg("page", metavar="URL|DIGEST", help="address of a stored page, or the digest of its body"), *_COMMON,
         arg("--to", metavar="DIR", default="tests/pages/recorded", help="folder of recorded pages (default: tests/pages/recorded)")),
    ),
    Verb(
        "suppress", "forget a person: nothing that is built names them any more", "harvester suppress 'Ylva Sternbrink' --why 'asked on 2026-11-20' --site sample",
        (arg("person", help="full name, or the person's id"),
         arg("--why", required=True, metavar="REASON", help="why, without a name"), *_COMMON, _WORKERS),
    ),
    Verb(
        "serve", "open a release in the browser, on loopback", "harvester serve --site sample",
        (*_COMMON, _RELEASE,
         arg("--port", type=int, default=8001, metavar="PORT", help="port on loopback, 0 for any that is free (default: 8001)"),
         arg("--no-browser", action="store_true", help="only say the address")),
    ),
    Verb(
        "report", "write the run's story as one HTML file", "harvester report --site sample",
        (*_COMMON, _RELEASE, arg("--to", metavar="FILE", help="file to write (default: <output>/report.html)")),
    ),
    Verb("doctor", "check installation, profile, output, archive, lock and disk", "harvester doctor --site sample", _COMMON),
)  # fmt: skip


class Terminated(KeyboardInterrupt):
    """SIGTERM, raised where the program stood."""


class _Parser(argparse.ArgumentParser):
    """argparse with one clear line for a usage error."""

    def error(self, message: str) -> NoReturn:
        self.exit(ExitCode.USAGE, f"harvester: {message} (see `{self.prog} --help`)\n")


def build_parser() -> argparse.ArgumentParser:
    """The parser of all verbs."""
    parser = _Parser(
        prog="harvester",
        description="Turns the web pages of a Swedish conference into datasets that people can trust.",
        epilog="Exit codes: 0 fine, 1 a check stopped the release, 2 usage or profile, 3 no site reached, "
        "4 locked, 5 output not writable, 6 released in part, 130/143 interrupted. "
        "`harvester VERB --help` gives an example of each.",
    )
    parser.add_argument("--version", action="version", version=f"harvester {__version__}")
    _add_verbs(parser, VERBS, "verb")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code. Whatever goes wrong is one line on standard error."""
    _prepare_streams()
    arguments = _parsed(argv)
    if getattr(arguments, "profile", None):
        leave_out()  # a profile shows Python's functions
    code: int = ExitCode.OK
    try:
        code = _verb(arguments.module)(arguments)
        sys.stdout.flush()  # here a full disk can still be told
        return code
    except HarvesterError as error:
        print(f"harvester: {_one_line(str(error))}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt as error:
        print("harvester: interrupted; nothing is lost, the same command goes on", file=sys.stderr)
        return ExitCode.TERMINATED if isinstance(error, Terminated) else ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing more to say.
        _silence_output()
        return code
    except OSError as error:
        _silence_output()
        place = f"{error.filename}: " if error.filename else ""
        print(
            f"harvester: {place}{error.strerror or error}; check permissions and disk space",
            file=sys.stderr,
        )
        return ExitCode.UNWRITABLE
    except _damage_errors() as error:
        print(
            f"harvester: a stored file is damaged: {_one_line(str(error))}; restore it from a copy "
            "(`harvester archive verify` examines the archive, `harvester check` a release)",
            file=sys.stderr,
        )
        return ExitCode.UNWRITABLE


def _parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    """The arguments; what no verb knows ends in a line that names the verb's own help."""
    parser = build_parser()
    arguments, unknown = parser.parse_known_args(argv)
    if unknown:
        parser.prog = arguments.prog
        parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    return arguments


def _prepare_streams() -> None:
    """Standard streams that take whatever is printed.

    One that was closed is opened on nothing, lest the next file opened (a database) take its number
    and a child's print land in it. What the terminal's encoding lacks is spelled out.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        stream = getattr(sys, name)
        if stream is None:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # takes the lowest number
            setattr(sys, name, os.fdopen(number, "w" if number else "r", closefd=False))
        elif number and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _silence_output() -> None:
    """Sends what is left to print nowhere, where standard output takes no more."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _damage_errors() -> tuple[type[Exception], ...]:
    """What the libraries that a verb has imported raise for a file that is not what it should be."""
    known = (("sqlite3", "DatabaseError"), ("pyarrow", "ArrowException"))
    return tuple(getattr(sys.modules[m], name) for m, name in known if m in sys.modules)


def _add_verbs(parser: argparse.ArgumentParser, verbs: Sequence[Verb], title: str) -> None:
    commands = parser.add_subparsers(
        title="verbs", metavar=title, required=True, parser_class=_Parser
    )
    for verb in verbs:
        command = commands.add_parser(
            verb.name,
            help=verb.help,
            description=verb.help[0].upper() + verb.help[1:] + ".",
            epilog=f"Example: {verb.example}",
        )
        if verb.verbs:
            _add_verbs(command, verb.verbs, "verb")
            continue
        for argument in verb.arguments:
            command.add_argument(*argument.flags, **argument.options)  # type: ignore[arg-type]
        command.set_defaults(module=verb.module or verb.name, prog=command.prog)


def _verb(module: str) -> Callable[[argparse.Namespace], int]:
    found: Callable[[argparse.Namespace], int] = importlib.import_module(
        f"harvester.commands.{module}"
    ).main
    return found


def _one_line(text: str) -> str:
    """A message as one line a terminal can show: control characters are spelled out."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in " ".join(text.split()))
