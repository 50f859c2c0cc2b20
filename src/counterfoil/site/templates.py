"""The page templates, one function a kind of page: fields and finished table rows in, text out.

The layout is DISARM's, blank for blank, so that its own site and scripts can take our pages over.
"""

from collections.abc import Iterable

MARKER = "DO NOT EDIT ABOVE THIS LINE - PLEASE ADD NOTES BELOW"  #: what people write below it is kept

#: name -> how a technique page says where the technique belongs
TEMPLATES = {
    "current": "DISARM's pages since February 2025",
    "one-line": "as current, but tactic and parent technique on one line, as some pages of that winter have it",
    "2024-11": "DISARM's pages of November 2024: the tactic's id only, no associated techniques",
}

_INCIDENTS = "| Incident | Descriptions given for this incident |\n| -------- | -------------------- |\n"
_COUNTERS = "| Counters | Response types |\n| -------- | -------------- |\n"
_ACTORS = "| Actor types | Sectors |\n| ----------- | ------- |\n"
_TECHNIQUES = "| Technique | Description given for this incident |\n| --------- | ------------------------- |\n"
_ASSOCIATED = "| Associated Technique | Description |\n| --------- | ------------------------- |\n"
_REFERENCES = "| Reference | Pub Date | Authors | Org | Archive |\n| --------- | -------- | ------- | --- | ------- |\n"


def page(title: str, *blocks: str) -> str:
    """A page with its title, its blocks and the line below which notes are kept."""
    return f"# {title}\n\n{''.join(blocks)}{MARKER}"


def fields(*pairs: tuple[str, str]) -> str:
    """A list of "* label value" items; the label has its own asterisks and colon, for they vary."""
    return "".join(f"* {label} {value}\n\n" for label, value in pairs)


def simple_table(heading: str, rows: Iterable[str]) -> str:
    """A table of one column, its rule as long as its heading."""
    return f"| {heading} |\n| {'-' * len(heading)} |\n{''.join(rows)}\n\n"


def technique_head(template: str, summary: str, tactic: tuple[str, str], parent: str) -> str:
    """Summary and place of a technique: its tactic as (id, name), its parent as "id name" or ""."""
    identity, name = tactic
    if template == "2024-11":
        return fields(("**Summary**:", summary), ("**Belongs to tactic stage**:", identity)) + "\n"
    breaks = "" if template == "one-line" else "<br><br>"
    belongs = f"{breaks}**Parent Technique:** {parent}" if parent else ""
    return f"**Summary**: {summary}\n\n**Tactic**: {identity} {name} {belongs}\n\n\n"


def technique_tables(template: str, associated: str, incidents: str, counters: str) -> str:
    """The tables of a technique page from their finished rows."""
    first = "" if template == "2024-11" else f"{_ASSOCIATED}{associated}\n\n\n"
    return f"{first}{_INCIDENTS}{incidents}\n\n\n{_COUNTERS}{counters}\n\n"


def incident_tables(references: str, techniques: str) -> str:
    """The tables of an incident page; the lone blank between them is DISARM's."""
    return f"\n{_REFERENCES}{references}\n \n\n{_TECHNIQUES}{techniques}\n\n"


def counters_table(counters: str) -> str:
    """The table of counters that ends most pages."""
    return f"{_COUNTERS}{counters}\n\n"


def actors_table(actors: str) -> str:
    """The table of actor types with their sectors."""
    return f"{_ACTORS}{actors}\n\n"
