"""Which encoding a page is in: byte order mark, then header, then what the page declares, then its bytes."""

import codecs
import re

from counterfoil.readers.encoding import decode
from counterfoil.readers.reader import Source

_BOM_STARTS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]+)", re.I
)
#: Labels that browsers read as a larger code page than their name says (WHATWG Encoding Standard).
_LARGER = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254",
    "shift_jis": "cp932", "euc_kr": "cp949", "iso8859-11": "cp874", "tis-620": "cp874",
}  # fmt: skip


def decode_page(source: Source) -> tuple[str, str]:
    """The page's text, and a note if its encoding was guessed or broken places were replaced.

    Raises:
        ReadError: no encoding is declared and none can be told.
    """
    data = source.data
    if data.startswith(_BOM_STARTS):
        text, _ = decode(data, source.name)
        return text, ""
    declared = _known(_from_header(source.media_type)) or _known(_from_page(data))
    if not declared:
        text, guessed = decode(data, source.name)
        return text, f"The page does not say its encoding; it was read as {guessed}." if guessed else ""
    try:
        return data.decode(declared), ""
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("utf-8"), f"The page says it is in {declared}, but it is in UTF-8."
    except UnicodeDecodeError:
        text = data.decode(declared, "replace")
        broken = text.count("\ufffd")
        return text, f"{broken} places that are not valid {declared} were replaced by the sign \ufffd."


def _from_header(media_type: str) -> str:
    found = _HEADER.search(media_type)
    return found.group(1) if found else ""


def _from_page(data: bytes) -> str:
    found = _DECLARED.search(data[:4096])
    return (found.group(1) or found.group(2)).decode("ascii", "replace") if found else ""


def _known(label: str) -> str:
    """Python's name for a label, empty if there is none or it is no text encoding."""
    if not label:
        return ""
    try:
        info = codecs.lookup(label)
    except LookupError:
        return ""
    if not info._is_text_encoding or info.name in ("idna", "punycode", "unicode-escape", "raw-unicode-escape"):
        return ""
    # A page whose bytes could be read to find the declaration is not in UTF-16, whatever it says.
    name = "utf-8" if info.name.startswith(("utf-16", "utf-32", "utf-7")) else info.name
    return _LARGER.get(name, name)
