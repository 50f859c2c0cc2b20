"""The one request that is made of a language model's server, within limits of time, size and patience.

No redirect is followed and no proxy used: text and key go to the host that the user named, or nowhere.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counterfoil.coding.llm_quotes import shown
from counterfoil.coding.llm_refusals import Refusal, Refused
from counterfoil.coding.llm_settings import LlmSettings
from counterfoil.errors import LlmError

if TYPE_CHECKING:
    import ssl

    import httpcore

MOST_BYTES = 1_000_000  #: of an answer; a dozen proposals have a few thousand
LONGEST_WAIT = 60.0  #: seconds that a server may ask us to wait
FIRST_WAIT = 1.0  #: seconds before the first further attempt; doubled each time, up to LONGEST_WAIT
_SAID_BYTES = 2_000  #: of an error's body that are read
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
_HINTS = {
    401: "Is the key in the environment variable that [llm] api_key_env names, and is it valid?",
    403: "Is the key in the environment variable that [llm] api_key_env names, and may it use this model?",
    404: "Is [llm] base_url right (it often ends in /v1), and has the server this [llm] model?",
    405: "Is [llm] base_url right? It often ends in /v1.",
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, and as whom. `tls` and `sleep` are for tests with a server of their own."""

    settings: LlmSettings
    key: str = field(default="", repr=False)
    tls: "ssl.SSLContext | None" = None
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class _Again:
    """An attempt that failed in a way that may pass; `wait` is what the server asked for, in seconds."""

    refusal: Refusal
    wait: float | None = None
    unreached: bool = False


@dataclass(slots=True)
class Client:
    """Asks one endpoint. `requests` counts the attempts that were made, which is what a budget pays for."""

    endpoint: Endpoint
    requests: int = field(default=0, init=False)
    _tls: "ssl.SSLContext | None" = field(default=None, init=False, repr=False)

    def post(self, request: bytes, most: int) -> bytes | Refusal:
        """The body of the server's answer, or why there is none.

        Args:
            most: attempts that the budget still allows, at least 1.

        Raises:
            LlmError: it would be of no use to ask this server again.
        """
        attempts = min(most, self.endpoint.settings.retries + 1)
        for attempt in range(attempts - 1):
            outcome = self._once(request)
            if not isinstance(outcome, _Again):
                return outcome
            self.endpoint.sleep(outcome.wait if outcome.wait is not None else _pause(attempt))
        last = self._once(request)
        if not isinstance(last, _Again):
            return last
        if last.unreached:
            raise LlmError(
                f"The language model's server {self.endpoint.settings.host} cannot be reached: {last.refusal.detail}.",
                "Is it running, and is [llm] base_url right?",
            )
        return last.refusal

    def _once(self, request: bytes) -> bytes | Refusal | _Again:
        import httpcore

        self.requests += 1
        settings = self.endpoint.settings
        try:
            with (
                self._pool() as pool,
                pool.stream("POST", settings.url, headers=self._headers(), content=request) as response,
            ):
                return self._answer(response)
        except httpcore.TimeoutException:
            return _Again(Refusal(Refused.SLOW, f"within {settings.timeout:g} s"))
        except (httpcore.ConnectError, UnicodeError) as error:  # a host name that no resolver takes is a UnicodeError
            return _Again(Refusal(Refused.BROKE_OFF, self._clean(str(error))), unreached=True)
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            return _Again(Refusal(Refused.BROKE_OFF, self._clean(str(error) or type(error).__name__)))

    def _pool(self) -> "httpcore.ConnectionPool":
        """A connection for one request: its deadline is the request's."""
        import httpcore
        import httpx

        from counterfoil.deadline import DeadlineBackend

        if self._tls is None:
            self._tls = self.endpoint.tls or httpx.create_ssl_context()
        deadline = time.monotonic() + self.endpoint.settings.timeout
        return httpcore.ConnectionPool(
            ssl_context=self._tls, max_keepalive_connections=0, network_backend=DeadlineBackend(deadline)
        )

    def _headers(self) -> dict[bytes | str, bytes | str]:
        from counterfoil import __version__

        headers: dict[bytes | str, bytes | str] = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": f"Counterfoil/{__version__}",
        }
        if self.endpoint.key:
            headers["Authorization"] = f"Bearer {self.endpoint.key}"
        return headers

    def _answer(self, response: "httpcore.Response") -> bytes | Refusal | _Again:
        status = response.status
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        if 300 <= status < 400:
            raise LlmError(
                f"The language model's server {self.endpoint.settings.host} redirects elsewhere "
                f"({shown(headers.get('location', '?'))}), which is not followed.",
                "Set [llm] base_url to the final address.",
            )
        if status in _AGAIN:
            said = Refusal(Refused.FAILED, self._said(response))
            return _Again(said, self._asked_wait(headers.get("retry-after", "")))
        if status in _HINTS:
            said_so = self._said(response)
            raise LlmError(
                f"The language model's server {self.endpoint.settings.host} answers {said_so}.", _HINTS[status]
            )
        if status != 200:
            return Refusal(Refused.FAILED, self._said(response))
        return _body(response, headers)

    def _asked_wait(self, header: str) -> float | None:
        wait = _seconds(header)
        if wait is not None and wait > LONGEST_WAIT:
            raise LlmError(
                f"The language model's server {self.endpoint.settings.host} asks to wait {wait:.0f} seconds.",
                "Run the same command later: what has been answered is in the cache.",
            )
        return wait

    def _said(self, response: "httpcore.Response") -> str:
        """The status and the beginning of what an error's body says."""
        data = b"".join(_up_to(response, _SAID_BYTES))[:_SAID_BYTES]
        text = data.decode("utf-8", "replace")
        try:
            parsed = json.loads(text)
        except (ValueError, RecursionError):
            parsed = None
        error = parsed.get("error", parsed) if isinstance(parsed, dict) else None
        message = error.get("message") if isinstance(error, dict) else error
        return self._clean(f"{response.status} {message if isinstance(message, str) else text}")

    def _clean(self, text: str) -> str:
        """For a screen; some servers repeat the key."""
        return shown(text.replace(self.endpoint.key, "[key]") if self.endpoint.key else text, 160).rstrip(".")


def _body(response: "httpcore.Response", headers: dict[str, str]) -> bytes | Refusal:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        return Refusal(Refused.NOT_JSON, f"it says it is {shown(kind) or 'nothing'}")
    packing = headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("", "identity"):
        return Refusal(Refused.NOT_JSON, f"it is packed as {shown(packing)}, which was not asked for")
    declared = headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > MOST_BYTES:
        return Refusal(Refused.LARGE, f"{shown(declared, 20)} bytes")
    data = b"".join(_up_to(response, MOST_BYTES))
    return data if len(data) <= MOST_BYTES else Refusal(Refused.LARGE, f"over {MOST_BYTES} bytes")


def _up_to(response: "httpcore.Response", most: int) -> Iterator[bytes]:
    """The body's pieces until there are more than `most` bytes."""
    size = 0
    for piece in response.iter_stream():
        yield piece
        size += len(piece)
        if size > most:
            return


def _pause(attempt: int) -> float:
    return min(FIRST_WAIT * 2.0**attempt, LONGEST_WAIT)


def _seconds(header: str) -> float | None:
    """What a Retry-After header asks for (RFC 9110, 10.2.3): seconds, or a date; None if it makes no sense."""
    from email.utils import parsedate_to_datetime

    text = header.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
