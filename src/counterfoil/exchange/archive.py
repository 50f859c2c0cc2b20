"""The archive's file: a ZIP of JSON Lines and original files, with the hash of each in a manifest.

docs/archive.md describes it so that it can be read without this program. The same content gives the same bytes
(given the same zlib) and, on every machine, the same fingerprint. What is read is believed only when all of it
was read and every hash was right.
"""

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from counterfoil.errors import InputError

FORMAT = "counterfoil-archive"
VERSION = 1
MANIFEST = "manifest.json"
README = "README.txt"
LOSSES: Mapping[str, str] = {
    "derived": "search index, facets, extractions as analysts left them: computed again on restoring",
    "learned": "what the coder learned from decisions: counterfoil train",
    "configuration": "config.toml, which belongs to the machine",
}
CHUNK = 1024 * 1024
LONGEST_LINE = 512 * 1024 * 1024  #: bytes of a row
LARGEST_MANIFEST = 256 * 1024 * 1024
MOST_SHRUNK = 300  #: times that a large member may have been compressed; texts reach about 20
_SMALL = 64 * 1024 * 1024  #: bytes below which it may be more: a table of like rows
_TABLE = re.compile(r"tables/([a-z_]{1,40})\.jsonl")
_FILE = re.compile(r"originals/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_HINT = "Use an untouched copy of the archive."
_ABOUT = """\
This is an archive of a Counterfoil workspace: coded reports on influence operations with their evidence.

manifest.json   format, version and schema; every other member with its size and SHA-256
tables/         one file a table: JSON Lines, UTF-8, a row a line, lines end with a line feed (0A)
originals/      the files that reports were read from, named by their SHA-256

reports.text is the frozen text; offsets (start, end) count its Unicode code points. Columns such as spans, reasons,
blocks and content hold JSON as text. docs/archive.md in Counterfoil's documentation describes every table.
"""


class ArchiveWriter:
    """Writes members one after the other; `finish` writes the manifest."""

    def __init__(self, out: BinaryIO) -> None:
        self._zip = ZipFile(out, "w", ZIP_DEFLATED, allowZip64=True)
        self._members: list[dict[str, Any]] = []
        self._put(README, [_ABOUT.encode()])

    def table(self, name: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Write a table; returns how many rows it has."""
        count = 0

        def lines() -> Iterator[bytes]:
            nonlocal count
            for row in rows:
                count += 1
                yield json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

        member = self._put(f"tables/{name}.jsonl", lines())
        member["rows"] = count
        return count

    def original(self, digest: str, path: Path) -> str:
        """Write an original file; returns what is wrong with it, if it is not there or not what its name says."""
        name = f"originals/{digest[:2]}/{digest}"
        try:
            with path.open("rb") as content:
                if sha256_of(content) != digest:
                    return "is damaged: its content has another hash"
                content.seek(0)
                self._put(name, iter(lambda: content.read(CHUNK), b""))
        except OSError as error:
            return f"cannot be read: {error.strerror}"
        return ""

    def finish(self, schema: str, missing: Mapping[str, str]) -> str:
        """Write the manifest and close; returns the fingerprint of the content.

        Args:
            missing: hashes of original files that are not in the archive, and why.
        """
        print_ = fingerprint(self._members)
        manifest = {"format": FORMAT, "version": VERSION, "schema": schema, "fingerprint": print_}
        manifest |= {"missing": dict(sorted(missing.items())), "members": self._members}
        self._put(MANIFEST, [json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"])
        self._zip.close()
        return print_

    def _put(self, name: str, chunks: Iterable[bytes]) -> dict[str, Any]:
        info = ZipInfo(name)  # dated 1980
        info.compress_type = ZIP_DEFLATED
        info.create_system = 3
        info.external_attr = 0o644 << 16
        size, digest = 0, sha256()
        with self._zip.open(info, "w", force_zip64=True) as member:
            for chunk in chunks:
                member.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        entry = {"name": name, "size": size, "sha256": digest.hexdigest()}
        self._members.append(entry)
        return entry


def sha256_of(content: BinaryIO) -> str:
    """The SHA-256 of all that is still to be read."""
    digest = sha256()
    while chunk := content.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def fingerprint(members: Iterable[Mapping[str, Any]]) -> str:
    """The SHA-256 of all members' hashes, sizes and names: the same content has the same, however compressed."""
    digest = sha256()
    for member in sorted(members, key=lambda one: str(one["name"])):
        digest.update(f"{member['sha256']} {member['size']} {member['name']}\n".encode())
    return digest.hexdigest()


@dataclass(slots=True)
class Archive:
    """An archive that is open, its manifest checked against the members that are there. See `opened`."""

    name: str
    schema: str
    fingerprint: str
    missing: dict[str, str]
    _zip: ZipFile
    _members: dict[str, dict[str, Any]]
    _read: set[str] = field(default_factory=set)

    @property
    def size(self) -> int:
        """Bytes of all members once unpacked."""
        return sum(member["size"] for member in self._members.values())

    def tables(self) -> dict[str, Iterator[dict[str, Any]]]:
        """The tables' rows, by table."""
        found = {name: _TABLE.fullmatch(name) for name in self._members}
        return {match[1]: self._rows(name) for name, match in found.items() if match}

    def originals(self) -> list[str]:
        """The hashes of the original files that are in the archive."""
        return [match[2] for match in map(_FILE.fullmatch, self._members) if match]

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member's content; the last step checks its size and hash.

        Raises:
            InputError: it is not what the manifest says.
        """
        member = self._members[name]
        size, digest = 0, sha256()
        with _explained(self.name), self._zip.open(name) as content:
            while chunk := content.read(CHUNK):
                size += len(chunk)
                digest.update(chunk)
                yield chunk
        if size != member["size"] or digest.hexdigest() != member["sha256"]:
            raise InputError(f"{self.name}: {name} is not what the manifest says.", _HINT)
        self._read.add(name)

    def original(self, digest: str) -> Iterator[bytes]:
        """The content of an original file, which is also checked against its name."""
        name = f"originals/{digest[:2]}/{digest}"
        if self._members[name]["sha256"] != digest:
            raise InputError(f"{self.name}: {name} has another hash than its name says.", _HINT)
        return self.chunks(name)

    def finish(self) -> None:
        """Read what nobody has asked for, so that all of it is checked."""
        for name in self._members:
            if name not in self._read:
                for _ in self.chunks(name):
                    pass

    def _rows(self, name: str) -> Iterator[dict[str, Any]]:
        count = 0
        for count, line in enumerate(self._lines(name), start=1):
            yield _row(line, f"{self.name}: line {count} of {name}")
        if count != self._members[name].get("rows", count):
            raise InputError(f"{self.name}: {name} has {count} rows, not as many as the manifest says.", _HINT)

    def _lines(self, name: str) -> Iterator[bytes]:
        left: list[bytes] = []
        length = 0
        for chunk in self.chunks(name):
            first, *more = chunk.split(b"\n")
            left.append(first)
            length += len(first)
            if length > LONGEST_LINE:
                raise InputError(f"{self.name}: {name} has a row of over {LONGEST_LINE // 1024**2} MB.")
            if more:
                yield b"".join(left)
                yield from more[:-1]
                left, length = [more[-1]], len(more[-1])
        if length:
            raise InputError(f"{self.name}: the last row of {name} is cut off.", _HINT)


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive in a file.

    Raises:
        InputError: it is none, of a newer version, damaged, or holds what no archive does.
    """
    with ExitStack() as stack:
        with _explained(path.name):
            package = stack.enter_context(ZipFile(path))
            manifest, members = _manifest(package, path)
        # Not under `_explained`: what goes wrong with what was read is not the archive's fault.
        yield Archive(path.name, manifest["schema"], manifest["fingerprint"], manifest["missing"], package, members)


def _manifest(package: ZipFile, path: Path) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    infos = package.infolist()
    _check_members(infos, path)
    found = {info.filename: info for info in infos}
    if MANIFEST not in found or found[MANIFEST].file_size > LARGEST_MANIFEST:
        raise InputError(f"{path.name} is no archive of a workspace: it has no manifest.", "See: counterfoil archive.")
    manifest = _row(package.read(MANIFEST), f"{path.name}: the manifest")
    if manifest.get("format") != FORMAT:
        raise InputError(f"{path.name} is no archive of a workspace.", "See: counterfoil archive.")
    if manifest.get("version") != VERSION:
        raise InputError(f"{path.name} has version {manifest.get('version')!r} of the format.", "Update Counterfoil.")
    members = _listed(manifest, path)
    if members.keys() != found.keys() - {MANIFEST}:
        odd = ", ".join(sorted(members.keys() ^ (found.keys() - {MANIFEST}))[:3])
        raise InputError(f"{path.name} does not hold what its manifest lists (see: {odd}).", _HINT)
    wrong = [name for name, member in members.items() if member["size"] != found[name].file_size]
    if wrong or fingerprint(members.values()) != manifest["fingerprint"]:
        raise InputError(f"{path.name} does not hold what its manifest lists.", _HINT)
    return manifest, members


def _listed(manifest: dict[str, Any], path: Path) -> dict[str, dict[str, Any]]:
    """The members by name, each of the right form."""
    members = manifest.get("members")
    whole = isinstance(manifest.get("schema"), str) and isinstance(manifest.get("fingerprint"), str)
    missing = manifest.get("missing")
    whole = whole and isinstance(missing, dict) and all(isinstance(why, str) for why in missing.values())
    if not whole or not isinstance(members, list) or not all(map(_is_member, members)):
        raise InputError(f"{path.name} has a manifest that lacks what it needs.", _HINT)
    return {member["name"]: member for member in members}


def _is_member(member: Any) -> bool:
    return (
        isinstance(member, dict)
        and all(isinstance(member.get(name), str) for name in ("name", "sha256"))
        and isinstance(member.get("size"), int)
    )


def _check_members(infos: list[ZipInfo], path: Path) -> None:
    """Only what an archive has, once each, and not far larger than it looks."""
    seen = set()
    for info in infos:
        name = info.orig_filename
        known = name in (README, MANIFEST) or _TABLE.fullmatch(name) or _FILE.fullmatch(name)
        if not known or name in seen or name != info.filename:
            raise InputError(f"{path.name} holds {name[:80]!r}, which no archive of a workspace does.", _HINT)
        if info.flag_bits & 1 or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise InputError(f"{path.name}: {name} is encrypted or compressed in an unknown way.", _HINT)
        if info.file_size > max(_SMALL, MOST_SHRUNK * info.compress_size):
            raise InputError(f"{path.name}: {name} would become {info.file_size // 1024**2} MB.", "This is no archive.")
        seen.add(name)
    if sum(info.compress_size for info in infos) > path.stat().st_size:
        raise InputError(f"{path.name} holds members that overlap.", "This is no archive.")


def _row(line: bytes, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where} is no JSON.", _HINT) from error
    if not isinstance(row, dict):
        raise InputError(f"{where} is no JSON object.", _HINT)
    return row


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Damage, in one sentence."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror or error}.") from error
    except (BadZipFile, LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise InputError(f"{name} is damaged or no archive: {error}.", _HINT) from error
