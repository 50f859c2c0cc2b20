"""Connections that go to a vetted address and nowhere else, each within one deadline."""

import ssl
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, wait
from threading import Thread
from typing import Any

import httpcore
import httpx

from counterfoil.deadline import DeadlineStream, time_left
from counterfoil.errors import FetchError
from counterfoil.readers.addresses import Resolver, refusal


class PinnedBackend(httpcore.NetworkBackend):
    """Resolves once, vets every address, and connects to one of exactly those.

    httpcore hands `start_tls` the name from the URL, not the address, so the certificate check and SNI are
    unchanged.
    """

    def __init__(
        self,
        resolver: Resolver,
        allow_private: bool,
        deadline: float,
        inner: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._resolver = resolver
        self._allow_private = allow_private
        self._deadline = deadline
        self._inner = inner or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception | None = None
        for address in self._vetted(host, port):
            left = time_left(self._deadline, timeout)
            try:
                stream = self._inner.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            return DeadlineStream(stream, self._deadline)
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise FetchError("Unix sockets are not fetched from.")

    def _vetted(self, host: str, port: int) -> list[str]:
        try:
            addresses = _resolved(self._resolver, host.strip("[]"), port, time_left(self._deadline, None))
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or error
            raise FetchError(f"The host {host} is not known: {reason}.", "Check the address.") from error
        for address in addresses:
            reason = refusal(address)
            if reason and not self._allow_private:
                raise FetchError(
                    f"{host} is not fetched: its address {address} is {reason}.",
                    "Only public addresses are fetched. Save the page in a browser and add the file.",
                )
        return addresses


def _resolved(resolver: Resolver, host: str, port: int, seconds: float) -> list[str]:
    """What `resolver` answers within the time; the system's own knows no limit.

    A look-up that is too slow goes on in a thread that keeps no process from ending.

    Raises:
        httpcore.ConnectTimeout: no answer in time.
        OSError, UnicodeError: the resolver's own.
    """
    answer: Future[list[str]] = Future()

    def ask() -> None:
        try:
            answer.set_result(list(resolver(host, port)))
        except BaseException as error:  # `result` raises it again, in the thread that asked
            answer.set_exception(error)

    Thread(target=ask, daemon=True).start()
    if not wait((answer,), seconds).done:
        raise httpcore.ConnectTimeout(f"the addresses of {host} were not found in time")
    return answer.result()


class PinnedTransport(httpx.BaseTransport):
    """httpx over an httpcore pool with a `PinnedBackend`; no proxies, no retries, no unix sockets."""

    def __init__(
        self, resolver: Resolver, allow_private: bool, deadline: float, tls: ssl.SSLContext | None = None
    ) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls or httpx.create_ssl_context(trust_env=False),
            max_connections=1,
            max_keepalive_connections=0,
            network_backend=PinnedBackend(resolver, allow_private, deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        response = self._pool.handle_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()
