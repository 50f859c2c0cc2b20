"""Exif: camera, software and times as a picture says them, and whether they agree. Hardened: no offset is believed."""

import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

ENTRIES = 300  #: of a directory
VALUE = 100_000  #: bytes of a value
EARLIEST = datetime(1990, 1, 1)  #: no digital camera wrote Exif before
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 9: 4, 10: 8, 11: 4, 12: 8}
_NAMES = {
    0x010E: "description", 0x010F: "make", 0x0110: "model", 0x0131: "software", 0x0132: "changed", 0x013B: "artist",
    0x9003: "taken", 0x9004: "digitised", 0x9286: "comment", 0x829A: "exposure", 0xA002: "width", 0xA003: "height",
}  # fmt: skip
_EXIF, _PLACE, _PLACE_DATE = 0x8769, 0x8825, 0x1D


@dataclass(slots=True)
class Exif:
    """What Exif says; `said` holds the values by our own names, `placed` that of its GPS date."""

    said: dict[str, str] = field(default_factory=dict)
    placed: str = ""
    damaged: bool = False


def read_exif(content: bytes) -> Exif:
    """Exif from its bytes (a TIFF); what cannot be read is left out."""
    made = Exif()
    order = {b"II": "<", b"MM": ">"}.get(content[:2])
    if order is None or len(content) < 8:
        made.damaged = bool(content)
        return made
    pending, seen = [(struct.unpack(order + "I", content[4:8])[0], "")], set[int]()
    while pending:
        at, directory = pending.pop()
        if at in seen:
            made.damaged = True
            continue
        seen.add(at)
        for tag, value in _entries(content, order, at, made):
            if tag in (_EXIF, _PLACE) and not directory and isinstance(value, int):
                pending.append((value, "exif" if tag == _EXIF else "gps"))
            elif directory == "gps" and tag == _PLACE_DATE:
                made.placed = str(value)
            elif directory != "gps" and tag in _NAMES:
                made.said.setdefault(_NAMES[tag], str(value).strip())
    return made


def _entries(content: bytes, order: str, at: int, made: Exif) -> list[tuple[int, str | int]]:
    if at + 2 > len(content):
        made.damaged = True
        return []
    (many,) = struct.unpack(order + "H", content[at : at + 2])
    found: list[tuple[int, str | int]] = []
    for place in range(min(many, ENTRIES)):
        entry = content[at + 2 + 12 * place : at + 14 + 12 * place]
        if len(entry) < 12:
            made.damaged = True
            break
        tag, kind, count = struct.unpack(order + "HHI", entry[:8])
        size = _SIZES.get(kind, 0) * count
        if kind in (3, 4) and count == 1:
            found.append((tag, struct.unpack(order + ("H" if kind == 3 else "I"), entry[8 : 8 + (2 * kind - 4)])[0]))
            continue
        (offset,) = struct.unpack(order + "I", entry[8:12])
        held = entry[8 : 8 + size] if size <= 4 else content[offset : offset + min(size, VALUE)]
        if kind == 2:
            found.append((tag, held.split(b"\x00")[0].decode("utf-8", "replace")))
        elif kind in (1, 7) and tag == 0x9286:
            found.append((tag, _comment(held)))
        elif size:
            found.append((tag, f"{size} bytes"))
    return found


def _comment(held: bytes) -> str:
    code, text = held[:8], held[8:]
    if code.startswith(b"UNICODE"):
        return max((text.decode(one, "replace") for one in ("utf-16-be", "utf-16-le")), key=_latin)
    return text.decode("utf-8", "replace")


def _latin(text: str) -> int:
    return sum(one.isascii() and one.isprintable() for one in text)


def disagreements(exif: Exif, width: int, height: int) -> list[str]:
    """What in Exif does not go together, or not with the picture, in words."""
    told = []
    times = {name: _time(exif.said.get(name, "")) for name in ("taken", "digitised", "changed")}
    taken, changed = times["taken"], times["changed"]
    if taken and changed and changed < taken:
        told.append(f"it was last changed ({changed}) before it was taken ({taken})")
    now = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1)
    words = {"taken": "taken", "digitised": "digitised", "changed": "changed"}
    for name, time in times.items():
        if time and (time > now or time < EARLIEST):
            told.append(f"it says it was {words[name]} at {time}, which cannot be")
        elif time is None and exif.said.get(name, "").strip(" :0"):
            told.append(f"the time at which it was {words[name]} is no time: {exif.said[name][:30]!r}")
    placed = _time(exif.placed + " 12:00:00") if exif.placed else None
    if taken and placed and abs(taken - placed) > timedelta(hours=40):
        told.append(f"its GPS date ({placed.date()}) is not the day it was taken ({taken.date()})")
    sides = sorted(int(exif.said[name]) for name in ("width", "height") if exif.said.get(name, "").isdigit())
    if len(sides) == 2 and width and height and sides != sorted((width, height)):
        told.append(f"it was made with {sides[0]} by {sides[1]} pixels and has {width} by {height}")
    if "exposure" in exif.said and not ("make" in exif.said or "model" in exif.said):
        told.append("it has an exposure time, but names no camera")
    return told


def _time(written: str) -> datetime | None:
    try:
        return datetime.strptime(written.strip("\x00 ")[:19], "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None
