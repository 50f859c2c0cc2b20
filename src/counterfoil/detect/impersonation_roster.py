"""Who may be impersonated: a roster of candidates, ministries and media, and the accounts to hold against it."""

import csv
import gzip
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from counterfoil.detect.reading_fields import ACCOUNT_FIELDS, suggest
from counterfoil.errors import InputError, ReadError

SAMPLE = 200
_ENTRIES = ("entries", "roster", "accounts", "users", "data", "items")
_TEXTS = ("name", "bio", "kind")
#: lists, with what else their columns are called
_LISTS = {
    "aliases": ("alias", "also_known_as", "aka", "other_names"),
    "handles": ("handle", "username", "usernames", "account", "accounts"),
    "domains": ("domain", "website", "websites", "site", "url", "urls"),
    "pictures": ("picture", "image", "avatar"),
}
_READ = frozenset((*_TEXTS, "created", *_LISTS, *(one for others in _LISTS.values() for one in others)))
_HINT = "Its columns are: name, kind, aliases, handles, domains, pictures, bio, created; several values with ';'."


@dataclass(frozen=True, slots=True)
class Known:
    """One that may be impersonated.

    Args:
        aliases: other names that it goes by, in any script.
        handles: its own accounts; "platform:handle", or a handle that is its own everywhere.
        pictures: perceptual hashes, or addresses, of pictures it shows itself with.
        kind: candidate, ministry, media or whatever the roster says.
        created: when its own account was made (microseconds, UTC), if known.
    """

    name: str
    aliases: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    bio: str = ""
    kind: str = ""
    created: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    @property
    def bare_handles(self) -> tuple[str, ...]:
        """The handles without their platforms."""
        return tuple(dict.fromkeys(one.rpartition(":")[2].lstrip("@") for one in self.handles))

    def owns(self, account: "Account") -> bool:
        """Whether the account is one of its own, by handle or key, and platform where both say one."""
        theirs = {one.lstrip("@").casefold() for one in (account.handle, account.key) if one}
        for one in self.handles:
            platform, _, handle = one.rpartition(":")
            elsewhere = platform and account.platform and platform.casefold() != account.platform.casefold()
            if handle.lstrip("@").casefold() in theirs and not elsewhere:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Account:
    """An account as a data set has it; `created` in microseconds, UTC."""

    key: str
    handle: str = ""
    name: str = ""
    bio: str = ""
    picture: str = ""
    platform: str = ""
    created: int | None = None
    followers: int | None = None

    @property
    def called(self) -> str:
        """How it is named to the reader."""
        return f"@{self.handle.lstrip('@')}" if self.handle else self.key


@dataclass(slots=True)
class ReadAccounts:
    """What a file of accounts gave: the accounts, and what was wrong with the rows left out."""

    accounts: list[Account] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Owners:
    """Which accounts of the data are the roster's own: by place in the roster, and all their places."""

    of: dict[int, list[Account]]
    taken: frozenset[int]


def owners_of(known: list[Known], given: list[Account]) -> Owners:
    """Find the roster's own accounts among those of the data."""
    by_handle: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(known):
        for handle in one.bare_handles:
            by_handle[handle.casefold()].append(place)
    of: dict[int, list[Account]] = defaultdict(list)
    taken = set()
    for at, account in enumerate(given):
        names = {account.handle.lstrip("@").casefold(), account.key.lstrip("@").casefold()} - {""}
        for place in {place for name in names for place in by_handle.get(name, ())}:
            if known[place].owns(account):
                of[place].append(account)
                taken.add(at)
    return Owners(of, frozenset(taken))


def read_roster(path: Path, problems: list[str] | None = None) -> list[Known]:
    """A roster from CSV (a header, lists with ";") or JSON (a list of objects, or JSON Lines).

    Args:
        problems: is told of columns that are not read.

    Raises:
        InputError: it cannot be read, has no names, or says something that is no value of its column.
    """
    found = []
    unread: dict[str, None] = {}
    for place, row in enumerate(records(path), start=1):
        plain = {str(key).strip().lower().replace(" ", "_"): value for key, value in row.items() if key}
        unread |= dict.fromkeys(name for name in plain if name not in _READ)
        values: dict[str, Any] = {name: str(plain.get(name) or "").strip() for name in _TEXTS}
        values |= {
            name: tuple(dict.fromkeys(one for each in (name, *others) for one in _list(plain.get(each))))
            for name, others in _LISTS.items()
        }
        if not values["name"]:
            raise InputError(f"Entry {place} of the roster {path} has no name.", _HINT)
        written = str(plain.get("created") or "").strip()
        values["created"] = moment_of(written)
        if written and values["created"] is None:
            raise InputError(
                f"Entry {place} of the roster {path} says created {written!r}, which is no date.", "Write 2024-03-01."
            )
        found.append(Known(**values))
    if not found:
        raise InputError(f"The roster {path} names nobody.", _HINT)
    if unread and problems is not None:
        problems.append(f"{path.name}: not read: {', '.join(unread)}. {_HINT}")
    return found


def read_accounts(path: Path, maps: Mapping[str, str] | None = None) -> ReadAccounts:
    """The accounts of a CSV or JSON file; columns by their names or as `maps` (field -> column) says.

    Rows without an account are counted as problems, accounts told twice are taken once, the fuller telling first.

    Raises:
        InputError: it cannot be read, or no column holds accounts.
        UsageError: `maps` names a column that is not there.
    """
    rows = list(records(path))
    columns = list(dict.fromkeys(name for row in rows[:SAMPLE] for name in row if name))
    samples: dict[str, list[object]] = {name: [row.get(name) for row in rows[:SAMPLE]] for name in columns}
    chosen = {name: one.column for name, one in suggest(columns, samples, ACCOUNT_FIELDS, maps or {}).items()}
    if "handle" not in chosen and _goes_by_handle(chosen.get("account", "")):
        chosen["handle"] = chosen["account"]
    if not rows or not {"account", "handle", "name"} & set(chosen):
        told = ", ".join(columns[:20]) or "none"
        raise InputError(f"{path} has no column of accounts.", f"Name one account, handle or name; it has: {told}.")
    made = ReadAccounts()
    by_key: dict[tuple[str, str], Account] = {}
    for place, row in enumerate(rows, start=1):
        account = _account({name: row.get(column) for name, column in chosen.items()})
        if not account.key:
            made.problems.append(f"{path.name}, row {place}: no account")
            continue
        key = (account.platform.casefold(), account.key)
        before = by_key.get(key)
        if before is None or _told(account) > _told(before):
            by_key[key] = account
    made.accounts = list(by_key.values())
    return made


def _goes_by_handle(column: str) -> bool:
    """Whether the column that tells accounts apart holds their handles, by its name."""
    return column.strip().lower().replace(" ", "_") in ACCOUNT_FIELDS["handle"].split()


def records(path: Path) -> Iterator[Mapping[str, Any]]:
    """The records of a CSV, TSV, JSON or JSON Lines file (also .gz), as they stand.

    Raises:
        ReadError: it cannot be read, or is none of these.
    """
    try:
        content = path.read_bytes()
        text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is damaged or not UTF-8"
        raise ReadError(f"{path} cannot be read: {reason}.", "Give CSV or JSON in UTF-8.") from error
    if text.lstrip()[:1] in ("[", "{"):
        yield from _of_json(path, text)
        return
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise ReadError(f"{path} is broken as CSV: {error}.", "Look for a quote that is not closed.") from error


def moment_of(written: object) -> int | None:
    """A time as microseconds UTC: ISO 8601 (UTC where no zone is named) or a number since 1970; None if it is none."""
    text = str(written or "").strip()
    if not text:
        return None
    if text.isdigit() and len(text) >= 9:
        number = int(text)
        return next((number * unit for top, unit in ((11, 10**6), (14, 1000), (17, 1)) if len(text) <= top), None)
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    time = time if time.tzinfo else time.replace(tzinfo=UTC)
    since = time - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _of_json(path: Path, text: str) -> Iterator[Mapping[str, Any]]:
    try:
        try:
            told = json.loads(text)
        except ValueError:
            told = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{path} is broken as JSON: {error}.", "Give a list of objects, or one a line.") from error
    if isinstance(told, dict):
        told = next((told[name] for name in _ENTRIES if isinstance(told.get(name), list)), [told])
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise ReadError(f"{path} holds no list of objects.", "Give a list of objects, or one a line.")
    yield from told


def _account(values: Mapping[str, object]) -> Account:
    said = {name: str(value).strip() for name, value in values.items() if value not in (None, "")}
    followers = said.get("followers", "").split(".")[0]
    return Account(
        key=said.get("account") or said.get("handle") or said.get("name", ""),
        **{name: said.get(name, "") for name in ("handle", "name", "bio", "picture", "platform")},
        created=moment_of(said.get("created")),
        followers=int(followers) if followers.isdigit() else None,
    )


def _told(account: Account) -> int:
    return sum(bool(one) for one in (account.handle, account.name, account.bio, account.picture, account.created))


def _list(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(";")
    if not isinstance(value, Iterable):
        return ()
    return tuple(dict.fromkeys(text for one in value if (text := str(one).strip())))
