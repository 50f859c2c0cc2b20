"""Lint: what is wrong with DISARM's workbooks, or with the user's own incidents. One rule a file, in rules/."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from counterfoil.errors import UsageError
from counterfoil.registry import Registry

if TYPE_CHECKING:
    from counterfoil.lint.dataset import Dataset
    from counterfoil.lint.finding import Finding
    from counterfoil.lint.rule import Rule

_IN = "counterfoil.lint.rules."

#: One line per rule. Fixes are made in this order.
RULES = Registry(
    "lint_rule",
    {
        "DL001": _IN + "blank_in_id:check",
        "DL002": _IN + "unknown_id:check",
        "DL003": _IN + "inline_name:check",
        "DL004": _IN + "cited_not_listed:check",
        "DL005": _IN + "listed_not_cited:check",
        "DL006": _IN + "repeated_pair:check",
        "DL007": _IN + "same_text:check",
        "DL008": _IN + "incident_without_technique:check",
        "DL009": _IN + "unused_technique:check",
        "DL010": _IN + "counter_unknown_technique:check",
        "DL011": _IN + "counter_old_tactic:check",
        "DL012": _IN + "counter_stale_name:check",
        "DL013": _IN + "url_not_listed:check",
        "DL014": _IN + "not_a_url:check",
        "DL015": _IN + "shared_url:check",
        "DL016": _IN + "no_url:check",
        "DL017": _IN + "empty_field:check",
        "DL018": _IN + "unknown_country:check",
        "DL019": _IN + "unbalanced_html:check",
        "DL020": _IN + "breaks_table:check",
        "DL021": _IN + "markdown_in_html:check",
        "DL022": _IN + "spelling_drift:check",
        "DL023": _IN + "duplicate_name:check",
        "DL024": _IN + "duplicate_id:check",
        "DL025": _IN + "blank_row:check",
        "DL026": _IN + "one_way_association:check",
        "DL027": _IN + "example_nowhere:check",
        "DL028": _IN + "no_space_after_stop:check",
        "DL029": _IN + "longname:check",
        "DL030": _IN + "blank_in_name:check",
        "DL031": _IN + "malformed_id:check",
        "DL032": _IN + "other_version:check",
    },
)


def load_rules(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> "list[Rule]":
    """The rules of these ids or names (none named: all), without the ignored ones.

    Raises:
        UsageError: there is no such rule.
    """
    rules: list[Rule] = [RULES.load(name) for name in RULES.names()]
    called = {key: rule for rule in rules for key in (rule.id, rule.name)}
    for key in (*select, *ignore):
        if key not in called:
            from difflib import get_close_matches

            near = get_close_matches(key, called, n=2)
            hint = f"Did you mean {' or '.join(near)}?" if near else "See: counterfoil lint --explain all."
            raise UsageError(f"There is no lint rule {key!r}.", hint)
    left_out = {called[key].id for key in ignore}
    chosen = {called[key].id for key in select} or {rule.id for rule in rules}
    return [rule for rule in rules if rule.id in chosen - left_out]


def lint(dataset: "Dataset", rules: "Iterable[Rule]") -> "list[Finding]":
    """What the rules find, in the order of the sheets, rows and columns."""
    sheets = {name: place for place, name in enumerate(dataset.sheets)}
    columns = {name: {c: i for i, c in enumerate(sheet.columns)} for name, sheet in dataset.sheets.items()}
    found = [finding for rule in rules for finding in rule.run(dataset)]
    return sorted(found, key=lambda f: (sheets[f.sheet], f.row, columns[f.sheet].get(f.column, -1), f.rule))
