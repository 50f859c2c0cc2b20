"""One cell into fields: ids looked up, names compared, what fits nowhere written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from counterfoil.frameworks.cells import Token, addresses, id_tokens, same_name, trimmed, words
from counterfoil.frameworks.disarm_columns import Column, Reads
from counterfoil.frameworks.ledger import Ledger, Place
from counterfoil.model.loaded import Fate

Names = Mapping[str, Mapping[str, str]]  #: sheet -> id -> name


@dataclass(frozen=True, slots=True)
class Reading:
    """Fields with their values; not `complete` where the cell's text must be kept beside them."""

    values: Mapping[str, Any]
    complete: bool = True


def read_cell(place: Place, text: str, column: Column | None, names: Names, ledger: Ledger) -> Reading:
    """What the cell gives; `names` is what ids and names are looked up in."""
    if column is None:
        return Reading({}, complete=False)
    if column.reads is Reads.TEXT:
        return Reading({column.into: trimmed(text)})
    if column.reads is Reads.WORDS:
        return Reading({column.into: words(text)})
    if column.reads is Reads.NUMBER:
        return _number(place, trimmed(text), column, ledger)
    if column.reads is Reads.URLS:
        return _urls(place, text, column, names, ledger)
    if column.every and trimmed(text).casefold() == "all":
        return Reading({column.every: True})
    if column.reads is Reads.NAMED:
        return _named(place, trimmed(text), column, names, ledger)
    return _linked(place, text, column, names, ledger)


def _number(place: Place, text: str, column: Column, ledger: Ledger) -> Reading:
    if text.isdecimal():
        return Reading({column.into: int(text)})
    ledger.note(place, text, Fate.UNLINKED, "this is not a whole number")
    return Reading({}, complete=False)


def _urls(place: Place, text: str, column: Column, names: Names, ledger: Ledger) -> Reading:
    ((sheet, field),) = column.to.items()
    known = names.get(sheet, {})
    found: dict[str, None] = {}
    complete = True
    for address, written in addresses(text):
        if not address:
            ledger.note(place, written, Fate.UNLINKED, "this is not a web address")
            complete = False
            continue
        if address != written:
            ledger.note(place, written, Fate.MENDED, f"read as {address}")
        elif address in found:
            ledger.note(place, written, Fate.NOTED, "the address stands in this cell twice")
        elif address not in known and sheet in names:
            ledger.note(place, written, Fate.NOTED, f"the sheet {sheet!r} does not describe this address")
        found[address] = None
    return Reading({column.into: tuple(found), field: tuple(url for url in found if url in known)}, complete)


def _named(place: Place, text: str, column: Column, names: Names, ledger: Ledger) -> Reading:
    ((sheet, field),) = column.to.items()
    matches = [identity for identity, name in names.get(sheet, {}).items() if same_name(text, name)]
    if len(matches) == 1:
        return Reading({field: matches[0]})
    many = f"{len(matches)} rows of the sheet {sheet!r} have this name: {', '.join(matches)}"
    none = f"no row of the sheet {sheet!r} has this name"
    ledger.note(place, text, Fate.UNLINKED, many if matches else none)
    return Reading({}, complete=False)


def _linked(place: Place, text: str, column: Column, names: Names, ledger: Ledger) -> Reading:
    found: dict[str, list[str]] = {}
    complete = True
    for token in id_tokens(text):
        sheet = _sheet_of(token, column, names)
        why = _why_not(token, column, sheet, found)
        if why:
            ledger.note(place, str(token), Fate.UNLINKED, why)
            complete = False
            continue
        linked = found.setdefault(column.to[sheet], [])
        if token.id in linked:
            ledger.note(place, str(token), Fate.NOTED, f"{token.id} stands in this cell twice")
            complete = complete and not token.name
            continue
        linked.append(token.id)
        complete = _compare(place, token, names.get(sheet), ledger) and complete
    single = column.reads is Reads.LINK
    return Reading({field: ids[0] if single else tuple(ids) for field, ids in found.items()}, complete)


def _sheet_of(token: Token, column: Column, names: Names) -> str:
    """The sheet that has this id; one that was not loaded may have it; "" if none has."""
    for sheet in column.to:
        if token.id in names.get(sheet, {}):
            return sheet
    return next((sheet for sheet in column.to if sheet not in names), "") if token.id else ""


def _why_not(token: Token, column: Column, sheet: str, found: Mapping[str, list[str]]) -> str:
    """Why the token cannot be linked; "" if it can."""
    if not token.id:
        return "this text stands beside no id"
    if not sheet:
        return f"there is no {token.id} in {' or '.join(repr(name) for name in column.to)}"
    if column.reads is Reads.LINK and any(token.id not in ids for ids in found.values()):
        return "the cell has room for one id only; the first counts"
    return ""


def _compare(place: Place, token: Token, known: Mapping[str, str] | None, ledger: Ledger) -> bool:
    """Note an id that could not be checked and a name that is not the id's; False if the name must be kept."""
    if known is None:
        ledger.note(place, str(token), Fate.NOTED, "not checked: the sheet that it belongs to was not loaded")
        return not token.name
    if token.name and not same_name(token.name, known[token.id]):
        ledger.note(place, str(token), Fate.NOTED, f"linked by its id; the name of {token.id} is {known[token.id]!r}")
        return False
    return True
