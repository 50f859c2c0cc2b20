"""Another machine that we fetch from or send to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from counterfoil.errors import FetchError, UsageError

OWN = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Remote:
    """Where it is and how to be let in: `secret` is a token, or the password of `user`.

    `ca` is a file of certificates to believe instead of the usual ones. `seconds` bounds each answer.
    """

    url: str
    secret: str = field(default="", repr=False)
    user: str = ""
    ca: str = ""
    seconds: float = 60.0

    @property
    def verify(self) -> bool | str:
        """As the requests library takes it."""
        return self.ca or True

    @property
    def host(self) -> str:
        """For messages: the address without whatever else is in it."""
        return urlsplit(self.url).hostname or self.url


def check_address(url: str, plain: bool = False) -> None:
    """Raises:
    UsageError: it is no address that is safe to send a secret to (http to another machine, unless `plain`).
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        raise UsageError(f"{url!r} is no address.", "It looks like https://host/path.") from None
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError(f"{url!r} is no address.", "It looks like https://host/path.")
    if parts.username or parts.password:
        raise UsageError("The address holds a password.", "Put it into the environment instead: see docs/push.md.")
    if parts.scheme == "http" and host not in OWN and not plain:
        raise UsageError(
            f"http:// to {host} would send secrets readable by all between.", "Use https://, or add --plain-http."
        )


def same_origin(one: str, other: str) -> bool:
    """Whether two addresses are the same server's."""
    first, second = urlsplit(one), urlsplit(other)
    return (first.scheme, first.netloc) == (second.scheme, second.netloc)


@contextmanager
def explained(remote: Remote, what: str) -> Iterator[None]:
    """Turn what client libraries raise into a sentence; secrets never stand in it.

    Raises:
        FetchError: for each of them.
    """
    from requests.exceptions import HTTPError, RequestException, SSLError

    try:
        yield
    except HTTPError as error:
        status = error.response.status_code if error.response is not None else 0
        hint = "Check the token, and whether it may do this." if status in (401, 403) else ""
        raise FetchError(f"{remote.host} refused {what}: HTTP {status}.", hint) from error
    except SSLError as error:
        raise FetchError(f"The certificate of {remote.host} is not believed.", "Name its authority: --ca.") from error
    except RequestException as error:
        raise FetchError(f"{remote.host} cannot be reached: {type(error).__name__}.", "Check the address.") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise FetchError(f"{remote.host} answered {what} with what cannot be understood.") from error
