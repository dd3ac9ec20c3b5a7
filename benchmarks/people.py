"""How fast people are found, and what the reader weighs.

Run alone (``python -m benchmarks.people``) it prints a line a figure; `figures` gives them as rows.
Baselines are what the reader promises: at least 1 MB of page text a second, an import within 100 ms,
model and lists within 2 MB.
"""

from __future__ import annotations

import subprocess
import sys
import time
from importlib import resources
from typing import Any

#: Invented page text: columns with prose, headings in capitals, a signature, a programme.
_PAGE = """\
KONFERENSDAGARNA ÖPPNAR

Det blev tre dagar med mycket att tänka på. Mest minns jag samtalen i pauserna, där kollegor från små och
stora kommuner jämförde hur de arbetar med förebyggande insatser, hur de rekryterar och vad de skulle vilja
ändra om de fick börja om. Många berättade att vardagen går fortare än någonsin och att det är svårt att få
tid att tänka efter tillsammans. Därför behövs mötesplatser där frågorna får ta plats.

SOCIALSTYRELSENS GENERALDIREKTÖR EVELINA BRANDBERG

Evelina Brandberg berättade om de nya föreskrifterna och svarade på frågor från publiken. Hon lovade att de
ska bli kortare, lättare att läsa och tydligare om vem som ansvarar för vad. Efteråt stannade Brandberg kvar.

Torgny Wallhammer, socialchef i Hedemora, har varit med sedan starten. Det bästa är att man får höra hur andra
har löst samma problem, säger han, och att ingen låtsas att det är enkelt. Han reser hem med fem nya idéer.

kl. 13.00 Per Arne Sjölin, förvaltningschef, Uddevalla kommun

Nästa år möts vi igen. Då är temat hur vi håller ihop det som annars lätt faller isär när pengarna är få och
uppdragen många. Skriv gärna till oss om vad ni vill att programmet ska innehålla, så försöker vi få plats med
det. Redan nu vet vi att barnens röster ska höras mer, att forskningen ska få större utrymme och att pauserna
ska vara längre än i år.

Varma hälsningar
Mona Perssonius, ordförande FSS
"""


def figures() -> list[dict[str, Any]]:
    """One row a figure: name, value, unit, and the baseline it is held against."""
    return [
        {
            "name": "people: page text",
            "value": _megabytes_a_second(),
            "unit": "MB/s",
            "baseline": 1.0,
        },
        {
            "name": "people: import",
            "value": _import_milliseconds(),
            "unit": "ms",
            "baseline": 100.0,
        },
        {"name": "people: model and lists", "value": _megabytes(), "unit": "MB", "baseline": 2.0},
    ]


def _megabytes_a_second() -> float:
    from harvester.parsers.people import find_people

    find_people(_PAGE)
    best, size = float("inf"), len(_PAGE.encode())
    for _ in range(5):
        begun = time.perf_counter()
        for _ in range(100):
            find_people(_PAGE)
        best = min(best, time.perf_counter() - begun)
    return 100 * size / best / 1e6


def _import_milliseconds() -> float:
    """Time to import the package in a new interpreter, less the interpreter's own start; best of five."""
    code = (
        "import time; begun = time.perf_counter(); import harvester.parsers.people; "
        "print((time.perf_counter() - begun) * 1000)"
    )
    return min(
        float(
            subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True
            ).stdout
        )
        for _ in range(5)
    )


def _megabytes() -> float:
    package = resources.files("harvester.parsers.people")
    data = [*package.joinpath("lists").iterdir(), *package.iterdir()]
    names = (".txt", ".toml", ".crfsuite")
    return sum(len(f.read_bytes()) for f in data if f.is_file() and f.name.endswith(names)) / 1e6


if __name__ == "__main__":
    for row in figures():
        print(
            f"{row['name']:<28}{row['value']:>8.2f} {row['unit']:<5} (baseline {row['baseline']:g})"
        )
