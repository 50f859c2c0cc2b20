"""What the traces of near pictures read: posts or accounts by groups of pictures that are nearly the same.

Pictures are compared by 64-bit perceptual hashes: 16 hexadecimal digits (with or without 0x), or whole numbers where a
column holds nothing else and they are too long for hexadecimal ones. Where a column names picture files of this
machine, their hashes are computed, if the extra `media` is installed. All pairs up to 6 bits apart are found exactly,
by boxes of two equal bytes. A group is a chain of near pictures; edges ask for two that are near themselves.
"""

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from counterfoil.detect.definition import Definition
from counterfoil.detect.near_search import table
from counterfoil.detect.near_sets import join
from counterfoil.detect.picture_hashes import BANDS, MOST_PIXELS, NEAR, picture_hash
from counterfoil.errors import ReadError, UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from counterfoil.detect.duck import Duck

    Whole = NDArray[np.int64]

BUDGET = 300_000_000  #: pairs of different hashes looked at
COMMON = 500  #: accounts with one and the same picture: it is a placeholder or a badge
FILES = 20_000  #: picture files that are opened
LARGEST = 30_000_000  #: bytes of a picture file
ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff")
_DIGITS = "^(0x)?[0-9a-f]{16}$"


def media_acts(engine: "Duck", _: Definition) -> str:
    """Make `near_media_acts` (account, object, message, moment, doc) and `near_media_docs` (low, high)."""
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE shown_pictures AS SELECT account, post AS message, moment, "
        "trim(unnest(media)) AS picture FROM posts WHERE repost_of IS NULL AND media IS NOT NULL"
    )
    return _acts(engine, "near_media", common=0)


def picture_acts(engine: "Duck", _: Definition) -> str:
    """Make `near_picture_acts` and `near_picture_docs`, of the accounts' own pictures."""
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE shown_pictures AS SELECT account, account AS message, "
        "CAST(0 AS BIGINT) AS moment, trim(picture) AS picture FROM accounts WHERE picture IS NOT NULL"
    )
    return _acts(engine, "near_picture", common=COMMON)


def _acts(engine: "Duck", name: str, common: int) -> str:
    """Both tables of a trace. Pictures of more than `common` accounts (0: any number) are left out, which is told."""
    import numpy as np

    told = _hashed(engine)
    rows = engine.rows(
        "SELECT hash, count(DISTINCT account) FROM shown_pictures JOIN picture_hashes USING (picture) "
        "GROUP BY hash ORDER BY hash"
    )
    kept = [written for written, many in rows if not common or many <= common]
    if len(kept) < len(rows):
        most = max(rows, key=lambda row: row[1])
        told += (
            f" {len(rows) - len(kept):,} pictures are those of more than {common} accounts each ({most[0]} of "
            f"{most[1]:,}): taken for placeholders and left out."
        )
    numbers = np.array([int(one, 16) for one in kept], dtype=np.uint64)
    low, high, uncovered = near_hashes(numbers)
    labels = np.arange(len(kept))
    join(labels, low, high)
    table(engine, f"{name}_docs", low=low, high=high)
    table(engine, "near_groups", doc=np.arange(len(kept)), team=labels)
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE doc_of AS SELECT unnest(?::VARCHAR[]) AS hash, unnest(range(?)) AS doc",
        [kept, len(kept)],
    )
    engine.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {name}_acts AS SELECT DISTINCT account, first.hash AS object, message, moment, "
        "mine.doc AS doc FROM shown_pictures JOIN picture_hashes USING (picture) "
        "JOIN doc_of AS mine ON mine.hash = picture_hashes.hash JOIN near_groups ON near_groups.doc = mine.doc "
        "JOIN doc_of AS first ON first.doc = near_groups.team"
    )
    for made in ("shown_pictures", "picture_hashes", "near_groups", "doc_of"):
        engine.connection.execute(f"DROP TABLE {made}")
    told += f" {len(kept):,} different pictures, {len(low):,} pairs nearly the same."
    if uncovered:
        told += f" {uncovered:,} boxes of like hashes were too large to compare every two: pairs may be missing."
    return told


def _hashed(engine: "Duck") -> str:
    """Make `picture_hashes` (picture, hash: 16 digits) of what the column holds, and say what it holds."""
    ((many, longest, whole),) = engine.rows(
        "SELECT count(*), max(length(picture)), coalesce(bool_and(regexp_matches(picture, '^-?[0-9]{1,20}$')), false) "
        "FROM (SELECT DISTINCT picture FROM shown_pictures) AS each"
    )
    if whole and longest > 16:
        hashed = "printf('%016x', CAST(CAST(picture AS HUGEINT) & 18446744073709551615 AS UBIGINT))"
        where = "TRY_CAST(picture AS HUGEINT) BETWEEN -9223372036854775808 AND 18446744073709551615"
    else:
        hashed, where = "right(lower(picture), 16)", f"regexp_matches(lower(picture), '{_DIGITS}')"
    engine.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE picture_hashes AS SELECT picture, {hashed} AS hash FROM "
        f"(SELECT DISTINCT picture FROM shown_pictures) AS each WHERE {where}"
    )
    ((found,),) = engine.rows("SELECT count(*) FROM picture_hashes")
    told = f"{found:,} of {many:,} values are perceptual hashes."
    if not found:
        told += _hash_files(engine)
    return told


def _hash_files(engine: "Duck") -> str:
    """Hashes of picture files that the column names; says how many could not be opened."""
    endings = " OR ".join(f"ends_with(lower(picture), '{one}')" for one in ENDINGS)
    names = engine.rows(
        f"SELECT DISTINCT picture FROM shown_pictures WHERE ({endings}) AND NOT contains(picture, '://') "
        f"ORDER BY picture LIMIT {FILES + 1}"
    )
    hashes, wrong = [], 0
    for (name,) in names[:FILES]:
        path = Path(name)
        try:
            if path.is_file() and path.stat().st_size <= LARGEST:
                hashes.append((name, picture_hash(path)))
        except UsageError as error:
            return f" Picture files are not looked at: {error.message}"
        except (ReadError, OSError, ValueError):
            wrong += 1
    if not hashes and not wrong:
        return ""
    engine.connection.execute(
        "INSERT INTO picture_hashes SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
        [[name for name, _ in hashes], [made for _, made in hashes]],
    )
    told = f" {len(hashes):,} picture files are read."
    if wrong:
        told += f" {wrong:,} are damaged, no pictures or of more than {MOST_PIXELS:,} pixels."
    if len(names) > FILES:
        told += f" Only the first {FILES:,} are."
    return told


def near_hashes(
    hashes: "NDArray[np.uint64]", most: int = NEAR[16], budget: int = BUDGET
) -> "tuple[Whole, Whole, int]":  # fmt: skip
    """All pairs (low < high, by place) of different hashes up to `most` bits apart, and how many boxes were too large.

    Of eight bytes at least two are equal if no more than six bits differ, so that only hashes with two equal bytes at
    the same places are compared.
    """
    import numpy as np

    looked = uncovered = 0
    found: list[Whole] = []
    width = max(len(hashes).bit_length(), 1)
    for one, other in combinations(range(BANDS), 2):
        key = (hashes >> np.uint64(8 * one) & np.uint64(255)) << np.uint64(8) | hashes >> np.uint64(
            8 * other
        ) & np.uint64(255)
        packed = key << np.uint64(width) | np.arange(len(hashes), dtype=np.uint64)
        packed.sort()
        box, place = packed >> np.uint64(width), (packed & np.uint64((1 << width) - 1)).astype(np.int64)
        placed, here, distance = hashes[place], np.arange(len(hashes)), 0
        while True:
            distance += 1
            here = here[here + distance < len(hashes)]
            here = here[box[here] == box[here + distance]]
            if not len(here):
                break
            if looked > budget:
                uncovered += len(np.unique(box[here]))
                break
            looked += len(here)
            near = here[np.bitwise_count(placed[here] ^ placed[here + distance]) <= most]
            found.append(place[near] << 32 | place[near + distance])
    packed_pairs = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
    return packed_pairs >> 32, packed_pairs & 0xFFFFFFFF, uncovered
