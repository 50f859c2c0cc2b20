"""How often techniques occur: incidents and reports per technique, for any choice of incidents.

The citations of a workspace are kept as bits (modality x report x technique), so that any selection of thousands
of incidents is counted in milliseconds.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from counterfoil.model.coding import Modality
from counterfoil.model.framework import Framework
from counterfoil.model.selection import Count, Heat, Selection

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Row = tuple[str, str, str]  #: report, technique, modality of a citation
_MODALITIES = {modality.value: number for number, modality in enumerate(Modality)}


class Incidence:
    """Which report cites which technique. Not safe for several threads at once: its owner locks it."""

    def __init__(self, framework: Framework, rows: Iterable[Row] = ()) -> None:
        self._columns = {technique: number for number, technique in enumerate(framework.techniques)}
        self._families = _families(framework, self._columns)
        self._tactics = _tactics(framework, self._columns)
        self._reports: dict[str, int] = {}
        self._bits = self._empty()
        self._links: tuple[NDArray[np.intp], NDArray[np.intp], list[str]] | None = None
        self._numbers: dict[str, int] = {}
        self.put(rows)

    def put(self, rows: Iterable[Row], anew: Collection[str] = ()) -> None:
        """Add citations; those of the reports `anew` take the place of what was known of these."""
        import numpy as np

        known = [(report, technique, modality) for report, technique, modality in rows if technique in self._columns]
        fresh = dict.fromkeys(report for report, _, _ in known if report not in self._reports)
        self._reports |= {report: number for number, report in enumerate(fresh, len(self._reports))}
        bits = self._empty()
        bits[:, : self._bits.shape[1]] = self._bits
        old = [self._reports[report] for report in anew if report in self._reports]
        bits[:, old] = False
        if known:
            where = [(_MODALITIES[m], self._reports[r], self._columns[t]) for r, t, m in known]
            bits[tuple(np.array(where).T)] = True
        self._bits = bits
        if fresh:
            self._links = None

    def _empty(self) -> "NDArray[np.bool_]":
        import numpy as np

        return np.zeros((len(Modality), len(self._reports), len(self._columns)), dtype=bool)

    def link(self, links: Sequence[tuple[str, str]]) -> None:
        """Say which reports belong to which incidents, as (incident, report) pairs."""
        import numpy as np

        names = list(dict.fromkeys(incident for incident, _ in links))
        numbers = {incident: number for number, incident in enumerate(names)}
        pairs = sorted((numbers[incident], self._reports[r]) for incident, r in links if r in self._reports)
        array = np.array(pairs, dtype=np.intp).reshape(-1, 2)
        self._links = (array[:, 0], array[:, 1], names)
        self._numbers = numbers

    @property
    def linked(self) -> bool:
        """Whether `link` was called since the last new report."""
        return self._links is not None

    def heat(self, selection: Selection, incident_ids: Collection[str]) -> Heat:
        """Count the citations of the selection's modalities in these incidents.

        Raises:
            ValueError: `link` was not called.
        """
        import numpy as np

        incident_of, report_of, names = self._linked()
        chosen = set(incident_ids)
        wanted = np.array([name in chosen for name in names], dtype=bool)
        kept = wanted[incident_of]
        incident_of, report_of = incident_of[kept], report_of[kept]
        cited = self._cited(selection.modalities)
        reports = np.unique(report_of)
        per_report = cited[reports].sum(axis=0)
        incidents = _per_incident(cited, incident_of, report_of)
        own = incidents.sum(axis=1)
        families = {parent: _in_any(incidents, columns) for parent, columns in self._families.items()}
        counts = {
            technique: Count(int(own[number]), int(per_report[number]), families.get(technique, int(own[number])))
            for technique, number in self._columns.items()
            if own[number] or families.get(technique)
        }
        tactics = {tactic: _in_any(incidents, columns) for tactic, columns in self._tactics.items()}
        return Heat(selection, len(chosen), len(reports), int(incidents.any(axis=0).sum()), counts, tactics)

    def techniques(self, incident_ids: Collection[str], modalities: Sequence[Modality]) -> dict[str, int]:
        """How many techniques each of a few incidents cites.

        Raises:
            ValueError: `link` was not called.
        """
        import numpy as np

        incident_of, report_of, _ = self._linked()
        cited = self._cited(modalities)
        found = {}
        for incident in incident_ids:
            number = self._numbers.get(incident)
            if number is not None:
                first, last = np.searchsorted(incident_of, [number, number + 1])
                found[incident] = int(cited[report_of[first:last]].any(axis=0).sum())
        return found

    def citing(self, technique: str, modalities: Sequence[Modality]) -> list[str]:
        """The incidents that cite a technique or one of its sub-techniques.

        Raises:
            ValueError: `link` was not called.
        """
        import numpy as np

        incident_of, report_of, names = self._linked()
        if technique not in self._columns:
            return []
        columns = self._families.get(technique, [self._columns[technique]])
        hit = np.asarray(self._cited(modalities)[:, columns].any(axis=1))
        return [names[number] for number in np.unique(incident_of[hit[report_of]])]

    def _linked(self) -> "tuple[NDArray[np.intp], NDArray[np.intp], list[str]]":
        if self._links is None:
            raise ValueError("the reports of the incidents are not known")
        return self._links

    def _cited(self, modalities: Sequence[Modality]) -> "NDArray[np.bool_]":
        """Report x technique, true where one of the modalities is cited."""
        import numpy as np

        return np.asarray(self._bits[[_MODALITIES[modality] for modality in modalities]].any(axis=0))


def _per_incident(cited: "NDArray[np.bool_]", incident_of: Any, report_of: Any) -> "NDArray[np.bool_]":
    """Technique x incident that has a report: whether any of its reports cites it."""
    import numpy as np

    if not len(incident_of):
        return np.zeros((cited.shape[1], 0), dtype=bool)
    starts = np.flatnonzero(np.r_[True, incident_of[1:] != incident_of[:-1]])
    packed = np.packbits(cited, axis=1)[report_of]  # eight techniques a byte: several times faster
    joined = np.bitwise_or.reduceat(packed, starts, axis=0)
    return np.ascontiguousarray(np.unpackbits(joined, axis=1, count=cited.shape[1]).T).astype(bool)


def _in_any(incidents: "NDArray[np.bool_]", rows: list[int]) -> int:
    """How many incidents have at least one of these rows."""
    return int(incidents[rows].any(axis=0).sum())


def _families(framework: Framework, columns: Mapping[str, int]) -> dict[str, list[int]]:
    """The columns of each technique that has sub-techniques, with its own."""
    found: dict[str, list[int]] = {}
    for technique in framework.techniques.values():
        if technique.parent in columns:
            found.setdefault(technique.parent, [columns[technique.parent]]).append(columns[technique.id])
    return found


def _tactics(framework: Framework, columns: Mapping[str, int]) -> dict[str, list[int]]:
    return {
        tactic.id: [columns[one.id] for one in framework.techniques.values() if one.tactic == tactic.id]
        for tactic in framework.tactics
    }
