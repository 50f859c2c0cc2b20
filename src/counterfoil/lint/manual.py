"""The manual of all rules, made of their docstrings: docs/lint.md is this text, so that it cannot lie."""

from collections.abc import Sequence

from counterfoil.lint.dataset import Origin
from counterfoil.lint.rule import Rule

_HEAD = """# Lint

`counterfoil lint [PATH...]` checks DISARM's workbooks, `counterfoil lint --workspace DIR` your own incidents. Give both
workbooks together: many rules compare one with the other. The exit code is 1 if an error was found.

- `--select` and `--ignore` take a rule's id or name; `--severity warning` leaves out infos.
- `--format json`, `sarif` (2.1.0) or `github` (annotations) for other programs.
- `--fix -o FOLDER` writes corrected copies and `edits.csv`, which lists every edit; it never changes the original, and
  it makes only the edits that cannot change a meaning. All else in the workbook stays byte for byte, but an edited cell
  loses formats of single letters. A cell with a formula is left as it is and listed so.
- `--explain RULE` prints a page of this manual.

An *error* breaks a link or states something wrong; a *warning* is a likely fault; an *info* is a gap.

This page is made of the rules' own texts (`pytest tests/lint --update-golden`).
"""


def manual(rules: Sequence[Rule]) -> str:
    """The manual in Markdown: a table of the rules, then one section each."""
    lines = [_HEAD, "| rule | name | severity | applies to |", "|---|---|---|---|"]
    lines += [
        f"| [{rule.id}](#{rule.id.lower()}-{rule.name}) | {rule.name} | {rule.severity} | {applies(rule)} |"
        for rule in rules
    ]
    return "\n".join(lines) + "\n\n" + "\n\n".join(section(rule) for rule in rules) + "\n"


def section(rule: Rule) -> str:
    """One rule's page."""
    return f"## {rule.id} {rule.name}\n\n*{rule.severity}, {applies(rule)}*\n\n{rule.page}"


def applies(rule: Rule) -> str:
    """What data the rule looks at, in words."""
    words = {Origin.WORKBOOK: "workbooks", Origin.WORKSPACE: "workspace"}
    return " and ".join(words[origin] for origin in Origin if origin in rule.applies)
