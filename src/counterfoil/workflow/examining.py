"""Look at what media files declare, and which of them are the same picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from counterfoil.detect.picture_hashes import bits_apart, near_pairs, picture_hash
from counterfoil.detect.provenance import Examined, Mark, examine
from counterfoil.errors import InputError, ReadError, UsageError

FILES = 100_000
COPIES = ("T0145.001", "T0084")  #: that the same picture in several places can support
ENDINGS = frozenset(".jpg .jpeg .png .webp .mp4 .mov .m4v .heic .heif .avif".split())
CAVEAT = (
    "Listed is what files declare of themselves and which pictures match. It is not looked for what is fake: metadata "
    "can be taken out or written by anyone, and no marks prove nothing."
)


@dataclass(frozen=True, slots=True)
class Match:
    """Two files that are the same, or whose pictures are nearly the same.

    Args:
        bits: in how many of 64 bits their perceptual hashes differ; None: the files are the same to the byte.
    """

    one: Path
    other: Path
    bits: int | None

    @property
    def words(self) -> str:
        """In words."""
        if self.bits is None:
            return "are the same file"
        return "show the same picture" if not self.bits else f"show nearly the same picture ({self.bits} of 64 bits)"


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found in some files; `problems` are those that could not be looked at, and why."""

    files: tuple[Examined, ...]
    matches: tuple[Match, ...]
    problems: tuple[str, ...]

    def to_plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "files": [_file(one) for one in self.files],
            "matches": [
                {"files": [str(one.one), str(one.other)], "bits": one.bits, "words": one.words, "techniques": [*COPIES]}
                for one in self.matches
            ],
            "problems": list(self.problems),
            "caveat": CAVEAT,
        }


def examine_files(paths: Iterable[Path]) -> Examination:
    """Read what files declare, and compare their pictures with one another.

    Args:
        paths: files, and folders of which all files with usual endings are taken.

    Raises:
        InputError: no file can be looked at.
        UsageError: there is nothing to look at, or too much.
    """
    given = list(dict.fromkeys(_files(paths)))
    if not given:
        raise UsageError("There are no pictures or films to look at.", "JPEG, PNG, WebP, MP4 and MOV are.")
    if len(given) > FILES:
        raise UsageError(f"{len(given):,} files are more than {FILES:,}.", "Name fewer at a time.")
    files, problems = [], []
    for path in given:
        try:
            files.append(examine(path))
        except ReadError as error:
            problems.append(error.message)
    if not files:
        raise InputError(problems[0], "JPEG, PNG, WebP, MP4 and MOV can be looked at.")
    return Examination(tuple(files), tuple(_matches([one.path for one in files], problems)), tuple(problems))


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if one.suffix.lower() in ENDINGS and one.is_file())
        else:
            yield path


def _matches(paths: list[Path], problems: list[str]) -> list[Match]:
    whole: dict[str, list[Path]] = {}
    for path in paths:
        with path.open("rb") as file:
            digest = sha256()
            while part := file.read(1 << 20):
                digest.update(part)
        whole.setdefault(digest.hexdigest(), []).append(path)
    found = [Match(same[0], other, None) for same in whole.values() for other in same[1:]]
    hashes: dict[str, str] = {}
    for path in (same[0] for same in whole.values()):
        if path.suffix.lower() in (".mp4", ".mov", ".m4v"):
            continue
        try:
            hashes[str(path)] = picture_hash(path)
        except ReadError as error:
            problems.append(f"Its picture was not compared: {error.message}")
        except UsageError as error:
            problems.append(f"Pictures were not compared with each other: {error.message}")
            break
    near = [
        Match(Path(one), Path(other), bits) for one, other, bits in near_pairs(hashes) if _tells(hashes, one, other)
    ]
    return [*found, *sorted(near, key=lambda match: (match.bits, match.one, match.other))]


def _tells(hashes: dict[str, str], one: str, other: str) -> bool:
    """Whether both hashes tell anything: plain surfaces all hash to (nearly) nothing."""
    nothing = "0" * 16
    return min(bits_apart(hashes[one], nothing), bits_apart(hashes[other], nothing)) > 8


def _file(one: Examined) -> dict[str, Any]:
    return {
        "file": str(one.path),
        "form": one.form,
        "content_credentials": one.credentials,
        "marks": [_mark(mark) for mark in one.marks],
        "remarks": list(one.remarks),
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {"kind": mark.kind, "where": mark.where, "words": mark.words, "techniques": list(mark.techniques)}
