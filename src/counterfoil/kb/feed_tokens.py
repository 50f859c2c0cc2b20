"""The tokens that open what is served. Only their hashes are kept."""

import sqlite3
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest

from counterfoil.errors import UsageError


@dataclass(frozen=True, slots=True)
class Token:
    """A token by its name: up to which marking level it opens (0 for CLEAR), since when, and when it was revoked
    (ISO 8601 times in UTC; empty while it counts)."""

    name: str
    level: int
    created: str
    revoked: str = ""


def add_token(connection: sqlite3.Connection, token: Token, secret: str) -> None:
    """Store a new token.

    Raises:
        UsageError: there is a token of that name.
    """
    taken = connection.execute("SELECT 1 FROM tokens WHERE name = ?", (token.name,)).fetchone()
    if taken:
        raise UsageError(f"There is a token {token.name!r} already.", "See: counterfoil taxii token list.")
    row = (token.name, _hash(secret), token.level, token.created, token.revoked)
    connection.execute("INSERT INTO tokens VALUES (?, ?, ?, ?, ?)", row)


def list_tokens(connection: sqlite3.Connection) -> list[Token]:
    """All tokens, by name."""
    query = "SELECT name, level, created, revoked FROM tokens ORDER BY name"
    return [Token(*row) for row in connection.execute(query)]


def revoke_token(connection: sqlite3.Connection, name: str, at: str) -> Token:
    """Let a token open nothing from now on.

    Raises:
        UsageError: there is none of that name.
    """
    found = next((one for one in list_tokens(connection) if one.name == name), None)
    if found is None:
        raise UsageError(f"There is no token {name!r}.", "See: counterfoil taxii token list.")
    connection.execute("UPDATE tokens SET revoked = ? WHERE name = ? AND revoked = ''", (at, name))
    return Token(found.name, found.level, found.created, found.revoked or at)


def token_of(connection: sqlite3.Connection, secret: str, name: str = "") -> Token | None:
    """The token with that secret (and that name, if one is given), unless it was revoked.

    Every stored hash is compared, each in constant time: how long it takes tells nothing about any of them.
    """
    given, found = _hash(secret), None
    query = "SELECT name, hash, level, created, revoked FROM tokens"
    for known, digest, level, created, revoked in connection.execute(query):
        if compare_digest(given, digest):
            found = Token(known, level, created, revoked)
    if found is None or found.revoked:
        return None
    named = compare_digest(name.encode("utf-8", "surrogatepass"), found.name.encode())
    return found if named or not name else None


def _hash(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
