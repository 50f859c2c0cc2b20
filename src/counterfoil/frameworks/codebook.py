"""Read the codebook: one YAML file per tactic, validated, cached in compiled form.

The packaged codebook is the embedded default framework: DISARM 1.6's ids, names, parents and
tactics are facts; definitions, guidance and cues are our own.
"""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from counterfoil.errors import CodebookError
from counterfoil.files import write_whole
from counterfoil.model.codebook import Codebook, Entry, LanguageCues, NotWhen, Strength
from counterfoil.model.framework import Framework, Phase, Tactic, Technique

OWN = "own/"  #: before the names of a workspace's own files, as in `codebook_schema`
FORMAT = 3  #: raised when the compiled form changes, so that no old cache is read


def packaged_folder() -> Path:
    """Where the packaged codebook lies."""
    return Path(str(files("counterfoil.frameworks"))) / "codebook_data"


def load_codebook(folder: Path | None = None, cache: Path | None = None, own: Path | None = None) -> Codebook:
    """The codebook of a folder (default: the packaged one).

    Args:
        folder: holds framework.yaml, lists.yaml, one file per tactic, and in languages/ one per language.
        cache: a folder for the compiled form; reading YAML takes a second, the cache milliseconds.
        own: a folder, which need not be there, of files with entries that add to these or replace them.

    Raises:
        CodebookError: a file breaks the schema; the message says which entry and field.
    """
    folder = folder or packaged_folder()
    paths = sorted(folder.glob("*.yaml")) + sorted(folder.glob("languages/*.yaml"))
    if not any(path.name == "framework.yaml" for path in paths):
        raise CodebookError(f"{folder} is not a codebook: it has no framework.yaml.")
    sources = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    sources |= {f"{OWN}{path.name}": path.read_bytes() for path in sorted(own.glob("*.yaml") if own else ())}
    digest = _digest(sources)
    cached = cache / f"codebook-{FORMAT}-{digest[:16]}.json" if cache else None
    data = _read_cache(cached)
    if data is None:
        from counterfoil.frameworks.codebook_schema import parse

        data = parse(sources, folder, own)
        if cached:
            _write_cache(cached, data)
    return _build(data, digest, cache)


def _digest(sources: dict[str, bytes]) -> str:
    total = sha256()
    for name, content in sources.items():
        total.update(f"{name}:{len(content)}:".encode() + content)
    return total.hexdigest()


def _read_cache(path: Path | None) -> dict[str, Any] | None:
    if path is None:
        return None
    try:
        data: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None  # absent or damaged: the YAML is the source of truth and is read instead
    return data


def _write_cache(path: Path, data: dict[str, Any]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(data, ensure_ascii=False).encode())
    except OSError:
        return  # a cache that cannot be kept costs a second next time, nothing else


def _build(data: dict[str, Any], digest: str, cache: Path | None) -> Codebook:
    techniques = {t["id"]: Technique(**t) for t in data["techniques"]}
    framework = Framework(
        name=data["name"],
        version=data["version"],
        phases=tuple(Phase(**phase) for phase in data["phases"]),
        tactics=tuple(Tactic(**tactic) for tactic in data["tactics"]),
        techniques=techniques,
    )
    entries = {entry.id: entry for entry in _entries(data["entries"])}
    lists = {scope: {name: tuple(words) for name, words in named.items()} for scope, named in data["lists"].items()}
    languages = _Languages(data["languages"])
    return Codebook(framework=framework, entries=entries, lists=lists, digest=digest, languages=languages, cache=cache)


class _Languages(Mapping[str, Mapping[str, LanguageCues]]):
    """The cues of each language, built when first asked for: an English report waits for none."""

    def __init__(self, compiled: dict[str, str]) -> None:
        self._compiled = compiled
        self._built: dict[str, dict[str, LanguageCues]] = {}

    def __getitem__(self, language: str) -> Mapping[str, LanguageCues]:
        if language not in self._built:
            self._built[language] = _language(json.loads(self._compiled[language]))
        return self._built[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._compiled)

    def __len__(self) -> int:
        return len(self._compiled)

    def __contains__(self, language: object) -> bool:
        return language in self._compiled


def _language(rows: list[dict[str, Any]]) -> dict[str, LanguageCues]:
    return {
        row["id"]: LanguageCues(
            id=row["id"],
            cues=_cues(row),
            positive=tuple(row["positive"]),
            negative=tuple(row["negative"]),
            excludes=tuple(row["excludes"]),
            lists=row["lists"],
        )
        for row in rows
    }


def _cues(row: dict[str, Any]) -> dict[Strength, tuple[str, ...]]:
    return {Strength(strength): tuple(cues) for strength, cues in row["cues"].items()}


def _entries(rows: list[dict[str, Any]]) -> Iterator[Entry]:
    for row in rows:
        plain: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in row.items()
            if key not in ("cues", "not_when")
        }
        yield Entry(
            **plain,
            not_when=tuple(NotWhen(**item) for item in row["not_when"]),
            cues=_cues(row),
        )
