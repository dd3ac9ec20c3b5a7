"""Identity: which names are one person, by listed aliases and by the one sure rule.

Sure is a name with and without middle names or initials, where a single fuller form fits and
nothing speaks against it. Everything else that looks alike is proposed, never joined.

A joined person's id is the id of one of the names: of the listed name that stands first, else of
the fullest form. So an id changes only when a fuller form appears, when a second fuller form
makes the join unsure, or when a maintainer lists names; `canonical` still leads from each name's
own id to the person.
"""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from harvester.curation import Aliases
from harvester.linking.names import NameForm, fits, name_form
from harvester.linking.scratch import Scratch
from harvester.pages.rows.ids import person_id

#: A given name and surname with more forms than this is many people: none are joined by rule.
_MOST_FORMS = 64


@dataclass(frozen=True, slots=True)
class Listed:
    """The listed aliases as ids."""

    canonical: Mapping[str, str]  # of every name in a [[same]] entry
    names: Mapping[str, str]  # the name to show, by canonical id
    different: frozenset[frozenset[str]]  # pairs
    split: frozenset[str]  # ids of names that several people bear


@dataclass(frozen=True, slots=True)
class _Named:
    """A name's id and form."""

    person_id: str
    form: NameForm


def listed_ids(aliases: Aliases, key: bytes) -> Listed:
    """The aliases with names as the ids that pages give them."""
    canonical: dict[str, str] = {}
    names: dict[str, str] = {}
    for same in aliases.same:
        target = person_id(same.canonical, key)
        names[target] = same.canonical
        canonical |= {person_id(name, key): target for name in same.names}
    different: set[frozenset[str]] = set()
    for entry in aliases.different:
        ids = [person_id(name, key) for name in entry.names]
        ids = [canonical.get(i, i) for i in ids]
        different |= {frozenset(pair) for pair in itertools.combinations(ids, 2)}
    split = frozenset(person_id(b.name, key) for b in aliases.bearers)
    return Listed(canonical, names, frozenset(different), split)


class Identity:
    """The persons behind names, once all pages are gathered."""

    def __init__(
        self,
        scratch: Scratch,
        listed: Listed,
        bearers: Mapping[str, Sequence[str]],
        suppressed: frozenset[str],
    ) -> None:
        self._scratch = scratch
        self._listed = listed
        self._bearer_ids = frozenset(i for ids in bearers.values() for i in ids)
        self._store_forms()
        scratch.many("INSERT INTO joined VALUES (?, ?)", sorted(listed.canonical.items()))
        self._join_forms()
        self.canonical = functools.lru_cache(maxsize=65_536)(self._canonical)
        self.hidden = frozenset(self._all_hidden(suppressed, bearers))

    def is_hidden(self, person: str) -> bool:
        """True where an id, or the person it stands for, is suppressed."""
        return not self.hidden.isdisjoint((person, self.canonical(person)))

    def are_different(self, a: str, b: str) -> bool:
        """True where a maintainer listed two ids, or their persons, as different people."""
        pairs = (frozenset((a, b)), frozenset((self.canonical(a), self.canonical(b))))
        return any(pair in self._listed.different for pair in pairs)

    def listed_name(self, person: str) -> str | None:
        """The name a maintainer listed first for a person, or None."""
        return self._listed.names.get(person)

    def members(self, person: str) -> list[str]:
        """The ids of all names of a person, the canonical one first."""
        found = self._scratch.run(
            "SELECT person_id FROM joined WHERE canonical = ? ORDER BY person_id", person
        )
        return [person, *(i for (i,) in found if i != person)]

    def hidden_names(self, suppressed: str, bearers: Mapping[str, Sequence[str]]) -> list[str]:
        """Every spelling, on the pages, of a suppressed person's names that is not masked yet."""
        ids = sorted(set(self._all_hidden((suppressed,), bearers)))
        return [
            str(name)
            for one in ids
            for (name,) in self._scratch.run(
                "SELECT name FROM spelling WHERE person_id = ? ORDER BY name", one
            )
        ]

    def _canonical(self, person: str) -> str:
        found = self._scratch.one("SELECT canonical FROM joined WHERE person_id = ?", person)
        return person if found is None else str(found)

    def _all_hidden(
        self, suppressed: Iterable[str], bearers: Mapping[str, Sequence[str]]
    ) -> Iterator[str]:
        """Every id of the suppressed: all their names, and all who bear a suppressed name."""
        for person in suppressed:
            for one in (person, *bearers.get(person, ())):
                yield from self.members(self._canonical(one))
                yield one

    def _store_forms(self) -> None:
        """The spelling most pages use for each name, with what joins and proposals look up."""
        spellings = self._scratch.run(
            "SELECT person_id, name, sort_name, pages FROM spelling ORDER BY person_id, name"
        )
        rows = []
        for person, group in itertools.groupby(spellings, key=lambda row: row[0]):
            _, name, sort_name, _ = max(group, key=lambda row: row[3])
            form = name_form(name)
            if person in self._listed.split or person in self._bearer_ids:
                form = None  # nothing is joined to a name that several people bear
            folded, block = (form.folded, form.block) if form else ("", "")
            rows.append((person, name, sort_name, folded, block))
            if len(rows) >= 10_000:
                self._scratch.many("INSERT INTO form VALUES (?, ?, ?, ?, ?)", rows)
                rows.clear()
        self._scratch.many("INSERT INTO form VALUES (?, ?, ?, ?, ?)", rows)

    def _join_forms(self) -> None:
        blocks = self._scratch.run(
            "SELECT block, person_id, name FROM form WHERE block > '' ORDER BY block, folded, person_id"
        )
        for _, group in itertools.groupby(blocks, key=lambda row: row[0]):
            # A hostile block is read no further than it takes to see that it is one.
            rows = list(itertools.islice(group, _MOST_FORMS + 1))
            if 1 < len(rows) <= _MOST_FORMS:
                forms = [_Named(p, f) for _, p, name in rows if (f := name_form(name))]
                self._join(forms)

    def _join(self, forms: Sequence[_Named]) -> None:
        """Joins the forms of one block, each to the one fullest form it fits."""
        groups = _groups(forms, self._apart)
        for fullest, members in groups.items():
            ids = [fullest.person_id, *(m.person_id for m in members)]
            listed = {self._listed.canonical[i] for i in ids if i in self._listed.canonical}
            if len(listed) > 1:
                continue  # listed as two people: the rule is not sure here
            target = listed.pop() if listed else fullest.person_id
            self._scratch.many(
                "INSERT OR IGNORE INTO joined VALUES (?, ?)",
                [(i, target) for i in ids if i != target],
            )

    def _apart(self, a: str, b: str) -> bool:
        pair = frozenset(self._listed.canonical.get(i, i) for i in (a, b))
        if pair in self._listed.different:
            return True
        found = self._scratch.one("SELECT 1 FROM apart WHERE person_id = ? AND other_id = ?", a, b)
        return found is not None


def _groups(
    forms: Sequence[_Named], apart: Callable[[str, str], bool]
) -> dict[_Named, list[_Named]]:
    """The forms of a block by the fullest form that each one fits, where that is a single one."""
    ordered = sorted(forms, key=lambda n: (*n.form.fullness, n.person_id), reverse=True)
    fullest: list[_Named] = []
    fitting: dict[_Named, list[_Named]] = defaultdict(list)
    for named in ordered:
        fuller = [f for f in fullest if fits(named.form.middles, f.form.middles)]
        if not fuller:
            fullest.append(named)
        elif len(fuller) == 1:
            group = fitting[fuller[0]]
            if not any(apart(named.person_id, o.person_id) for o in (fuller[0], *group)):
                group.append(named)
    return fitting
