"""Publishing: only what changes is written, notes and people's own files stay."""

import os
from pathlib import Path

import pytest

from counterfoil.errors import InputError
from counterfoil.site.pages import Settings, generate
from counterfoil.site.publish import publish
from counterfoil.site.templates import MARKER
from tests.site.small import TABLES, master

INCIDENT = "generated_pages/incidents/I00001.md"
STALE = "generated_pages/incidents/I00002.md"


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    pages = generate(master())
    assert len(publish(pages, tmp_path).created) == len(pages.texts)
    for path in pages.texts:
        os.utime(tmp_path / path, ns=(1, 1))
    again = publish(pages, tmp_path)
    assert (again.created, again.updated, again.removed, again.unchanged) == ((), (), (), len(pages.texts))
    assert all((tmp_path / path).stat().st_mtime_ns == 1 for path in pages.texts)


@pytest.mark.parametrize("exact", [True, False])
def test_notes_are_kept_to_the_byte(tmp_path: Path, exact: bool) -> None:
    publish(generate(master()), tmp_path)
    page = tmp_path / INCIDENT
    notes = b" \r\nseen again \xff\xfe\n\nDO NOT EDIT ABOVE THIS LINE - PLEASE ADD NOTES BELOW\n\t\n"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n") + notes)
    incident = {**TABLES["incidents"][0], "summary": "Changed."}
    done = publish(generate(master(incidents=[incident]), Settings(exact=exact)), tmp_path)
    assert INCIDENT in done.updated
    assert b"Changed.\n" in page.read_bytes()
    assert page.read_bytes().split(b"PLEASE ADD NOTES BELOW", 1)[1] == notes
    assert publish(generate(master(incidents=[incident]), Settings(exact=exact)), tmp_path).updated == ()


def test_stale_pages_go_but_notes_stay(tmp_path: Path) -> None:
    publish(generate(master()), tmp_path)
    shorter = generate(master(incidents=TABLES["incidents"][:1]))
    with (tmp_path / STALE).open("ab") as page:
        page.write(b"\nmy note")
    done = publish(shorter, tmp_path)
    assert (done.removed, done.kept) == ((), (STALE,))
    (tmp_path / STALE).write_bytes((tmp_path / STALE).read_bytes().removesuffix(b"my note"))
    done = publish(shorter, tmp_path)
    assert (done.removed, done.kept) == ((STALE,), ())
    assert not (tmp_path / STALE).exists()


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    own = {
        INCIDENT: b"my own page",
        "generated_pages/incidents/README.md": b"# Incident README\n" + MARKER.encode(),
        "generated_pages/incidents/I09999.md": b"# Incident I09999: mine, without the line",
        "generated_pages/incidents_index.md": b"# My index",
    }
    for path, content in own.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    done = publish(generate(master()), tmp_path)
    assert done.foreign == (INCIDENT, "generated_pages/incidents_index.md")
    assert {path: (tmp_path / path).read_bytes() for path in own} == own


def test_links_and_folders_in_a_page_s_place_are_left_alone(tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("keep me")
    (tmp_path / "generated_pages/incidents").mkdir(parents=True)
    (tmp_path / INCIDENT).symlink_to(precious)
    (tmp_path / STALE).mkdir()
    assert publish(generate(master()), tmp_path).foreign == (INCIDENT, STALE)
    assert precious.read_text() == "keep me"


def test_from_complete_to_exact_and_back(tmp_path: Path) -> None:
    publish(generate(master()), tmp_path)
    exact = generate(master(), Settings(exact=True))
    done = publish(exact, tmp_path)
    assert done.removed == ("generated_pages/detections/F00001.md", "generated_pages/responsetypes/D01.md")
    on_disk = {str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert on_disk == {path: text.encode() for path, text in exact.texts.items()}


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "generated_pages").write_text("a file where a folder belongs")
    with pytest.raises(InputError, match="cannot be written"):
        publish(generate(master()), tmp_path)
