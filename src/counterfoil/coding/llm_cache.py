"""Replies kept on disk by the hash of what was asked, so that nothing is paid for twice.

What comes back is checked like any reply: a file that somebody changed can do no more than the model can.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from counterfoil.files import write_whole

MOST_BYTES = 1_000_000


def key(url: str, request: bytes) -> str:
    """The name of a question: the server and every byte of the request (model, prompt, candidates, text)."""
    return sha256(url.encode() + b"\0" + request).hexdigest()


@dataclass(slots=True)
class ReplyCache:
    """A folder of replies. `problem` says why it cannot be used, if it cannot: it costs money, not results."""

    folder: Path
    problem: str = field(default="", init=False)

    def get(self, name: str) -> str | None:
        """The reply to a question, if it was kept."""
        path = self._path(name)
        try:
            with path.open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
            return data.decode("utf-8") if len(data) <= MOST_BYTES else None
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            self.problem = f"{path} cannot be read: {error}"
            return None

    def put(self, name: str, reply: str) -> None:
        """Keep a reply, whole or not at all."""
        path = self._path(name)
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # replies quote the reports
            path.parent.mkdir(exist_ok=True, mode=0o700)
            write_whole(path, reply.encode("utf-8"))
        except OSError as error:
            self.problem = f"{path} cannot be written: {error}"

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / f"{name}.json"
