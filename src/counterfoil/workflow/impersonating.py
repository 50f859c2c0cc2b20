"""Hold a roster against accounts and domains: read the files, look, and lay out what was found."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from counterfoil.detect.duck import duck
from counterfoil.detect.impersonation import INNOCENT, LEAST, Suspect, copied_posts, find_impersonators
from counterfoil.detect.impersonation_roster import (
    Account,
    Known,
    ReadAccounts,
    read_accounts,
    read_roster,
)
from counterfoil.detect.lookalike_domains import Lookalike, find_lookalikes
from counterfoil.detect.picture_hashes import picture_hash
from counterfoil.detect.reading import Asked, read
from counterfoil.errors import InputError, ReadError
from counterfoil.exchange.formulas import harmless

PICTURES = frozenset(".jpg .jpeg .png .gif .webp .bmp .tif .tiff".split())
COLUMNS = "known original suspect platform name score strength says_parody reasons against techniques followers".split()


@dataclass(frozen=True, slots=True)
class Sources:
    """What is held against the roster: files of accounts, posts (account, time, text) and domains (one a line)."""

    accounts: tuple[Path, ...] = ()
    posts: tuple[Path, ...] = ()
    domains: tuple[Path, ...] = ()
    maps: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Impersonations:
    """What was found, and what it was looked for in.

    Args:
        problems: rows that were left out, and why.
    """

    suspects: tuple[Suspect, ...]
    lookalikes: tuple[Lookalike, ...]
    roster: int
    accounts: int
    problems: tuple[str, ...]

    def to_plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "roster": self.roster,
            "accounts": self.accounts,
            "suspects": [_suspect(one) for one in self.suspects],
            "domains": [_lookalike(one) for one in self.lookalikes],
            "check": list(INNOCENT),
            "problems": list(self.problems),
        }

    def to_csv(self) -> str:
        """As a table; what a spreadsheet would run as a formula stands as text."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for row in [*map(_suspect, self.suspects), *map(_lookalike, self.lookalikes)]:
            writer.writerow([harmless(_cell(row.get(name, ""))) for name in COLUMNS])
        return out.getvalue()


def look_for_impersonators(roster: Path, sources: Sources, least: float = LEAST) -> Impersonations:
    """Find accounts and domains that are like those of a roster.

    Args:
        least: the score from which an account is listed, 0 to 1; domains are listed from the lower of it and .5.

    Raises:
        InputError: a file cannot be read, or has no column of accounts or of texts.
    """
    problems: list[str] = []
    known = [_with_hashes(one, roster.parent) for one in read_roster(roster, problems)]
    read = _accounts(sources)
    problems += read.problems
    copied = None
    if sources.posts:
        by_key = {one.key: one for one in read.accounts}
        copied = copied_posts(known, by_key, _posts(sources.posts, problems))
    suspects = find_impersonators(known, read.accounts, copied, least)
    domains = [line for path in sources.domains for line in _lines(path)]
    lookalikes = find_lookalikes(known, domains, min(least, 0.5))
    return Impersonations(tuple(suspects), tuple(lookalikes), len(known), len(read.accounts), tuple(problems))


def _accounts(sources: Sources) -> ReadAccounts:
    made = ReadAccounts()
    for path in sources.accounts:
        read = read_accounts(path, sources.maps)
        made.problems += read.problems
        for one in read.accounts:
            hashed = _hashed(one.picture, path.parent, made.problems)
            made.accounts.append(replace(one, picture=hashed) if hashed != one.picture else one)
    return made


def _posts(paths: Iterable[Path], problems: list[str]) -> list[tuple[str, int, str]]:
    """Account, time and text of each post, of any layout that `counterfoil detect` reads."""
    names = tuple(map(str, paths))
    with duck() as engine:
        reading = read(engine, Asked(names, needs=frozenset({"text"})))
        problems += [f"{count:,} posts of {', '.join(names)}: {why}" for why, count in reading.rejected.items()]
        if "text" not in reading.has:
            raise InputError(f"{names[0]} has no column that holds the text of a post.", "Name it text.")
        return engine.rows(
            "SELECT account_key, moment, text FROM posts JOIN accounts USING (account) WHERE text IS NOT NULL "
            "ORDER BY moment, account_key, text"
        )


def _with_hashes(known: Known, folder: Path) -> Known:
    problems: list[str] = []
    pictures = tuple(_hashed(one, folder, problems) for one in known.pictures)
    if problems:
        raise ReadError(f"A picture of {known.name} in the roster: {problems[0]}.", "Take it out, or get it again.")
    return replace(known, pictures=pictures)


def _hashed(picture: str, folder: Path, problems: list[str]) -> str:
    """A picture's hash where the column names a file that is there; else what it says."""
    if "://" in picture or Path(picture).suffix.lower() not in PICTURES:
        return picture
    path = folder / picture
    if not path.is_file():
        return picture
    try:
        return picture_hash(path)
    except ReadError as error:
        problems.append(error.message.rstrip("."))
        return ""


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise ReadError(f"{path} cannot be read: {reason}.", "Give one domain or URL a line.") from error
    return [line.split(",")[0].strip().strip('"') for line in text.splitlines() if line.strip()]


def _suspect(suspect: Suspect) -> dict[str, Any]:
    account: Account = suspect.account
    return {
        "known": suspect.known.name,
        "original": "; ".join(suspect.known.handles),
        "suspect": account.called,
        "account": account.key,
        "platform": account.platform,
        "name": account.name,
        "score": suspect.score,
        "strength": suspect.strength,
        "says_parody": suspect.parody,
        "reasons": [one.words for one in suspect.likenesses],
        "against": list(suspect.against),
        "techniques": list(suspect.techniques),
        "followers": account.followers,
    }


def _lookalike(found: Lookalike) -> dict[str, Any]:
    return {
        "known": found.known.name,
        "original": found.original,
        "suspect": found.domain.host,
        "platform": "domain",
        "score": found.score,
        "reasons": [one.words for one in found.likenesses],
        "techniques": list(found.techniques),
    }


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)
