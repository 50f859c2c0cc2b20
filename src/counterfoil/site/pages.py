"""All pages of a framework: `generate` makes their texts, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from counterfoil.errors import InputError, UsageError
from counterfoil.model.sheet import Master
from counterfoil.site import careful, faithful
from counterfoil.site.catalogue import Catalogue, Edge, Finding
from counterfoil.site.indexes import counts_by_response, indexes
from counterfoil.site.matrix import matrices
from counterfoil.site.render import FOLDERS, Site
from counterfoil.site.style import AsItIs, Safe, Style
from counterfoil.site.templates import MARKER, TEMPLATES

PAGES = "generated_pages"  #: the folder that the pages' own links name
FILES = "generated_files"  #: beside it: the clickable frameworks and the tables of ids
_ONLY_COMPLETE = ("detections", "responsetypes")  #: kinds that DISARM links to but has no pages of


@dataclass(frozen=True, slots=True)
class Settings:
    """`exact` writes what DISARM's generator writes, faults included; `template` is one of TEMPLATES."""

    exact: bool = False
    template: str = "current"


@dataclass(frozen=True, slots=True)
class Pages:
    """Texts by path below the output folder, each ending at the marker line or having none.

    `findings` accounts for every token of the workbooks that no page links; exact pages have none, for
    DISARM's generator says nothing about what it drops. `catalogue` is what the pages were made from.
    """

    texts: Mapping[str, str] = field(repr=False)
    findings: tuple[Finding, ...]
    catalogue: Catalogue = field(repr=False)


def generate(master: Master, settings: Settings = Settings()) -> Pages:
    """The texts of all pages of these workbooks.

    Raises:
        UsageError: there is no such template.
        InputError: a sheet or column is missing, an exact page could not be named or told from its notes.
    """
    if settings.template not in TEMPLATES:
        raise UsageError(f"There is no template {settings.template!r}.", f"Choose one of: {', '.join(TEMPLATES)}.")
    if settings.exact:
        catalogue, findings = faithful.read(master), ()
        return Pages(_texts(catalogue, AsItIs(), settings), findings, catalogue)
    catalogue, found = careful.read(master)
    if settings.template == "2024-11":
        found += tuple(_without_a_table(edge) for edge in catalogue.associated)
    return Pages(_texts(catalogue, Safe(), settings), found, catalogue)


def _without_a_table(edge: Edge) -> Finding:
    why = "the template of November 2024 has no table of associated techniques"
    return Finding("no-place", edge.sheet, edge.row, edge.column, edge.right, why)


def _texts(catalogue: Catalogue, style: Style, settings: Settings) -> dict[str, str]:
    site = Site.of(catalogue, style, settings.template)
    texts: dict[str, str] = {}
    for sheet in FOLDERS:
        if not (settings.exact and sheet in _ONLY_COMPLETE):
            for path, text in site.pages(sheet).items():
                texts[f"{PAGES}/{path}"] = _checked(path, text)
    for path, text in {**indexes(catalogue, style), **counts_by_response(catalogue, style)}.items():
        texts[f"{PAGES}/{path}"] = text
    return {**texts, **matrices(catalogue, style)}


def _checked(path: str, text: str) -> str:
    """The text, if its page stays in its folder and its notes can be found again."""
    if path.count("/") != 1 or "\\" in path or "\0" in path:
        raise InputError(f"No page can be named {path!r}.", "Correct the id in the workbook, or leave out --exact.")
    if text.count(f"\n{MARKER}") != 1:
        raise InputError(
            f"A cell on the page {path} has the line below which notes are kept.",
            "Correct the cell in the workbook, or leave out --exact.",
        )
    return text
