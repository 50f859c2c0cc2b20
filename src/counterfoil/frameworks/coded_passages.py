"""Read coded passages: texts with the codes an analyst gives them, from which the coder learns.

Those in the folder `kept_back` are not shown to those who write cues: on them it is measured how far a cue
is to be trusted. A file holds passages with an empty line between two. The first line of a passage has its codes, most
telling first (after an optional ` | ` those that are arguable), or `none`; the text follows.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from counterfoil.errors import CodebookError
from counterfoil.model.codebook import Codebook, CodedPassage

_BETWEEN = re.compile(r"\n[ \t]*\n")
NONE = "none"
KEPT_BACK = "kept_back"


def read_passages(folder: Path, codebook: Codebook) -> tuple[CodedPassage, ...]:
    """All passages of the .txt files in a folder and in its `kept_back`, in the order of names and lines.

    Raises:
        CodebookError: a code that the codebook does not have, or a passage without text.
    """
    paths = [*sorted(folder.glob("*.txt")), *sorted((folder / KEPT_BACK).glob("*.txt"))]
    return tuple(passage for path in paths for passage in _read(path, codebook))


def _read(path: Path, codebook: Codebook) -> Iterator[CodedPassage]:
    blocks = _BETWEEN.split(path.read_text(encoding="utf-8").strip())
    for number, block in enumerate(blocks, start=1):
        head, _, text = block.strip().partition("\n")
        plain, _, doubtful = head.partition("|")
        codes, arguable = _codes(plain), _codes(doubtful)
        for code in (*codes, *arguable):
            if code not in codebook.entries:
                raise CodebookError(f"{path.name}, passage {number}: the codebook has no {code!r}.")
        if not text.strip():
            raise CodebookError(
                f"{path.name}, passage {number} has no text.", "The codes stand on a line of their own."
            )
        group = f"{path.parent.name}/{path.stem}:{number}"
        yield CodedPassage(" ".join(text.split()), codes, arguable, group, kept_back=path.parent.name == KEPT_BACK)


def _codes(line: str) -> tuple[str, ...]:
    return () if line.strip() == NONE else tuple(line.split())
