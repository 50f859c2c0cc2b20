"""How a report crosses the process boundary: JSON, so that a child cannot make its parent run anything."""

import json
import struct
from typing import IO, Any

from counterfoil.model.report import Block, BlockKind, Page, Report

_LENGTH = struct.Struct(">Q")


def send(stream: IO[bytes], message: dict[str, Any], data: bytes = b"") -> None:
    """Write one frame: a JSON object, and bytes that go with it."""
    head = json.dumps(message).encode("ascii")
    stream.write(_LENGTH.pack(len(head)) + _LENGTH.pack(len(data)) + head)
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Read one frame; None if the other side has closed the stream, or died in the middle of a frame."""
    sizes = stream.read(2 * _LENGTH.size)
    if len(sizes) < 2 * _LENGTH.size:
        return None
    [head_size], [data_size] = _LENGTH.unpack(sizes[:8]), _LENGTH.unpack(sizes[8:])
    head, data = stream.read(head_size), stream.read(data_size)
    if len(head) < head_size or len(data) < data_size:
        return None
    return json.loads(head), data


def pack_report(report: Report) -> dict[str, Any]:
    return {
        "text": report.text,
        "source": report.source,
        "title": report.title,
        "author": report.author,
        "publisher": report.publisher,
        "published": report.published,
        "url": report.url,
        "language": report.language,
        "notes": report.notes,
        "blocks": [[block.kind, block.start, block.end, block.level] for block in report.blocks],
        "pages": [[page.number, page.start, page.end] for page in report.pages],
    }


def unpack_report(packed: dict[str, Any]) -> Report:
    blocks = tuple(Block(BlockKind(kind), start, end, level) for kind, start, end, level in packed["blocks"])
    pages = tuple(Page(number, start, end) for number, start, end in packed["pages"])
    return Report(**{**packed, "blocks": blocks, "pages": pages, "notes": tuple(packed["notes"])})
