"""Events of a data set with planted groups, made by the benchmarks' generator, and a few made by hand."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from counterfoil.detect.definition import SECOND
from counterfoil.detect.duck import Duck

KINDS = ("repost_of", "url", "reply_to", "text")


def generator() -> ModuleType:
    """benchmarks/detect_data.py, which is no part of the package."""
    if "detect_data" not in sys.modules:
        spec = spec_from_file_location("detect_data", Path(__file__).parents[2] / "benchmarks" / "detect_data.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules["detect_data"] = module = module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules["detect_data"]


def load(engine: Duck, folder: Path, **recipe: Any) -> None:
    """A data set as the tables `posted` (post, account, moment, and what was shared) and `truth` (account, team)."""
    made = generator()
    made.write(engine.connection, made.Recipe(**recipe), folder)
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE posted AS SELECT row_number() OVER (ORDER BY post_id) AS post, "
        "substr(account, 2)::BIGINT AS account, epoch_us(time::TIMESTAMP) AS moment, repost_of, reply_to, "
        "urls[1] AS url, text, repost_of IS NULL AND reply_to IS NULL AND len(urls) = 0 AS own "
        f"FROM '{folder / 'posts.parquet'}'"
    )
    engine.connection.execute(
        'CREATE OR REPLACE TEMP TABLE truth AS SELECT substr(account, 2)::BIGINT AS account, "group" AS team '
        f"FROM '{folder / 'truth.parquet'}'"
    )


def share(engine: Duck, kind: str) -> None:
    """The events of one kind of sharing."""
    where = "own" if kind == "text" else f"{kind} IS NOT NULL"
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE events AS SELECT post AS message, account, moment, "
        f"(hash({kind}) >> 1)::BIGINT AS object FROM posted WHERE {where}"
    )


def events(engine: Duck, rows: list[tuple[int, int, int]]) -> None:
    """Events by hand: account, second, object; the message is the row's number."""
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE events AS SELECT unnest(?)::BIGINT AS message, unnest(?)::BIGINT AS account, "
        f"unnest(?)::BIGINT * {SECOND} AS moment, unnest(?)::BIGINT AS object",
        [list(range(len(rows))), *([list(column) for column in zip(*rows, strict=True)])],
    )
