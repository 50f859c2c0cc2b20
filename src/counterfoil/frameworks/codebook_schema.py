"""The schema of the codebook's YAML files (see docs/codebook.md), with messages for analysts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, RootModel, ValidationError

from counterfoil.errors import CodebookError
from counterfoil.frameworks.codebook_own import merge

Text = Annotated[str, Field(min_length=1)]
OWN = "own/"  #: before the names of a workspace's own files
LANGUAGES = "languages/"  #: the folder of the files for languages other than English
Model = TypeVar("Model", bound=BaseModel)
TechniqueId = Annotated[str, Field(pattern=r"^T\d{4}(\.\d{3})?$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class _NotWhen(_Strict):
    when: Text
    instead: TechniqueId | None = None


class _Cues(_Strict):
    strong: list[Text] = []
    fair: list[Text] = []
    weak: list[Text] = []


class _Guidance(_Strict):
    id: TechniqueId
    not_when: list[_NotWhen] = []
    cues: _Cues = _Cues()
    excludes: list[Text] = []
    sentences: list[Text] = []
    positive: list[Text] = []
    negative: list[Text] = []
    companions: list[TechniqueId] = []


class _Entry(_Guidance):
    name: Text
    definition: Text
    use_when: Text


class _TacticFile(_Strict):
    tactic: Annotated[str, Field(pattern=r"^TA\d{2}$")]
    lists: dict[str, list[Text]] = {}
    techniques: list[_Entry]


class _OwnEntry(_Guidance):
    name: Text | None = None
    definition: Text | None = None
    use_when: Text | None = None
    replaces: bool = False


class _OwnFile(_Strict):
    tactic: Annotated[str, Field(pattern=r"^TA\d{2}$")]
    lists: dict[str, list[Text]] = {}
    techniques: list[_OwnEntry]


class _LanguageEntry(_Strict):
    id: TechniqueId
    cues: _Cues
    excludes: list[Text] = []
    positive: Annotated[list[Text], Field(min_length=2)]
    negative: Annotated[list[Text], Field(min_length=1)]


class _LanguageFile(_Strict):
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    lists: dict[str, list[Text]] = {}
    techniques: list[_LanguageEntry]


class _ListsFile(RootModel[dict[str, list[Text]]]):
    pass


class _Named(_Strict):
    id: Text
    name: Text


class _Tactic(_Named):
    phase: Text


class _FrameworkFile(_Strict):
    name: Text
    version: Text
    phases: list[_Named]
    tactics: list[_Tactic]


def parse(sources: dict[str, bytes], folder: Path, own: Path | None = None) -> dict[str, Any]:
    """Validated plain data from the files' contents, ready for JSON.

    Args:
        sources: by name; those that begin with "own/" add to the others or replace them.
        folder: where the files lie, for messages.
        own: where a workspace's own files lie.

    Raises:
        CodebookError: not YAML, not of the schema, an id twice, or a code that no file has.
    """
    head = _validate(_FrameworkFile, sources["framework.yaml"], folder / "framework.yaml")
    lists = {"": _validate(_ListsFile, sources.get("lists.yaml", b"{}"), folder / "lists.yaml").root}
    techniques: list[dict[str, Any]] = []
    entries: list[dict[str, Any]] = []
    seen: dict[str, str] = {}
    languages: dict[str, str] = {}  # each by itself as JSON, so that it is read only when asked for
    for name, content in sources.items():
        if name in ("framework.yaml", "lists.yaml") or name.startswith((LANGUAGES, OWN)):
            continue
        scope = name.removesuffix(".yaml")
        page = _validate(_TacticFile, content, folder / name)
        lists[scope] = page.lists
        for entry in page.techniques:
            if entry.id in seen:
                raise CodebookError(f"{name} has {entry.id} again, which stands in {seen[entry.id]}.")
            seen[entry.id] = name
            parent = entry.id.split(".")[0] if "." in entry.id else ""
            techniques.append({"id": entry.id, "name": entry.name, "tactic": page.tactic, "parent": parent})
            entries.append(_entry_data(entry, scope))
    for name in (name for name in sources if name.startswith(OWN)):
        path = (own or folder) / name.removeprefix(OWN)
        _merge_own(
            _validate(_OwnFile, sources[name], path), path, {"entries": entries, "techniques": techniques}, lists
        )
        seen |= {row["id"]: seen.get(row["id"], path.name) for row in entries}
    for name in (name for name in sources if name.startswith(LANGUAGES)):
        scope = name.removesuffix(".yaml")
        file = _validate(_LanguageFile, sources[name], folder / name)
        if scope != LANGUAGES + file.language:
            raise CodebookError(f"{folder / name} is for the language {file.language!r}, by its name for another.")
        if file.language == "en":
            raise CodebookError(f"{folder / name}: English cues stand in the tactics' files.")
        lists[scope] = file.lists
        rows = list(_language_data(file, scope, seen, folder / name))
        languages[file.language] = json.dumps(rows, ensure_ascii=False)
    _check_references(entries, seen, folder)
    _check_frame(head, {row["tactic"] for row in techniques}, folder)
    order = {tactic.id: index for index, tactic in enumerate(head.tactics)}
    techniques.sort(key=lambda row: (order.get(row["tactic"], 99), row["id"]))
    return {**head.model_dump(), "techniques": techniques, "entries": entries, "lists": lists, "languages": languages}


def _merge_own(
    own: _OwnFile, path: Path, into: dict[str, list[dict[str, Any]]], lists: dict[str, dict[str, list[str]]]
) -> None:
    for name, words in own.lists.items():
        if any(name in known for known in lists.values()):
            raise CodebookError(f"{path} has a list {name!r}, which the codebook has already.", "Give it another name.")
        lists[""][name] = words
    for entry in own.techniques:
        data = entry.model_dump(exclude={"name"})
        data["not_when"] = [{"when": item.when, "instead": item.instead or ""} for item in entry.not_when]
        try:
            merge(data, entry.name or "", own.tactic, into)
        except CodebookError as error:
            raise CodebookError(f"{path}: {error.message}", error.hint) from error


def _entry_data(entry: _Entry, scope: str) -> dict[str, Any]:
    data = entry.model_dump(exclude={"name"})
    data["not_when"] = [{"when": item.when, "instead": item.instead or ""} for item in entry.not_when]
    return {**data, "lists": scope}


def _language_data(file: _LanguageFile, scope: str, techniques: dict[str, str], path: Path) -> Iterator[dict[str, Any]]:
    done: set[str] = set()
    for entry in file.techniques:
        if entry.id in done:
            raise CodebookError(f"{path} has {entry.id} twice.")
        if entry.id not in techniques:
            raise CodebookError(f"{path} has {entry.id}, which is in no tactic's file.")
        done.add(entry.id)
        yield {**entry.model_dump(), "lists": scope}


def _check_references(entries: list[dict[str, Any]], seen: dict[str, str], folder: Path) -> None:
    for entry in entries:
        cited = [*entry["companions"], *(item["instead"] for item in entry["not_when"] if item["instead"])]
        cited += [entry["id"].split(".")[0]]
        for code in cited:
            if code not in seen:
                raise CodebookError(
                    f"{folder / seen[entry['id']]}: {entry['id']} refers to {code}, which is in no file."
                )


def _check_frame(head: _FrameworkFile, tactics: set[str], folder: Path) -> None:
    """Each tactic that a file is for, and each phase that a tactic names, stands in framework.yaml."""
    for tactic in sorted(tactics - {tactic.id for tactic in head.tactics}):
        raise CodebookError(f"{folder} has techniques of {tactic}, which framework.yaml does not list.")
    for phase in sorted({tactic.phase for tactic in head.tactics} - {phase.id for phase in head.phases}):
        raise CodebookError(f"{folder / 'framework.yaml'} names the phase {phase}, which it does not list.")


def _yaml(content: bytes, path: Path) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(content, Loader=loader)  # noqa: S506 - both loaders are the safe ones
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        line = f" in line {place.line + 1}" if place else ""
        raise CodebookError(f"{path} is not YAML{line}.", str(getattr(error, "problem", "") or "")) from error


def _validate(model: type[Model], content: bytes, path: Path) -> Model:
    data = _yaml(content, path)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise CodebookError(f"{path}: {_place(first['loc'], data)}: {first['msg']}.") from error


def _place(loc: tuple[int | str, ...], data: Any) -> str:
    """The path to a field in words: the technique's id rather than its position."""
    words = []
    for step in loc:
        data = _inside(data, step)
        name = data.get("id") if isinstance(step, int) and isinstance(data, dict) else None
        words.append(str(name or step))
    return " › ".join(words) or "the file"


def _inside(data: Any, step: int | str) -> Any:
    if isinstance(data, dict):
        return data.get(step)
    return data[step] if isinstance(data, list) and isinstance(step, int) and step < len(data) else None
