"""A workspace in one file, and back: whole, or not at all."""

import json
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from counterfoil.errors import CounterfoilError, InputError, UsageError, WorkspaceError
from counterfoil.exchange import archive as container
from counterfoil.kb import archiving as rows
from counterfoil.kb.coding import citations, decide, get_extraction
from counterfoil.kb.incident_changes import rename
from counterfoil.kb.items import decide_items, items_of
from counterfoil.kb.search import find
from counterfoil.kb.search_words import read_query
from counterfoil.kb.tables import SCHEMA, metadata
from counterfoil.kb.withdrawing import withdraw
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Signature, Verdict
from counterfoil.model.report import Original
from counterfoil.workflow.archiving import archive, restore
from tests.exchange import rich

ADA = Signature("Ada", "2031-06-01T09:00:00.000Z", "on second thoughts")


def stored(folder: Path) -> Workspace:
    """The rich incident, with a history: superseded, withdrawn and item decisions, a renamed incident."""
    workspace = Workspace.open(folder, create=True)
    for report in (rich.first_report(), rich.second_report()):
        workspace.keep_original(Original(report.text.encode(), "text/plain"))
    incident = rich.store_rich(workspace)
    with workspace.writing() as connection:
        accepted = [one.suggestion.id for one in citations(connection, rich.incident().reports)]
        decide(connection, accepted[0], Verdict.REJECTED, ADA)
        withdraw(connection, accepted[1], ADA)
        decide(connection, accepted[2], Verdict.REJECTED, ADA)
        withdraw(connection, accepted[2], ADA)
        items = items_of(connection, rich.first_report().id)
        decide_items(connection, [items[0].id], Verdict.ACCEPTED, ADA)
        decide_items(connection, [items[1].id], Verdict.REJECTED, ADA)
        rename(connection, incident, "Lantern 🏮", ADA)
    return workspace


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Workspace]:
    workspace = stored(tmp_path / "a")
    yield workspace
    workspace.close()


def written(workspace: Workspace, path: Path) -> bytes:
    with path.open("wb") as out:
        archive(workspace, out)
    return path.read_bytes()


def everything(workspace: Workspace) -> dict[str, list[dict[str, object]]]:
    with workspace.reading() as connection:
        return {
            table.name: [row._asdict() for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
            if not table.name.startswith("search_")
        }


def test_what_comes_back_is_what_went_in(full: Workspace, tmp_path: Path) -> None:
    first = written(full, tmp_path / "a.zip")
    made = restore(tmp_path / "a.zip", tmp_path / "b")
    again = Workspace.open(tmp_path / "b")
    assert everything(again).keys() == everything(full).keys()
    assert written(again, tmp_path / "b.zip") == first
    assert made.originals == 2
    for digest in container_originals(tmp_path / "a.zip"):
        assert again.original_path(digest).read_bytes() == full.original_path(digest).read_bytes()
    with full.reading() as here, again.reading() as there:
        for report in rich.incident().reports:
            assert get_extraction(there, report) == get_extraction(here, report)
        for kind in ("report", "quote", "actor", "incident"):
            hits = [find(connection, read_query("lantern"), kind, 20) for connection in (here, there)]
            assert hits[0].hits
            assert hits[0] == hits[1]
    again.close()


def container_originals(path: Path) -> list[str]:
    with container.opened(path) as source:
        return source.originals()


def test_the_order_in_which_rows_were_stored_does_not_matter(tmp_path: Path) -> None:
    one, other = (Workspace.open(tmp_path / name, create=True) for name in ("one", "other"))
    rich.store_rich(one)
    with other.writing() as connection:
        store_backwards(connection)
    for workspace in (one, other):
        for report in (rich.first_report(), rich.second_report()):
            workspace.keep_original(Original(report.text.encode(), "text/plain"))
    assert written(one, tmp_path / "1.zip") == written(other, tmp_path / "2.zip")
    one.close()
    other.close()


def store_backwards(connection: Connection) -> None:
    from counterfoil.kb.coding import add_run
    from counterfoil.kb.incidents import store_incident
    from counterfoil.kb.names import join_names, part_names
    from counterfoil.kb.reports import add_report

    coded = rich.rich_incident()
    judged = [(one.suggestion, one.decision) for one in coded.uncited]
    judged += [(one.suggestion, one.decision) for one in coded.citations]
    for report in (rich.second_report(), rich.first_report()):
        add_report(connection, report, Original(report.text.encode(), "text/plain"), rich.ADDED)
        add_run(connection, report.id, rich.suggestions(report)[::-1], rich.extraction_of(report), rich.ADDED)
    for suggestion, decision in reversed(judged):
        if decision:
            word = Signature(decision.analyst, decision.at, decision.comment)
            decide(connection, suggestion.id, decision.verdict, word)
    for said in rich.names():
        put = join_names if said.verdict is Verdict.ACCEPTED else part_names
        put(connection, said.name, said.alias, Signature(said.analyst, said.at, said.comment))
    store_incident(connection, rich.incident())


def test_every_table_has_its_place() -> None:
    archived = {table.name for table in rows.archived_tables()}
    assert archived | rows.DERIVED == metadata.tables.keys()
    numbered = {
        table.name
        for table in rows.archived_tables()
        if [str(column.type) for column in table.primary_key] == ["INTEGER"]
        and not any(column.foreign_keys for column in table.primary_key)
    }
    assert numbered == rows.NUMBERED.keys()


def test_an_original_that_is_gone_or_damaged_is_said(full: Workspace, tmp_path: Path) -> None:
    gone, damaged = sorted(path for path in (full.folder / "originals").rglob("*") if path.is_file())
    gone.unlink()
    damaged.write_bytes(b"other")
    with (tmp_path / "a.zip").open("wb") as out:
        made = archive(full, out)
    assert made.missing.keys() == {gone.name, damaged.name}
    assert "hash" in made.missing[damaged.name]
    assert restore(tmp_path / "a.zip", tmp_path / "b").missing == made.missing


def test_a_folder_in_use_is_refused(full: Workspace, tmp_path: Path) -> None:
    written(full, tmp_path / "a.zip")
    before = everything(full)
    with pytest.raises(UsageError, match="is there already"):
        restore(tmp_path / "a.zip", full.folder)
    assert everything(full) == before


def test_an_older_archive_is_brought_up_to_date(tmp_path: Path) -> None:
    old = Workspace.create_empty(tmp_path / "old", "0007")
    with old.engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO incidents VALUES ('I-1', 'Old', '2030-01-01T00:00:00Z', '', '{}')")
        connection.commit()
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        tables = (set(names) & metadata.tables.keys()) - rows.DERIVED
        with (tmp_path / "old.zip").open("wb") as out:
            writer = container.ArchiveWriter(out)
            for table in sorted(tables):
                found = connection.exec_driver_sql(f"SELECT * FROM {table}")
                writer.table(table, [dict(row._mapping) for row in found])
            writer.finish("0007", {})
    old.close()
    restore(tmp_path / "old.zip", tmp_path / "new")
    new = Workspace.open(tmp_path / "new")
    assert everything(new)["incidents"][0]["name"] == "Old"
    assert everything(new)["parcels"] == []
    new.close()
    assert SCHEMA > "0007"


Change = Callable[[dict[str, bytes]], dict[str, bytes]]


def _manifest(content: dict[str, bytes], **changed: object) -> dict[str, bytes]:
    plain = json.loads(content["manifest.json"]) | changed
    return {**content, "manifest.json": json.dumps(plain).encode()}


def _resealed(members: dict[str, bytes]) -> dict[str, bytes]:
    """With a manifest that fits: what somebody would make who knows the format."""
    from hashlib import sha256

    listed = [
        {"name": name, "size": len(content), "sha256": sha256(content).hexdigest()}
        for name, content in members.items()
        if name != "manifest.json"
    ]
    return _manifest(members, members=listed, fingerprint=container.fingerprint(listed))


def _swap(name: str, old: bytes, new: bytes) -> Change:
    def change(members: dict[str, bytes]) -> dict[str, bytes]:
        assert old in members[name]
        return {**members, name: members[name].replace(old, new)}

    return change


def _sealed_swap(name: str, old: bytes, new: bytes) -> Change:
    return lambda members: _resealed(_swap(name, old, new)(members))


BAD: dict[str, tuple[Change, str]] = {
    "a changed decision": (_swap("tables/decisions.jsonl", b"accepted", b"rejected"), "not what the manifest says"),
    "a member gone": (lambda m: {k: v for k, v in m.items() if k != "tables/runs.jsonl"}, "does not hold"),
    "a member more": (lambda m: {**m, "tables/more.jsonl": b""}, "does not hold"),
    "a path that climbs": (lambda m: {**m, "../evil": b"x"}, "'../evil'"),
    "an absolute path": (lambda m: {**m, "/etc/passwd": b"x"}, "'/etc/passwd'"),
    "a path in originals": (lambda m: {**m, "originals/ab/../../evil": b"x"}, "evil"),
    "no manifest": (lambda m: {k: v for k, v in m.items() if k != "manifest.json"}, "no manifest"),
    "another format": (lambda m: _manifest(m, format="word"), "no archive of a workspace"),
    "a later format": (lambda m: _manifest(m, version=99), "version 99"),
    "a later schema": (lambda m: _manifest(m, schema="9999"), "schema '9999'"),
    "an odd schema": (lambda m: _manifest(m, schema="../1"), "schema '../1'"),
    "a manifest of lists": (lambda m: {**m, "manifest.json": b"[]"}, "no JSON object"),
    "a manifest without end": (lambda m: {**m, "manifest.json": b"[" * 100_000}, "no JSON"),
    "a text that is not its hash": (
        _sealed_swap("tables/reports.jsonl", b"The story was", b"The whole was"),
        "not the one that its hash names",
    ),
    "a verdict that there is not": (_sealed_swap("tables/decisions.jsonl", b"accepted", b"perhaps_"), "contradict"),
    "a column more": (_sealed_swap("tables/runs.jsonl", b'"coder"', b'"evil":1,"coder"'), "columns of this schema"),
    "a link to nowhere": (_sealed_swap("tables/runs.jsonl", b'"report":"R-', b'"report":"Q-'), "not there"),
    "a value that is no value": (_sealed_swap("tables/runs.jsonl", b'"coder":"', b'"coder":[],"x":"'), "columns"),
    "a nested value": (_sealed_swap("tables/runs.jsonl", b'"coder":"codebook 1"', b'"coder":[[1]]'), "neither"),
    "a number without end": (_sealed_swap("tables/runs.jsonl", b'"id":1,', b'"id":1' + b"0" * 30 + b","), "value"),
    "a row cut off": (lambda m: _resealed({**m, "tables/runs.jsonl": m["tables/runs.jsonl"][:-9]}), "cut off"),
    "an original that is not its name": (
        lambda m: _resealed({k: b"x" if k.startswith("originals/") else v for k, v in m.items()}),
        "another hash",
    ),
    "an original gone": (
        lambda m: _resealed({k: v for k, v in m.items() if not k.startswith("originals/59")}),
        "lacks the original",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_a_changed_archive_is_refused_and_nothing_is_left(full: Workspace, tmp_path: Path, what: str) -> None:
    change, words = BAD[what]
    written(full, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as package:
        members = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(tmp_path / "bad.zip", "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in change(members).items():
            package.writestr(name, content)
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises((InputError, WorkspaceError), match=words):
        restore(tmp_path / "bad.zip", tmp_path / "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize("share", [0.01, 0.3, 0.5, 0.9, 0.99, 0.9999])
def test_a_truncated_archive_is_refused(full: Workspace, tmp_path: Path, share: float) -> None:
    content = written(full, tmp_path / "a.zip")
    (tmp_path / "cut.zip").write_bytes(content[: int(len(content) * share)])
    with pytest.raises(InputError):
        restore(tmp_path / "cut.zip", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_every_changed_byte_is_refused_or_harmless(full: Workspace, tmp_path: Path) -> None:
    content = written(full, tmp_path / "a.zip")
    for place in range(0, len(content), 397):
        changed = bytearray(content)
        changed[place] ^= 0x41
        (tmp_path / "bad.zip").write_bytes(changed)
        target = tmp_path / f"new{place}"
        try:
            restore(tmp_path / "bad.zip", target)
        except CounterfoilError:
            assert not target.exists()
            continue
        again = Workspace.open(target)  # a date or an attribute of the ZIP, which says nothing
        assert written(again, tmp_path / "again.zip") == content
        again.close()


def test_a_bomb_is_refused_before_it_is_unpacked(full: Workspace, tmp_path: Path) -> None:
    written(full, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as package:
        members = {name: package.read(name) for name in package.namelist()}
    members["tables/kept.jsonl"] = b"\0" * (container._SMALL + 1)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in _resealed(members).items():
            package.writestr(name, content)
    with pytest.raises(InputError, match="would become 64 MB"):
        restore(tmp_path / "bomb.zip", tmp_path / "new")


def test_a_member_that_is_larger_than_it_says_is_refused(full: Workspace, tmp_path: Path) -> None:
    content = bytearray(written(full, tmp_path / "a.zip"))
    entry = content.index(b"tables/runs.jsonl", content.rindex(b"README.txt")) - 46
    assert content[entry : entry + 4] == b"PK\x01\x02"
    size = struct.unpack_from("<I", content, entry + 24)[0]
    struct.pack_into("<I", content, entry + 24, size - 1)
    (tmp_path / "bad.zip").write_bytes(content)
    with pytest.raises(InputError):
        restore(tmp_path / "bad.zip", tmp_path / "new")


def test_what_is_no_archive_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello")
    with pytest.raises(InputError, match="no archive"):
        restore(tmp_path / "a.txt", tmp_path / "new")
    with pytest.raises(InputError, match="cannot be read"):
        restore(tmp_path / "absent.zip", tmp_path / "new")


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("found_extractions", "content"),
        ("incidents", "details"),
        ("item_decisions", "content"),
        ("reports", "blocks"),
        ("suggestions", "spans"),
    ],
)
@pytest.mark.parametrize("text", ["not json", "7", "null", "[" * 100_000])
def test_structure_that_is_none_is_refused(full: Workspace, tmp_path: Path, table: str, column: str, text: str) -> None:
    written(full, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as package:
        members = {name: package.read(name) for name in package.namelist()}
    lines = [json.loads(line) for line in members[f"tables/{table}.jsonl"].decode().splitlines()]
    lines[0][column] = text
    members[f"tables/{table}.jsonl"] = "".join(f"{json.dumps(line)}\n" for line in lines).encode()
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as package:
        for name, content in _resealed(members).items():
            package.writestr(name, content)
    with pytest.raises(InputError, match=f"A row of {table} has in {column}"):
        restore(tmp_path / "bad.zip", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_what_breaks_while_it_is_read_is_not_told_as_damage(full: Workspace, tmp_path: Path) -> None:
    written(full, tmp_path / "a.zip")
    with pytest.raises(ValueError, match="ours"), container.opened(tmp_path / "a.zip"):
        raise ValueError("ours")
    with pytest.raises(OSError, match="full"), container.opened(tmp_path / "a.zip"):
        raise OSError("the disk is full")
