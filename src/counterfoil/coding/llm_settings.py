"""How to reach a language model, and how much may be asked of it."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from counterfoil.errors import UsageError

_HINT = "See docs/llm.md."
_MODEL = re.compile(r"[!-~]{1,100}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NOT_URL = re.compile(r"[\s\x00-\x20\x7f-\uffff]")


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """The `[llm]` section of the settings. Without a base URL and a model, none is used.

    `base_url` is what stands before `/chat/completions`; `api_key_env` names the environment variable
    that holds the key (the key itself is never a setting). `timeout` holds for one request from the
    first byte to the last, in seconds; `retries` are further attempts. `calls` and `tokens` are the
    budget of one report, 0 for none. `cache` is the folder of replies; by default a part of the cache.

    Raises:
        UsageError: a setting that cannot be.
    """

    base_url: str = ""
    model: str = ""
    api_key_env: str = ""
    timeout: float = 60.0
    retries: int = 2
    calls: int = 200
    tokens: int = 0
    candidates: int = 40
    cache: Path | None = None

    def __post_init__(self) -> None:
        if self.base_url:
            _check_url(self.base_url)
        if self.model and not _MODEL.fullmatch(self.model):
            raise UsageError(f"[llm] model = {self.model!r} is no name of a model.", _HINT)
        if self.api_key_env and not _VARIABLE.fullmatch(self.api_key_env):
            # Not shown: who mistakes it for the key itself must not find it in a log.
            raise UsageError(
                "[llm] api_key_env is not the name of an environment variable.",
                "It names the variable that holds the key; the key itself does not belong in a file.",
            )
        if not 0 < self.timeout <= 3600:
            raise UsageError(f"[llm] timeout = {self.timeout:g}; it is more than 0 and at most 3600 seconds.", _HINT)
        for name, least, most in (
            ("retries", 0, 10),
            ("calls", 0, 10**9),
            ("tokens", 0, 10**12),
            ("candidates", 1, 400),
        ):
            if not least <= getattr(self, name) <= most:
                raise UsageError(f"[llm] {name} = {getattr(self, name)}; it is {least} to {most}.", _HINT)

    @property
    def url(self) -> str:
        """Where questions are sent."""
        return self.base_url.rstrip("/") + "/chat/completions"

    @property
    def host(self) -> str:
        """Where the text goes, for people: the host, with its port if one is given."""
        parts = urlsplit(self.base_url)
        name = f"[{parts.hostname}]" if ":" in str(parts.hostname) else str(parts.hostname)
        return f"{name}:{parts.port}" if parts.port else name

    @property
    def encrypted(self) -> bool:
        return urlsplit(self.base_url).scheme == "https"


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        sound = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        parts, sound = SplitResult("", "", "", "", ""), False
    if "@" in parts.netloc:
        raise UsageError("[llm] base_url has a user name or password in it.", "Name the key's variable in api_key_env.")
    if not sound or parts.scheme not in ("http", "https") or parts.query or parts.fragment or _NOT_URL.search(url):
        raise UsageError(
            f"[llm] base_url = {url!r} is not the address of an API.", "It looks like http://localhost:11434/v1."
        )
