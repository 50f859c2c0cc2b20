"""Who may read what is served: tokens, each up to a marking level."""

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counterfoil.errors import UsageError
from counterfoil.model.marking import Tlp
from counterfoil.workflow.feed import LEVELS

if TYPE_CHECKING:
    from counterfoil.kb.feed import Feed
    from counterfoil.kb.feed_tokens import Token
    from counterfoil.kb.workspace import Workspace

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")  #: no colon: HTTP's Basic scheme ends the name at one


@dataclass(frozen=True, slots=True)
class Reader:
    """Who bears a token: its name, and the highest level that they may read."""

    name: str
    level: Tlp


def new_token(workspace: "Workspace", name: str, level: Tlp, at: str) -> str:
    """Make a token; returns its secret, which is stored nowhere.

    Raises:
        UsageError: the name is taken or cannot be used, or nothing of that level is served.
    """
    from counterfoil.kb.feed import Feed
    from counterfoil.kb.feed_tokens import Token, add_token

    if not _NAME.fullmatch(name):
        raise UsageError(f"A token cannot be called {name!r}.", "Use up to 64 letters, digits, dots and dashes.")
    if level not in LEVELS:
        raise UsageError(
            f"{level.label} is for those present only; it is never served.", f"Choose one of: {', '.join(LEVELS)}."
        )
    secret = secrets.token_urlsafe(32)
    with Feed.open(workspace.folder).writing() as store:
        add_token(store, Token(name, level.rank, at), secret)
    return secret


def tokens(workspace: "Workspace") -> "list[Token]":
    """All tokens, revoked ones too."""
    from counterfoil.kb.feed import Feed
    from counterfoil.kb.feed_tokens import list_tokens

    with Feed.open(workspace.folder).reading() as store:
        return list_tokens(store)


def revoke(workspace: "Workspace", name: str, at: str) -> "Token":
    """Let a token open nothing any more, from the next request on.

    Raises:
        UsageError: there is none of that name.
    """
    from counterfoil.kb.feed import Feed
    from counterfoil.kb.feed_tokens import revoke_token

    with Feed.open(workspace.folder).writing() as store:
        return revoke_token(store, name, at)


def reader(feed: "Feed", secret: str, name: str = "") -> Reader | None:
    """Who bears that token (under that name, if one is given); None if nobody does."""
    from counterfoil.kb.feed_tokens import token_of

    with feed.reading() as store:
        token = token_of(store, secret, name)
    return Reader(token.name, LEVELS[token.level]) if token else None
