"""Our TAXII client against the reference server, medallion, in a process of its own."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counterfoil.errors import FetchError, UsageError
from counterfoil.exchange.remote import Remote, check_address
from counterfoil.exchange.taxii_client import add, fetch, offered

COLLECTION = "91a7b528-80eb-42ed-a74d-c6fbd5a26116"
CLOSED = "472c94ae-3113-4e3e-a4dd-a9f4ac7471d4"
SERVER = """
import sys
from medallion import load_app
load_app(sys.argv[1]).run(port=int(sys.argv[2]), threaded=True)
"""


def _identity(number: int) -> dict[str, str]:
    at = "2031-05-02T10:00:00.000Z"
    about = {"spec_version": "2.1", "created": at, "modified": at, "identity_class": "group"}
    return {
        "type": "identity",
        "id": f"identity--{number:08d}-0000-4000-8000-000000000000",
        **about,
        "name": f"N {number}",
    }


@pytest.fixture(scope="module")
def medallion(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    """A medallion with a collection to read and write, and one that is closed."""
    pytest.importorskip("medallion", reason="medallion is not installed")
    folder = tmp_path_factory.mktemp("medallion")
    about = {"title": "One", "can_read": True, "can_write": True, "media_types": ["application/stix+json;version=2.1"]}
    collections = [
        {"id": COLLECTION, **about, "alias": "one", "manifest": [], "objects": []},
        {"id": CLOSED, **about, "title": "Two", "can_read": False, "can_write": False, "manifest": [], "objects": []},
    ]
    information = {"title": "Root", "versions": ["application/taxii+json;version=2.1"], "max_content_length": 10485760}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    data = {
        "/discovery": {"title": "Medallion", "default": f"{url}/root/", "api_roots": [f"{url}/root/"]},
        "root": {"information": information, "status": [], "collections": collections},
    }
    (folder / "data.json").write_text(json.dumps(data))
    backend = {
        "module": "medallion.backends.memory_backend",
        "module_class": "MemoryBackend",
        "filename": str(folder / "data.json"),
    }
    settings = {"backend": backend, "users": {"ada": "s3cret"}, "taxii": {"max_page_size": 20}}
    (folder / "medallion.json").write_text(json.dumps(settings))
    command = [sys.executable, "-c", SERVER, str(folder / "medallion.json"), str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _wait(process, port, folder / "log")
        yield Remote(f"{url}/taxii2/", "s3cret", "ada", seconds=20)
    finally:
        process.kill()
        process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("medallion did not start")


def test_what_is_added_comes_back_in_pages_and_then_only_what_is_new(medallion: Remote) -> None:
    assert [(one.title, one.can_read, one.can_write) for one in offered(medallion)] == [
        ("One", True, True),
        ("Two", False, False),
    ]
    objects = [_identity(number) for number in range(55)]
    assert add(medallion, COLLECTION, objects) == 55
    first = fetch(medallion, "one")
    assert sorted(one["id"] for one in first.objects) == [one["id"] for one in objects]
    assert first.until
    assert fetch(medallion, "One", first.until).objects == ()
    add(medallion, COLLECTION, objects)  # again: nothing is doubled
    assert fetch(medallion, COLLECTION, first.until).objects == ()
    assert len(fetch(medallion, COLLECTION).objects) == 55
    add(medallion, COLLECTION, [_identity(99)])
    later = fetch(medallion, COLLECTION, first.until)
    assert [one["id"] for one in later.objects] == [_identity(99)["id"]]
    assert later.until > first.until
    assert json.loads(first.bundle())["objects"] == list(first.objects)


def test_what_is_not_allowed_is_a_sentence_without_the_secret(medallion: Remote) -> None:
    with pytest.raises(UsageError, match="no collection 'three'"):
        fetch(medallion, "three")
    with pytest.raises(UsageError, match="may not be written"):
        add(medallion, CLOSED, [_identity(1)])
    with pytest.raises(UsageError, match="may not be read"):
        fetch(medallion, CLOSED)
    with pytest.raises(FetchError, match="HTTP 401") as refused:
        offered(replace(medallion, secret="wr0ng"))
    assert "wr0ng" not in f"{refused.value} {refused.value.hint} {replace(medallion, secret='wr0ng')!r}"
    with pytest.raises(FetchError, match="HTTP 404"):
        offered(replace(medallion, url=medallion.url + "nowhere/"))
    with pytest.raises(FetchError, match="cannot be reached"):
        offered(Remote("http://127.0.0.1:9/taxii2/", "x"))


def test_an_address_that_would_give_the_secret_away_is_refused() -> None:
    check_address("https://taxii.example/taxii2/")
    check_address("http://127.0.0.1:8377/taxii2/")
    check_address("http://[::1]:8377/taxii2/")
    check_address("http://taxii.example/", plain=True)
    refused = (
        "http://taxii.example/",
        "https://ada:s3cret@taxii.example/",
        "ftp://taxii.example/",
        "taxii.example",
        "https://",
        "http://127.0.0.1.evil.example/",
        "http://[::1/",
    )
    for url in refused:
        with pytest.raises(UsageError) as error:
            check_address(url)
        assert "s3cret" not in error.value.message
