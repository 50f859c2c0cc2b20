"""Bytes to text, strictly: a wrong guess would freeze wrong evidence, so doubt is an error."""

import codecs
import re

from counterfoil.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Control bytes that no text has: all of C0 but tab, line ends, form feed and escape (ISO 2022).
_CONTROL_BYTES = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_SAMPLE = 100_000
_MIN_CONFIDENCE = 0.5
#: What a wrongly guessed code page leaves behind: C1 controls, private use, unassigned look-alikes.
_IMPLAUSIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
#: Signs that plain prose has few of; mojibake is full of them.
_RARE = re.compile(r"[\u00a1-\u00bf\u00d7\u00f7\u2100-\u2bff]")
_GUILLEMETS = re.compile(r"«([^«»]{1,300})»")  #: a pair is how French, Russian and others quote: prose has many
_HINT = "Save it as UTF-8 and add it again."


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of `data` and, if the encoding had to be guessed, its name (else an empty string).

    Tries byte order marks, UTF-8, UTF-16 betrayed by its NUL bytes, then legacy code pages as far as the
    result looks like prose.

    Raises:
        ReadError: this is not text, or in an encoding that cannot be told.
    """
    if not data:
        return "", ""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding, name), ""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and "\0" not in text[:_SAMPLE]:
        _refuse_binary(data, name)
        return text, ""
    if wide := _wide_encoding(data):
        return _strictly(data, wide, name), wide
    _refuse_binary(data, name)
    return _guess(data, name)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{name} is not valid {encoding.upper()}: its encoding breaks at byte {error.start}.", _HINT
        ) from error


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without a mark shows as a NUL in every other byte of its blanks and Latin letters."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 2 or len(data) % 2:
        return ""
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    wide = "utf-16-le" if odd > 0.1 and even < 0.01 else "utf-16-be" if even > 0.1 and odd < 0.01 else ""
    # Junk with a NUL here and there is no text: text has blanks, and no control characters.
    text = sample[: half * 2].decode(wide, "replace") if wide else ""
    return wide if text.count(" ") > len(text) // 100 and not _IMPLAUSIBLE.search(text) else ""


def _refuse_binary(data: bytes, name: str) -> None:
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    if controls > max(2, len(sample) // 1000):
        raise ReadError(
            f"{name} is not text: it holds binary data.",
            "Counterfoil reads text, Markdown, HTML, PDF, DOCX, EML and CSV files.",
        )


def _guess(data: bytes, name: str) -> tuple[str, str]:
    """The code page under which the text is most surely in some language.

    charset-normalizer proposes; it alone takes French in cp1252 for Baltic. Of equals the first wins, so
    the most usual code page comes first.
    """
    from charset_normalizer import from_bytes

    from counterfoil.readers.language import confidence

    proposed = ["cp1252", *(match.encoding for match in from_bytes(data[:_SAMPLE]))]
    best, text, encoding = _MIN_CONFIDENCE, "", ""
    for candidate in dict.fromkeys(proposed):
        try:
            decoded = data.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
        if _plausible(decoded[:_SAMPLE]) and (score := confidence(decoded)) > best + 0.01:
            best, text, encoding = score, decoded, candidate
    if not text:
        raise ReadError(f"{name} has a wrong encoding: it is neither UTF-8 nor a code page that can be told.", _HINT)
    return text, encoding


def _plausible(text: str) -> bool:
    if _IMPLAUSIBLE.search(text) or len(_RARE.findall(_GUILLEMETS.sub(r"\1", text))) > len(text) * 0.02 + 2:
        return False
    wordlike = sum(1 for char in text if char.isalnum() or char.isspace())
    return wordlike > 0.75 * len(text)
