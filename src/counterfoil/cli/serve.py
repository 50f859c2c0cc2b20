"""serve: the workbench in the browser."""

import os
import sys
from typing import TYPE_CHECKING

import click

from counterfoil.cli.options import with_config
from counterfoil.config import Config
from counterfoil.errors import UsageError

if TYPE_CHECKING:
    import socket

PORT = 8377


@click.command("serve")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Port of this machine; 0: any free."
)
@click.option("--no-open", is_flag=True, help="Print the address, and leave the browser alone.")
@with_config
def serve_command(port: int, no_open: bool, config: Config) -> None:
    """Open the workbench: review reports in the browser, on this machine only.

    The printed address holds the key to it: it opens the workbench in any browser of this machine until
    serve ends. Ctrl-C ends it; what was decided is stored.
    """
    import logging

    listening = _listen(port)  # first: that the port is taken need not wait for all that is imported below

    import uvicorn

    from counterfoil.web.app import create_app
    from counterfoil.web.settings import Settings

    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    settings = Settings(config, listening.getsockname()[1])
    app = create_app(settings)
    click.echo(f"The workbench on {config.workspace}: {settings.address}")
    click.echo("Ctrl-C ends it.")
    sys.stdout.flush()
    if not no_open and _has_screen():
        import webbrowser

        webbrowser.open(settings.address)  # the socket listens already: the browser waits for the first answer
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            timeout_graceful_shutdown=2,
        )
    )
    server.run(sockets=[listening])


def _listen(port: int) -> "socket.socket":
    """A socket on this machine's own address, which no other machine can reach.

    Raises:
        UsageError: the port is taken, or not ours to take.
    """
    import socket

    # The protocol is named, because asyncio sends answers at once only for sockets that say they are TCP.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # elsewhere it would let two programs share the port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise UsageError(f"Port {port} cannot be used: {error.strerror}.", "Name another with --port, or 0.") from error
    return listening


def _has_screen() -> bool:
    """Whether a browser with a window can open: a text browser would take over this terminal."""
    return sys.platform in ("win32", "darwin") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())
