"""What one launch of the workbench needs to know."""

import secrets
from dataclasses import dataclass, field

from counterfoil.config import Config

MEGABYTE = 1024 * 1024


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Settings:
    """`token` opens the door once and is in the printed address; `session` is the cookie that it is changed for.

    `upload_bytes` bounds everything handed in by one request, `form_bytes` every other request.
    """

    config: Config
    port: int
    token: str = field(default_factory=_secret, repr=False)
    session: str = field(default_factory=_secret, repr=False)
    upload_bytes: int = 1024 * MEGABYTE
    paste_bytes: int = 20 * MEGABYTE
    form_bytes: int = 2 * MEGABYTE
    files: int = 1000

    @property
    def hosts(self) -> frozenset[str]:
        """The names under which this machine may ask for us."""
        names = ("127.0.0.1", "localhost", "[::1]")
        return frozenset(f"{name}:{self.port}" for name in names)

    @property
    def cookie(self) -> str:
        """Cookies know no ports: two workbenches at once need two names."""
        return f"counterfoil-{self.port}"

    @property
    def address(self) -> str:
        """Where the workbench is, with the token that opens it."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"
