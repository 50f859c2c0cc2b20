"""Pictures that are the same or nearly: perceptual hashes, compared by how many bits differ.

A hash of 16 hexadecimal digits is one of 64 bits (ours, or pHash's), one of 64 digits PDQ's of 256. Hashes of different
kinds are never compared: only those of one tool tell anything about each other.
"""

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from counterfoil.errors import ReadError, UsageError

if TYPE_CHECKING:
    from PIL.Image import Image

#: hexadecimal digits of a hash -> bits that two copies of one picture may differ by (of PDQ: what its authors advise)
NEAR = {16: 6, 64: 31}
BANDS = 8  #: bytes of a hash of 64 bits; with 6 bits off, at least two of them are equal
SIDE, LOW = 32, 8
_HASH = re.compile(r"[0-9a-f]{16}|[0-9a-f]{64}")
MOST_PIXELS = 64_000_000


def hash_of_text(written: str) -> str:
    """A picture's hash as it stands in a column, in lower case; "" if it is none (a URL, a file's name)."""
    text = written.strip().lower().removeprefix("0x")
    return text if _HASH.fullmatch(text) else ""


def bits_apart(one: str, other: str) -> int:
    """The number of bits in which two hashes of one kind differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def are_near(one: str, other: str) -> bool:
    """Whether two hashes are so alike that the pictures are nearly the same; never for hashes of different kinds."""
    return len(one) == len(other) and len(one) in NEAR and bits_apart(one, other) <= NEAR[len(one)]


def near_pairs(hashes: Mapping[str, str], most: int = NEAR[16]) -> Iterator[tuple[str, str, int]]:
    """All pairs of names whose hashes of 64 bits differ in at most `most` bits, each pair once, exactly.

    A hash is eight bytes. If at most six bits differ, at least two bytes are equal: so only hashes that share two
    bytes at the same places are compared, and no pair is missed.

    Args:
        hashes: name -> 16 hexadecimal digits.
        most: 0 to 6.

    Raises:
        UsageError: `most` is more than the bands can find, or a hash is none of 64 bits.
    """
    if not 0 <= most <= BANDS - 2:
        raise UsageError(f"Hashes of 64 bits are compared up to {BANDS - 2} bits, not {most}.", "Ask for fewer.")
    wrong = next((one for one in hashes.values() if len(hash_of_text(one)) != 16), None)
    if wrong is not None:
        raise UsageError(f"{wrong!r} is no hash of 64 bits.", "Give 16 hexadecimal digits.")
    names_of: dict[int, list[str]] = {}
    for name, written in hashes.items():
        names_of.setdefault(int(hash_of_text(written), 16), []).append(name)
    for same in names_of.values():
        yield from ((one, other, 0) for at, one in enumerate(same) for other in same[at + 1 :])
    for one, other in _near_numbers(sorted(names_of), most):
        apart = (one ^ other).bit_count()
        yield from ((first, second, apart) for first in names_of[one] for second in names_of[other])


def _near_numbers(numbers: list[int], most: int) -> Iterator[tuple[int, int]]:
    places = [(low, high) for low in range(BANDS) for high in range(low + 1, BANDS)]
    for low, high in places:
        mask = 0xFF << (8 * low) | 0xFF << (8 * high)
        boxes: dict[int, list[int]] = {}
        for number in numbers:
            boxes.setdefault(number & mask, []).append(number)
        for box in boxes.values():
            for at, one in enumerate(box):
                for other in box[at + 1 :]:
                    differing = one ^ other
                    if differing.bit_count() <= most and _first_equal(differing) == (low, high):
                        yield one, other


def _first_equal(differing: int) -> tuple[int, int]:
    """The first two bytes that are equal: the one box in which a pair is told."""
    equal = [place for place in range(BANDS) if not differing >> (8 * place) & 0xFF]
    return equal[0], equal[1]


def near_pictures_sql(pictures: str = "pictures", most: int = NEAR[16]) -> str:
    """The same as one SELECT (low, high, bits) in plain SQL over a table (picture BIGINT, hash BIGINT), for engines.

    `low` < `high` are pictures; the 64 bits of `hash` are read as a signed integer.
    """
    parts = [f"((hash >> {8 * place}) & 255) AS b{place}" for place in range(BANDS)]
    cut = f"SELECT picture, hash, {', '.join(parts)} FROM {pictures}"
    joins = " UNION ALL ".join(
        f"SELECT picture, hash, {low * BANDS + high} AS place, b{low} * 256 + b{high} AS box FROM cut"
        for low in range(BANDS)
        for high in range(low + 1, BANDS)
    )
    return (
        f"WITH cut AS ({cut}), boxed AS ({joins}) "
        "SELECT DISTINCT x.picture AS low, y.picture AS high, bit_count(xor(x.hash, y.hash)) AS bits "
        "FROM boxed AS x JOIN boxed AS y ON x.place = y.place AND x.box = y.box AND x.picture < y.picture "
        f"WHERE bit_count(xor(x.hash, y.hash)) <= {most}"
    )


def picture_hash(path: Path) -> str:
    """The perceptual hash of a picture's file, 16 hexadecimal digits: which low frequencies are above their median.

    Small changes (size, compression, brightness) leave it nearly as it is; turned, mirrored or strongly cut pictures
    get another. Needs the extra `media`.

    Raises:
        ReadError: it is no picture, is damaged or too large.
        UsageError: the extra is not installed.
    """
    import numpy as np

    with open_picture(path) as picture, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of damage that leaves the picture as it is
        try:
            small = np.asarray(picture.convert("L").resize((SIDE, SIDE)), dtype=np.float64)
        except (OSError, ValueError, SyntaxError) as error:
            raise ReadError(f"{path} is damaged: {error}.", "Get the picture again.") from error
    places = np.arange(SIDE)
    waves = np.cos(np.pi * (2 * places[None, :] + 1) * places[:LOW, None] / (2 * SIDE))
    low = (waves @ small @ waves.T).ravel()
    above = low > np.median(low[1:])
    above[0] = False  # the mean brightness tells nothing
    return f"{sum(1 << place for place in np.flatnonzero(above).tolist()):016x}"


def open_picture(path: Path) -> "Image":
    """A picture's file, its size checked before anything is unpacked.

    Raises:
        ReadError: it is no picture, cannot be read or is too large.
        UsageError: the extra `media` is not installed.
    """
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError as error:
        raise UsageError("Pictures need another package.", "Run: pip install 'counterfoil[media]'") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damage and of sizes, which are checked below
            picture = Image.open(path)
    except Image.DecompressionBombError as error:
        raise ReadError(f"{path} has more than {MOST_PIXELS:,} pixels.", "Make it smaller.") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ReadError(f"{path} cannot be read as a picture.", "JPEG, PNG, WebP, GIF and TIFF are.") from error
    if picture.width * picture.height > MOST_PIXELS:
        picture.close()
        raise ReadError(f"{path} has more than {MOST_PIXELS:,} pixels.", "Make it smaller.")
    return picture


def hashes_of(written: Iterable[str]) -> list[str]:
    """Those of some texts that are hashes."""
    return [found for one in written if (found := hash_of_text(one))]
