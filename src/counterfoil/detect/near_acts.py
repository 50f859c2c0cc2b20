"""What the traces of near texts read: for each post the group of near texts that its text is of.

The group is the object on which accounts meet, since what a coincidence is worth depends on how widely the whole group
is posted. But near is not chained: where a window is given, an edge asks for two posts whose own texts are near, so
that edges are made on narrower objects, the near pairs of texts (`Trace.narrow`).
"""

from typing import TYPE_CHECKING

from counterfoil.detect.definition import Definition
from counterfoil.detect.near_search import Looked, near_groups, near_in_window, table
from counterfoil.detect.near_text import Nearness, template_of

if TYPE_CHECKING:
    from counterfoil.detect.duck import Duck

TEXTS = "near_texts"
NARROWEST = 30_000_000  #: rows of posts and near pairs of texts; beyond, edges are made on the groups
TEMPLATES = 1_000  #: the largest groups are shown as templates with slots, the others by one of their texts
WORDINGS = 4  #: texts that a template is told from
LETTERS = 600  #: of a text, for its template
FIXED = 3  #: words that a template has at least


def text_acts(engine: "Duck", definition: Definition) -> str:
    """Make `near_text_acts` (account, object, message, moment, doc) and `near_text_docs` (low, high)."""
    _texts(engine)
    looked = near_in_window(engine, Nearness(window=definition.window), TEXTS)
    _grouped(engine)
    told = looked.told() + _acts(engine, "near_text_acts")
    ((rows,),) = engine.rows("SELECT count(*) FROM near_text_acts JOIN near_docs ON doc = low OR doc = high")
    if rows > NARROWEST:
        engine.connection.execute("UPDATE near_text_acts SET doc = team")
        engine.connection.execute("DELETE FROM near_docs")
        told += " They are so many that posts count as near if a chain of near texts joins them."
    engine.connection.execute("CREATE OR REPLACE TEMP TABLE near_text_docs AS SELECT low, high FROM near_docs")
    _dropped(engine, "near_docs")
    return told


def text_acts_ever(engine: "Duck", _: Definition) -> str:
    """Make `near_text_ever_acts` (account, object, message, moment): posts by groups of near texts of all time."""
    _texts(engine)
    looked: Looked = near_groups(engine, Nearness(), TEXTS)
    told = looked.told() + _acts(engine, "near_text_ever_acts")
    _dropped(engine)
    return told


def narrow_sql(acts: str, docs: str) -> str:
    """A SELECT of the narrower objects: each doc, and each near pair of docs."""
    return (
        f"SELECT account, CAST(doc AS VARCHAR) AS object, message, moment FROM {acts} UNION ALL "
        "SELECT account, CAST(low AS VARCHAR) || ' ' || CAST(high AS VARCHAR) AS object, message, moment FROM "
        f"{acts} JOIN {docs} ON doc = low UNION ALL "
        "SELECT account, CAST(low AS VARCHAR) || ' ' || CAST(high AS VARCHAR) AS object, message, moment FROM "
        f"{acts} JOIN {docs} ON doc = high"
    )


def _texts(engine: "Duck") -> None:
    engine.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {TEXTS} AS SELECT post AS message, account, moment, text FROM posts "
        "WHERE repost_of IS NULL AND text IS NOT NULL"
    )


def _grouped(engine: "Duck") -> None:
    """`near_groups` from `near_docs`: docs that near pairs join in a chain."""
    import numpy as np

    from counterfoil.detect.near_sets import join

    many = int(engine.rows("SELECT coalesce(max(doc), -1) + 1 FROM posted")[0][0])
    labels = np.arange(many)
    pairs = engine.connection.execute("SELECT low, high FROM near_docs").fetchnumpy()
    join(labels, *(np.ma.getdata(pairs[name]).astype(np.int64) for name in ("low", "high")))
    table(engine, "near_groups", doc=np.arange(many), team=labels)


def _acts(engine: "Duck", name: str) -> str:
    """The table of acts, each with its group's label as the object; says how many groups there are."""
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE near_labels AS SELECT team, min(text) AS label, count(DISTINCT doc_of.doc) "
        "AS docs, count(*) AS wordings FROM wordings JOIN doc_of ON doc_of.wording = wordings.wording "
        "JOIN near_groups ON near_groups.doc = doc_of.doc GROUP BY team"
    )
    _show_templates(engine)
    engine.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT account, label AS object, message, moment, posted.doc AS doc, "
        "near_groups.team AS team FROM posted JOIN near_groups ON near_groups.doc = posted.doc "
        "JOIN near_labels ON near_labels.team = near_groups.team"
    )
    ((groups,),) = engine.rows("SELECT count(*) FROM near_labels WHERE docs > 1")
    return f" {groups:,} groups of near texts."


def _show_templates(engine: "Duck") -> None:
    """The largest groups are labelled by what their texts have in common."""
    rows = engine.rows(
        "SELECT team, any_value(wordings_of), list(text ORDER BY place) FROM (SELECT near_groups.team AS team, text, "
        "large.wordings AS wordings_of, row_number() OVER (PARTITION BY near_groups.team ORDER BY hash(text)) AS place "
        "FROM wordings JOIN doc_of ON doc_of.wording = wordings.wording "
        "JOIN near_groups ON near_groups.doc = doc_of.doc JOIN (SELECT team, wordings FROM near_labels WHERE docs > 1 "
        f"ORDER BY wordings DESC, team LIMIT {TEMPLATES}) AS large ON large.team = near_groups.team) AS told "
        f"WHERE place <= {WORDINGS} GROUP BY team ORDER BY team"
    )
    seen: dict[str, int] = {}
    shown = []
    for team, wordings, texts in rows:
        template = template_of([text[:LETTERS] for text in texts])
        if sum(word != "…" for word in template.split()) < FIXED:
            continue
        seen[template] = seen.get(template, 0) + 1
        again = f", {seen[template]}" if seen[template] > 1 else ""
        shown.append((team, f"{template} [{wordings:,} wordings{again}]"))
    engine.connection.execute(
        "UPDATE near_labels SET label = shown.label FROM (SELECT unnest(?::BIGINT[]) AS team, "
        "unnest(?::VARCHAR[]) AS label) AS shown WHERE shown.team = near_labels.team",
        [[team for team, _ in shown], [label for _, label in shown]],
    )


def _dropped(engine: "Duck", *more: str) -> None:
    for name in (TEXTS, "wordings", "doc_of", "posted", "near_groups", "near_labels", *more):
        engine.connection.execute(f"DROP TABLE IF EXISTS {name}")
