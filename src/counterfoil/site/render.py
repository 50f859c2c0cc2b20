"""From a catalogue to the texts of its pages."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from counterfoil.site import templates
from counterfoil.site.catalogue import Catalogue, Edge, Entry
from counterfoil.site.lookup import Groups, Lookup
from counterfoil.site.style import Style
from counterfoil.site.templates import fields, page, simple_table

#: sheet -> (folder of its pages, the word that starts a page's title)
FOLDERS = {
    "phases": ("phases", "Phase"),
    "tactics": ("tactics", "Tactic"),
    "techniques": ("techniques", "Technique"),
    "tasks": ("tasks", "Task"),
    "countermeasures": ("counters", "Counter"),
    "metatechniques": ("metatechniques", "Metatechnique"),
    "actortypes": ("actortypes", "Actor"),
    "incidents": ("incidents", "Incident"),
    "detections": ("detections", "Detection"),
    "responsetypes": ("responsetypes", "Response type"),
}


def head_id(text: str) -> str:
    """The id that a cell such as "TA01 Strategic Planning" or "M001 - Resilience" starts with."""
    return text.split(" ")[0]


@dataclass(frozen=True)
class Site:
    """One catalogue in one style and template; each `…_page` gives the text of one entry's page."""

    catalogue: Catalogue
    style: Style
    template: str
    lookup: Lookup
    references: Mapping[str, str]  #: table rows by incident

    @classmethod
    def of(cls, catalogue: Catalogue, style: Style, template: str) -> "Site":
        """The site of a catalogue."""
        references: dict[str, str] = {}
        for reference in catalogue.references:
            cells = (reference.published, reference.authors, reference.publisher)
            plain = " | ".join(style.cell(text) for text in cells)
            row = f"| {style.address(reference.url)} | {plain} | {style.address(reference.archive)} |\n"
            references[reference.incident] = references.get(reference.incident, "") + row
        return cls(catalogue, style, template, Lookup(catalogue), references)

    def pages(self, sheet: str) -> dict[str, str]:
        """The pages of one sheet's entries, by path below generated_pages."""
        makers: dict[str, Callable[[Entry], str]] = {
            "phases": self.phase_page,
            "tactics": self.tactic_page,
            "techniques": self.technique_page,
            "tasks": self.task_page,
            "countermeasures": self.counter_page,
            "metatechniques": self.metatechnique_page,
            "actortypes": self.actor_page,
            "incidents": self.incident_page,
            "detections": self.detection_page,
            "responsetypes": self.response_page,
        }
        make, folder = makers[sheet], FOLDERS[sheet][0]
        return {f"{folder}/{entry.id}.md": make(entry) for entry in self.catalogue.entries[sheet]}

    def _title(self, sheet: str, entry: Entry) -> str:
        return f"{FOLDERS[sheet][1]} {entry.id}: {self.style.line(entry.name)}"

    def _text(self, entry: Entry, column: str) -> str:
        return self.style.line(entry.fields[column])

    def _link(self, sheet: str, identity: str) -> str:
        name = self.lookup.entries[sheet][identity].name if identity in self.lookup.entries[sheet] else ""
        label = self.style.label(f"{identity} {name}")
        return f"[{label}](../../generated_pages/{FOLDERS[sheet][0]}/{identity}.md)"

    def _linked(self, sheet: str, ids: Iterable[str]) -> Iterable[str]:
        return (f"| {self._link(sheet, identity)} |\n" for identity in ids)

    def _counter_rows(self, counters: Iterable[Entry]) -> str:
        return "".join(
            f"| {self._link('countermeasures', counter.id)} | {self.style.cell(counter.fields['responsetype'])} |\n"
            for counter in counters
        )

    def _countered_by(self, edges: Iterable[Edge]) -> str:
        return self._counter_rows(self.lookup.entries["countermeasures"][edge.left] for edge in edges)

    def _by_response(self, counters: Iterable[Entry]) -> str:
        return self._counter_rows(sorted(counters, key=lambda entry: (entry.fields["responsetype"], entry.id)))

    def _described(self, edges: Iterable[Edge]) -> str:
        """Rows of techniques with what is said of each, a row an edge."""
        return "".join(f"| {self._link('techniques', edge.right)} | {self.style.cell(edge.text)} |\n" for edge in edges)

    def _seen_in(self, edges: Iterable[Edge]) -> str:
        """Rows of incidents, one each: what several rows say of the same incident stands in one cell."""
        texts: dict[str, list[str]] = {}
        for edge in edges:
            texts.setdefault(edge.left, []).append(self.style.cell(edge.text))
        return "".join(
            f"| {self._link('incidents', incident)} | {self.style.joint.join(said)} |\n"
            for incident, said in texts.items()
        )

    def phase_page(self, entry: Entry) -> str:
        return page(self._title("phases", entry), fields(("**Summary:**", self._text(entry, "summary"))))

    def task_page(self, entry: Entry) -> str:
        return page(
            self._title("tasks", entry),
            fields(
                ("**Summary:**", self._text(entry, "summary")),
                ("**Belongs to tactic stage:**", self._text(entry, "tactic_id")),
            ),
        )

    def tactic_page(self, entry: Entry) -> str:
        return page(
            self._title("tactics", entry),
            fields(
                ("**Summary:**", self._text(entry, "summary")),
                ("**Belongs to phase:**", self._text(entry, "phase_id")),
            ),
            "\n\n",
            simple_table(
                "Tasks", self._linked("tasks", (t.id for t in self.lookup.members("tasks", "tactic_id", entry.id)))
            ),
            "\n",
            simple_table(
                "Techniques",
                self._linked("techniques", (t.id for t in self.lookup.members("techniques", "tactic_id", entry.id))),
            ),
            "\n",
            templates.counters_table(self._by_response(self.lookup.members("countermeasures", "tactic", entry.id))),
        )

    def technique_page(self, entry: Entry) -> str:
        tactic = next(iter(self.lookup.belongs("techniques", "tactic_id", entry.id)), entry.fields["tactic_id"])
        tactic_name = self.lookup.entries["tactics"][tactic].name if tactic in self.lookup.entries["tactics"] else ""
        parent_id, dot, _ = entry.id.rpartition(".")
        parent = self.lookup.entries["techniques"].get(parent_id) if dot else None
        return page(
            self._title("techniques", entry),
            templates.technique_head(
                self.template,
                self._text(entry, "summary"),
                (tactic, self.style.line(tactic_name)),
                f"{parent.id} {self.style.line(parent.name)}" if parent else "",
            ),
            templates.technique_tables(
                self.template,
                self._described(self.lookup.associated.get(entry.id, ())),
                self._seen_in(self.lookup.codings_of_technique.get(entry.id, ())),
                self._countered_by(self.lookup.counters_of_technique.get(entry.id, ())),
            ),
        )

    def incident_page(self, entry: Entry) -> str:
        by, where = self._text(entry, "attributions_seen"), self._text(entry, "found_in_country")
        return page(
            self._title("incidents", entry),
            fields(
                ("**Summary:**", self._text(entry, "summary")),
                ("**incident type**:", self._text(entry, "objecttype")),
                ("**Year started:**", self._text(entry, "year_started")),
                ("**Countries:**", f"{by} , {where}"),
                ("**Found via:**", self._text(entry, "found_via")),
                ("**Date added:**", self._text(entry, "when_added")),
            ),
            templates.incident_tables(
                self.references.get(entry.id, ""),
                self._described(self.lookup.codings_of_incident.get(entry.id, ())),
            ),
        )

    def counter_page(self, entry: Entry) -> str:
        return page(
            self._title("countermeasures", entry),
            fields(
                ("**Summary**:", self._text(entry, "summary")),
                ("**Playbooks**:", self._playbooks(entry)),
                ("**Metatechnique**:", self._text(entry, "metatechnique")),
                ("**Resources needed:**", self._text(entry, "resources_needed")),
                ("**Belongs to tactic stage**:", head_id(self._text(entry, "tactic"))),
            ),
            "\n",
            self._action_tables(entry, "Counters", self.lookup.of_counter),
        )

    def detection_page(self, entry: Entry) -> str:
        return page(
            self._title("detections", entry),
            fields(
                ("**Summary**:", self._text(entry, "summary")),
                ("**Playbooks**:", self._playbooks(entry)),
                ("**Metatechnique**:", self._belonging(entry, "metatechnique", "metatechniques")),
                ("**Resources needed:**", self._text(entry, "resources_needed")),
                ("**Belongs to tactic stage**:", self._belonging(entry, "tactic", "tactics")),
            ),
            "\n",
            self._action_tables(entry, "Detects", self.lookup.of_detection),
        )

    def _belonging(self, entry: Entry, column: str, sheet: str) -> str:
        """Links to what a detection belongs to, or the cell's text if that is nothing known."""
        links = [self._link(sheet, identity) for identity in self.lookup.belongs("detections", column, entry.id)]
        return ", ".join(links) or self._text(entry, column)

    def _playbooks(self, entry: Entry) -> str:
        return "<br>".join(self.style.line(text) for text in self.catalogue.playbooks.get(entry.id, ()))

    def _action_tables(self, entry: Entry, verb: str, edges: Mapping[str, Groups]) -> str:
        """What a counter or a detection works with and on."""
        found = {sheet: [edge.right for edge in groups.get(entry.id, ())] for sheet, groups in edges.items()}
        actors = "".join(
            f"| {self._link('actortypes', actor)} | "
            f"{self.style.cell(self.lookup.entries['actortypes'][actor].fields['sector_ids'])} |\n"
            for actor in found["actortypes"]
        )
        return "\n".join(
            (
                templates.actors_table(actors),
                simple_table(f"{verb} these Tactics", self._linked("tactics", found["tactics"])),
                simple_table(f"{verb} these Techniques", self._linked("techniques", found["techniques"])),
                simple_table("Seen in incidents", self._linked("incidents", found["incidents"])),
            )
        )

    def metatechnique_page(self, entry: Entry) -> str:
        return page(
            self._title("metatechniques", entry),
            fields(("**Summary:**", self._text(entry, "summary"))),
            "\n",
            templates.counters_table(
                self._by_response(self.lookup.members("countermeasures", "metatechnique", entry.id))
            ),
            "\n",
        )

    def actor_page(self, entry: Entry) -> str:
        return page(
            self._title("actortypes", entry),
            fields(
                ("**Summary:**", self._text(entry, "summary")),
                ("**Sector:**", self._text(entry, "sector_ids")),
                ("**Viewpoint:**", self._text(entry, "framework_ids")),
            ),
            "\n",
            templates.counters_table(self._countered_by(self.lookup.counters_of_actor.get(entry.id, ()))),
        )

    def response_page(self, entry: Entry) -> str:
        return page(
            self._title("responsetypes", entry),
            fields(("**Summary:**", self._text(entry, "summary"))),
            "\n",
            templates.counters_table(
                self._by_response(self.lookup.members("countermeasures", "responsetype", entry.id))
            ),
            "\n",
            simple_table(
                "Detections",
                self._linked("detections", (d.id for d in self.lookup.members("detections", "responsetype", entry.id))),
            ),
        )
