"""A local HTTP server that speaks the parts of MISP's and OpenCTI's protocols that a push needs.

Written down from their client libraries: what pymisp asks when it connects and for an event, and the GraphQL upload
(multipart request specification) that pycti sends. It is no MISP and no OpenCTI: it keeps what it is sent.
"""

import json
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

KEY = "k3y-of-the-platform"
USER = {
    "User": {"id": "1", "email": "ada@platform.example", "org_id": "1", "role_id": "1"},
    "Role": {"id": "1", "name": "publisher", "perm_add": True},
    "UserSetting": [],
}


@dataclass
class Platform:
    """What was sent; `asked` are methods and paths, in order."""

    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    uploads: list[tuple[str, str, bytes]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    refuse: bool = False
    url: str = ""
    _server: ThreadingHTTPServer | None = None

    def __enter__(self) -> "Platform":
        platform = self

        class Handler(_Handler):
            there = platform

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    there: Platform

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""

    def do_GET(self) -> None:
        path = self._path()
        if not self._known():
            return
        answers = {
            "/servers/getVersion": {"version": "2.5.34", "pymisp_recommended_version": "2.5.34"},
            "/users/view/me": USER,
        }
        if path in answers:
            self._answer(200, answers[path])
        elif path == "/attributes/describeTypes.json":
            from pymisp.data.describe_types import describe_types  # type: ignore[import-not-found,unused-ignore]

            self._answer(200, {"result": describe_types})
        else:
            self._answer(404, {"name": "Invalid page"})

    def do_HEAD(self) -> None:
        uuid = self._path().removeprefix("/events/view/")
        self._answer(200 if uuid in self.there.events else 404, None)

    def do_POST(self) -> None:
        path = self._path()
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self._known():
            return
        if path == "/graphql":
            self._graphql(body)
            return
        event = json.loads(body)
        event = event.get("Event", event)
        if self.there.refuse:
            self._answer(403, {"name": "Could not add Event", "message": "No permission", "errors": "No permission"})
        elif path == "/events/add" or (path == f"/events/edit/{event['uuid']}" and event["uuid"] in self.there.events):
            self.there.events[event["uuid"]] = event
            self._answer(200, {"Event": event})
        else:
            self._answer(404, {"name": "Invalid event"})

    def _graphql(self, body: bytes) -> None:
        raw = b"Content-Type: " + self.headers["Content-Type"].encode() + b"\r\n\r\n" + body
        sent = BytesParser(policy=HTTP).parsebytes(raw)
        parts = {
            str(one["content-disposition"].params["name"]): one
            for one in sent.iter_parts()
            if isinstance(one, EmailMessage)
        }
        operations = json.loads(_content(parts["operations"]))
        assert "uploadImport(file: $file" in operations["query"]
        assert json.loads(_content(parts["map"])) == {"0": ["variables.file"]}
        if self.there.refuse:
            self._answer(200, {"errors": [{"message": "You are not allowed to do this.", "name": "FORBIDDEN_ACCESS"}]})
            return
        file = parts["0"]
        self.there.uploads.append((file.get_filename() or "", file.get_content_type(), _content(file)))
        self._answer(200, {"data": {"uploadImport": {"id": f"import/global/{file.get_filename()}", "name": "x"}}})

    def _path(self) -> str:
        self.there.asked.append(f"{self.command} {self.path}")
        return self.path

    def _known(self) -> bool:
        given = self.headers.get("Authorization", "")
        if given.removeprefix("Bearer ") == KEY:
            return True
        self._answer(403, {"name": "Authentication failed", "message": "Authentication failed"})
        return False

    def _answer(self, status: int, content: object) -> None:
        body = json.dumps(content).encode() if content is not None else b""
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content
