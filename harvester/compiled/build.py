"""Compile the readers with mypyc, whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from harvester.compiled import BUILT, LIBRARY, PACKAGE, TAG, line_of, listed

#: What a page goes through. The rest waits for the network, the disk or other libraries.
_COMPILED = (
    "parsers/**/*.py",
    "pages/**/*.py",
    "archive/entries.py",
    "archive/record.py",
    "extraction/codec.py",
    "addresses.py",
)
_FROM_SOURCE = (
    "**/__init__.py",
    "**/__main__.py",
    "pages/content.py",  # a generic dataclass, which mypyc cannot compile
    "pages/layouts/*.py",  # no class in Python can be derived from a compiled one, and layouts are to be added
    "pages/harvested.py",  # goes from process to process by pickle, as do REST entries
    "pages/rest.py",
    "parsers/dates/mention.py",  # names types of `records`, which it does not import
    "parsers/people/train.py",  # no page meets it
)
_KEPT = 2  # folders: a run that began before the last compilation may import more of its own


class NotCompiledError(Exception):
    """Why nothing was compiled, in a line."""


def sources() -> list[str]:
    """The sources that are compiled, relative to the package."""
    left = {path for pattern in _FROM_SOURCE for path in PACKAGE.glob(pattern)}
    found = {path for pattern in _COMPILED for path in PACKAGE.glob(pattern)} - left
    return sorted(path.relative_to(PACKAGE).as_posix() for path in found)


def compile_readers() -> int:
    """Compile them, and give their number. Raises NotCompiledError and OSError; what was compiled before stays."""
    chosen = sources()
    lines = [line_of(source) for source in chosen]
    with tempfile.TemporaryDirectory() as scratch:
        # A copy: mypyc writes beside what it reads, and takes the settings of the project around it.
        for path in PACKAGE.rglob("*.py"):
            copy = Path(scratch, PACKAGE.name, path.relative_to(PACKAGE))
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        said = StringIO()
        try:
            with chdir(scratch), redirect_stdout(said), redirect_stderr(said):
                made = list(_extensions([f"{PACKAGE.name}/{source}" for source in chosen]))
        except ImportError as error:
            raise NotCompiledError(f"{error.name} is not installed; run `make setup`") from None
        except (Exception, SystemExit) as error:
            raise NotCompiledError(_last_line(said.getvalue()) or str(error)) from error
        _publish(made, lines)
    return len(chosen)


def _extensions(paths: list[str]) -> Iterator[tuple[str, Path]]:
    """The name and file of each compiled module and of their library."""
    from mypyc.build import mypycify
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    class OnAllCores(build_ext):  # type: ignore[misc]
        """Compiles the sources of an extension side by side, and needs no warnings about code nobody wrote."""

        def build_extension(self, ext: Extension) -> None:
            unix = self.compiler.compiler_type == "unix"
            flags = ["-O2", "-g0", "-w", "-fvisibility=hidden"] if unix else ext.extra_compile_args

            def compiled(source: str) -> list[str]:
                objects: list[str] = self.compiler.compile(
                    [source],
                    output_dir=self.build_temp,
                    include_dirs=ext.include_dirs,
                    extra_postargs=flags,
                )
                return objects

            with ThreadPoolExecutor(os.cpu_count()) as pool:
                objects = [made for found in pool.map(compiled, ext.sources) for made in found]
            self.compiler.link_shared_object(objects, self.get_ext_fullpath(ext.name))

    read = ["--ignore-missing-imports", "--follow-imports=silent", "--config-file=", *paths]
    extensions = mypycify(read, group_name=PACKAGE.name, multi_file=True)
    command = OnAllCores(Distribution({"name": PACKAGE.name, "ext_modules": extensions}))
    command.build_lib, command.build_temp = "lib", "temp"
    command.ensure_finalized()
    command.run()
    for extension in extensions:
        yield extension.name, Path(command.get_ext_fullpath(extension.name)).absolute()


def _publish(made: list[tuple[str, Path]], lines: list[str]) -> None:
    """Put the modules where imports find them: first the files, then the list that names their folder."""
    BUILT.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{TAG}-", dir=BUILT))
    folder.chmod(0o755)
    assert LIBRARY in dict(made)
    for name, file in made:
        shutil.copyfile(file, folder / f"{name}.so")
    beside = listed().with_suffix(".new")
    beside.write_text("\n".join((folder.name, *lines)), encoding="utf-8")
    beside.replace(listed())
    folders = [path for path in BUILT.glob(f"{TAG}-*") if path.is_dir()]
    for old in sorted(folders, key=lambda path: path.stat().st_mtime_ns)[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if "error" in line.lower()]
    return lines[-1] if lines else ""
