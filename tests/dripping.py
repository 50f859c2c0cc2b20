"""A server that sends and never comes to an end, for tests of deadlines."""

import time
from http.server import BaseHTTPRequestHandler


def drip(handler: BaseHTTPRequestHandler, piece: bytes, pause: float = 0.02) -> None:
    """Send a piece again and again for as long as somebody reads, at most ten seconds."""
    handler.close_connection = True
    end = time.monotonic() + 10
    try:
        while time.monotonic() < end:
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(pause)
    except OSError:
        return
