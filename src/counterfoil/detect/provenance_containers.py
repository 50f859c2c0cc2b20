"""What a media file says of itself, taken out of its container: Exif, XMP, IPTC, texts, Content Credentials.

JPEG, PNG, WebP and MP4/MOV are walked piece by piece; no picture is unpacked, and what a piece says of its own length
is not believed. Files that end too early or say nonsense give what could be read until there, and a remark.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from counterfoil.errors import ReadError

PIECE = 8_000_000  #: bytes of one piece that are read; larger ones are cut
PIECES = 4_000  #: pieces of a file
TEXT = 2_000_000  #: letters of an unpacked text
_XMP = b"http://ns.adobe.com/xap/1.0/\x00"
_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\x00"
_MORE_HEAD = len(_MORE_XMP) + 32 + 8
_C2PA_BOX = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_XMP_BOX = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_BRANDS = {b"mif1": "image/heif", b"heic": "image/heic", b"avif": "image/avif", b"qt  ": "video/quicktime"}


@dataclass(slots=True)
class Container:
    """The pieces of a file that tell where it comes from.

    Args:
        form: its kind by its first bytes, as a media type.
        width, height: of a picture, as its header says; 0: unknown.
        texts: key -> text, of PNG and video.
        credentials: whether it holds Content Credentials (C2PA).
        remarks: what is wrong with it.
    """

    form: str
    width: int = 0
    height: int = 0
    exif: bytes = b""
    xmp: str = ""
    iptc: bytes = b""
    texts: dict[str, str] = field(default_factory=dict)
    credentials: bool = False
    remarks: list[str] = field(default_factory=list)


def open_container(path: Path) -> Container:
    """Walk a file.

    Raises:
        ReadError: it cannot be read, or is no JPEG, PNG, WebP or MP4/MOV.
    """
    try:
        with path.open("rb") as file:
            start = file.read(16)
            file.seek(0)
            if start[:3] == b"\xff\xd8\xff":
                return _jpeg(file)
            if start[:8] == b"\x89PNG\r\n\x1a\n":
                return _png(file)
            if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
                return _webp(file)
            if start[4:8] == b"ftyp":
                return _boxes(file, _BRANDS.get(start[8:12], "video/mp4"))
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror or error}.", "Name a file.") from error
    raise ReadError(f"{path} is no picture or video that can be looked at.", "JPEG, PNG, WebP, MP4 and MOV are.")


def _take(file: BinaryIO, size: int) -> bytes:
    """So many bytes, the rest of a piece that is too large skipped; fewer at the file's end."""
    taken = file.read(min(size, PIECE))
    if size > PIECE:
        file.seek(size - PIECE, 1)
    return taken


def _jpeg(file: BinaryIO) -> Container:
    made = Container("image/jpeg")
    more: dict[int, bytes] = {}
    for marker, piece in _segments(file, made):
        if marker == 0xE1 and piece.startswith(b"Exif\x00\x00") and not made.exif:
            made.exif = piece[6:]
        elif marker == 0xE1 and piece.startswith(_XMP):
            made.xmp += _text(piece[len(_XMP) :])
        elif marker == 0xE1 and piece.startswith(_MORE_XMP) and len(piece) > _MORE_HEAD:
            more[struct.unpack(">I", piece[_MORE_HEAD - 4 : _MORE_HEAD])[0]] = piece[_MORE_HEAD:]
        elif marker == 0xED and piece.startswith(b"Photoshop 3.0\x00"):
            made.iptc += piece[14:]
        elif marker == 0xEB and (b"c2pa" in piece[:200] or b"jumb" in piece[:40]):
            made.credentials = True
        elif marker in (0xC0, 0xC1, 0xC2) and len(piece) >= 5 and not made.width:
            made.height, made.width = struct.unpack(">HH", piece[1:5])
    made.xmp += _text(b"".join(more[place] for place in sorted(more)))
    return made


def _segments(file: BinaryIO, made: Container) -> Iterator[tuple[int, bytes]]:
    """The marked pieces of a JPEG up to its picture data."""
    file.seek(2)
    for _ in range(PIECES):
        head = file.read(2)
        while len(head) == 2 and head == b"\xff\xff":
            head = head[1:] + file.read(1)
        if len(head) < 2 or head[0] != 0xFF:
            made.remarks.append("the file is damaged or cut off")
            return
        if head[1] in (0xDA, 0xD9):
            return
        if head[1] == 0x01 or 0xD0 <= head[1] <= 0xD8:
            continue
        length = file.read(2)
        size = struct.unpack(">H", length)[0] - 2 if len(length) == 2 else -1
        piece = file.read(size) if size >= 0 else b""
        if size < 0 or len(piece) < size:
            made.remarks.append("the file is damaged or cut off")
            return
        yield head[1], piece
    made.remarks.append(f"only the first {PIECES:,} pieces were looked at")


def _png(file: BinaryIO) -> Container:
    made = Container("image/png")
    file.seek(8)
    for _ in range(PIECES):
        head = file.read(8)
        if len(head) < 8:
            made.remarks.append("the file is cut off")
            return made
        size, kind = struct.unpack(">I4s", head)
        if kind == b"IEND":
            return made
        if kind not in (b"IHDR", b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"caBX"):
            file.seek(size + 4, 1)
            continue
        piece = _take(file, size)
        if len(piece) < min(size, PIECE):
            made.remarks.append("the file is cut off")
            return made
        file.seek(4, 1)
        if kind == b"IHDR" and size >= 8:
            made.width, made.height = struct.unpack(">II", piece[:8])
        elif kind == b"eXIf":
            made.exif = piece
        elif kind == b"caBX":
            made.credentials = True
        else:
            _png_text(kind, piece, made)
    made.remarks.append(f"only the first {PIECES:,} pieces were looked at")
    return made


def _png_text(kind: bytes, piece: bytes, made: Container) -> None:
    key, _, rest = piece.partition(b"\x00")
    name = key.decode("latin-1")[:80]
    packed, encoding = kind == b"zTXt", "latin-1"
    if packed:
        rest = rest[1:]
    elif kind == b"iTXt":
        packed, encoding = rest[:1] == b"\x01", "utf-8"
        rest = rest[2:].partition(b"\x00")[2].partition(b"\x00")[2]
    if packed:
        try:
            unpacker = zlib.decompressobj()
            rest = unpacker.decompress(rest, TEXT)
            if unpacker.unconsumed_tail:
                made.remarks.append(f"the text {name!r} is cut at {TEXT:,} letters")
        except zlib.error:
            made.remarks.append(f"the text {name!r} is damaged")
            return
    text = rest[:TEXT].decode(encoding, "replace")
    if name == "XML:com.adobe.xmp":
        made.xmp += text
    elif len(made.texts) < 200:
        made.texts.setdefault(name, text)


def _webp(file: BinaryIO) -> Container:
    made = Container("image/webp")
    file.seek(12)
    for _ in range(PIECES):
        head = file.read(8)
        if len(head) < 8:
            return made
        kind, size = struct.unpack("<4sI", head)
        if kind not in (b"EXIF", b"XMP ", b"C2PA", b"VP8X"):
            file.seek(size + size % 2, 1)
            continue
        piece = _take(file, size)
        file.seek(size % 2, 1)
        if len(piece) < min(size, PIECE):
            made.remarks.append("the file is cut off")
        if kind == b"EXIF":
            made.exif = piece.removeprefix(b"Exif\x00\x00")
        elif kind == b"XMP ":
            made.xmp += _text(piece)
        elif kind == b"C2PA":
            made.credentials = True
        elif len(piece) >= 10:
            made.width = int.from_bytes(piece[4:7], "little") + 1
            made.height = int.from_bytes(piece[7:10], "little") + 1
    return made


def _boxes(file: BinaryIO, form: str) -> Container:
    """The outermost boxes of an MP4, MOV, HEIF or AVIF, and the notes (udta) of its film."""
    made = Container(form)
    file.seek(0, 2)
    end = file.tell()
    at = 0
    for _ in range(PIECES):
        file.seek(at)
        head = file.read(16)
        if at >= end or len(head) < 8:
            return made
        size, kind = struct.unpack(">I4s", head[:8])
        inside = 8
        if size == 1 and len(head) == 16:
            size, inside = struct.unpack(">Q", head[8:16])[0], 16
        elif size == 0:
            size = end - at
        if size < inside or at + size > end:
            made.remarks.append("the file is damaged or cut off")
            return made
        if kind == b"uuid":
            file.seek(at + inside)
            name = file.read(16)
            if name == _C2PA_BOX:
                made.credentials = True
            elif name == _XMP_BOX:
                made.xmp += _text(_take(file, size - inside - 16))
        elif kind == b"moov":
            file.seek(at + inside)
            _film(_take(file, size - inside), made)
        at += size
    return made


def _film(content: bytes, made: Container) -> None:
    """The encoder's and maker's notes of a film: boxes whose names begin with ©."""
    for name, key in ((b"\xa9too", "encoder"), (b"\xa9swr", "software"), (b"\xa9mak", "make"), (b"\xa9cmt", "comment")):
        place = content.find(name)
        if place < 4:
            continue
        size = struct.unpack(">I", content[place - 4 : place])[0]
        held = content[place + 4 : place - 4 + min(size, 4_000)]
        if held[4:8] == b"data":
            held = held[16:]
        elif len(held) > 4:
            held = held[4:]
        made.texts.setdefault(key, held.decode("utf-8", "replace").strip("\x00 "))


def _text(content: bytes) -> str:
    return content[:PIECE].decode("utf-8", "replace")
