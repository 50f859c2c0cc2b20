"""Unpacking what a server sends compressed, piece by piece and never more than is asked for."""

import zlib

_ANY = 47  #: zlib's window bits for a gzip or zlib stream, whichever its head says
_GZIP = 31  #: the same for gzip alone: only gzip has members that follow each other (RFC 1952, 2.2)


class Unpacker:
    """The plain bytes of a gzip body of any number of members, or of a zlib ("deflate") body.

    Zero bytes after a member are padding. Other bytes after it must be a member too: to drop them without a
    word would cut the body short.
    """

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_ANY)

    def feed(self, chunk: bytes, most: int) -> bytes:
        """What `chunk` adds, cut off at `most` bytes (at least 1); more than that can no longer be had.

        Raises:
            zlib.error: this is no such stream, or something else follows it.
        """
        pieces: list[bytes] = []
        while chunk and most > 0:
            if self._member.eof:
                chunk = chunk.lstrip(b"\0")
                if not chunk:
                    break
                self._member = zlib.decompressobj(_GZIP)
            piece = self._member.decompress(chunk, most)
            pieces.append(piece)
            most -= len(piece)
            chunk = self._member.unused_data
        return b"".join(pieces)

    @property
    def whole(self) -> bool:
        """Whether the stream may end here."""
        return self._member.eof
