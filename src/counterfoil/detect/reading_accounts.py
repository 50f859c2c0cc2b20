"""The table of accounts: those that post, with what their posts or a file of accounts tell of them."""

from typing import TYPE_CHECKING

from counterfoil.detect.reading_fields import AUTHOR_FIELDS
from counterfoil.detect.reading_landing import Landing
from counterfoil.detect.reading_rejects import NO_ACCOUNT, NO_JSON, REJECTED
from counterfoil.detect.reading_select import Plan, accounts_query, integer_id
from counterfoil.detect.reading_tables import Source

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def make_accounts(landing: Landing) -> None:
    """`accounts`, one row for each account that posts, with what its posts tell of it; and `namings`."""
    connection = landing.connection
    told = ", ".join(
        f"any_value({name}) AS {name}"
        if name in landing.known
        else f"CAST(NULL AS {'BIGINT' if name in ('created', 'followers') else 'VARCHAR'}) AS {name}"
        for name in (*AUTHOR_FIELDS, "platform")
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE accounts AS SELECT account, any_value(account_key) AS account_key, {told} "
        f"FROM ({landing.authors()}) AS authors GROUP BY account"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE more_namings (account BIGINT, handle VARCHAR, name VARCHAR, moment BIGINT)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP VIEW namings AS SELECT account, handle, name, moment FROM arrived "
        "WHERE handle IS NOT NULL OR name IS NOT NULL UNION ALL SELECT account, handle, name, moment FROM more_namings"
    )


def fill_accounts(connection: "DuckDBPyConnection", source: Source, plan: Plan) -> None:
    """Add what a file of accounts (or the list of accounts beside the posts) tells.

    An account is known by its key, on its platform if both sides name one. What is told here wins over what posts
    tell; of several rows of an account, the first that tells a field.
    """
    if plan.places and source.is_json and "includes.users" in source.samples:
        source = _users(connection, source)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE told AS {accounts_query(source, plan)}")
    bad = "broken IS NOT NULL OR account_key IS NULL"
    connection.execute(
        f"INSERT INTO {REJECTED} SELECT ?, NULL, "
        f"CASE WHEN broken IS NOT NULL THEN '{NO_JSON}' ELSE '{NO_ACCOUNT}' END, "
        f"coalesce(broken, CAST(to_json({{handle: handle, name: name}}) AS VARCHAR)) FROM told WHERE {bad}",
        [source.name],
    )
    connection.execute(f"DELETE FROM told WHERE {bad}")
    columns = ", ".join(f"any_value(t.{name}) AS {name}" for name in AUTHOR_FIELDS)
    new_id = integer_id("t.account_key", "coalesce(t.platform, chr(0))")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE matched AS SELECT coalesce(a.account, {new_id}) AS account, t.account_key, "
        f"coalesce(any_value(a.platform), any_value(t.platform)) AS platform, {columns} FROM told AS t "
        "LEFT JOIN accounts AS a ON a.account_key = t.account_key AND coalesce(a.platform = t.platform, true) "
        "GROUP BY 1, 2"
    )
    updated = ", ".join(f"{name} = coalesce(m.{name}, accounts.{name})" for name in AUTHOR_FIELDS)
    connection.execute(f"UPDATE accounts SET {updated} FROM matched AS m WHERE m.account = accounts.account")
    connection.execute(
        "INSERT INTO accounts BY NAME SELECT * FROM matched WHERE account NOT IN (SELECT account FROM accounts)"
    )
    connection.execute("DROP TABLE told")
    connection.execute("DROP TABLE matched")


def _users(connection: "DuckDBPyConnection", source: Source) -> Source:
    from counterfoil.detect.reading_tables import with_records

    return with_records(connection, source, "includes.users")
