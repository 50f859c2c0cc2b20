"""The steps of the job, each joining capabilities that do not know each other.

read -> code -> store -> decide -> assemble -> export. Each function takes what it needs (an open
workspace, a kit of coders) and does one step; the command line and the web call these and nothing below.
"""

from counterfoil.workflow.casefiles import draft_case, everything, proposed_name, with_case
from counterfoil.workflow.cases import assemble, decide, new_incident
from counterfoil.workflow.intake import STDIN, Draft, Failure, Sources, code, drafts, expand, read, store
from counterfoil.workflow.kit import Kit, load_codebook, load_kit, now
from counterfoil.workflow.measuring import measure_lines
from counterfoil.workflow.sharing import Sharing, share

__all__ = [
    "STDIN",
    "Draft",
    "Failure",
    "Kit",
    "Sharing",
    "Sources",
    "assemble",
    "code",
    "decide",
    "draft_case",
    "drafts",
    "everything",
    "expand",
    "load_codebook",
    "load_kit",
    "measure_lines",
    "new_incident",
    "now",
    "proposed_name",
    "read",
    "share",
    "store",
    "with_case",
]
