"""Record a command's real output as docs/*.svg: `python docs/record.py demo.svg counterfoil demo`."""

import io
import os
import pty
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

WIDTH = 110
FONTS = "ui-monospace, DejaVu Sans Mono, Menlo, Consolas, monospace"


def main() -> None:
    name, *command = sys.argv[1:]
    os.environ.update(COLUMNS=str(WIDTH), TERM="xterm-256color", FORCE_COLOR="1")
    captured: list[bytes] = []

    def keep(descriptor: int) -> bytes:
        data = os.read(descriptor, 65536)
        captured.append(data)
        return data

    pty.spawn(command, keep)
    console = Console(record=True, width=WIDTH, quiet=False, file=io.StringIO())
    console.print(Text(f"$ {' '.join(command)}", style="bold"))
    console.print(Text.from_ansi(b"".join(captured).decode("utf-8").replace("\r\n", "\n")))
    drawn = console.export_svg(title="counterfoil")
    # The picture must load nothing from anywhere: the reader's own monospaced font will do.
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL).replace("Fira Code, monospace", FONTS)
    (Path(__file__).parent / name).write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
