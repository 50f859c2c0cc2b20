"""Files to save: a safe name in the header, and bytes that no browser takes for a page."""

import re
from urllib.parse import quote

from starlette.responses import Response

LONGEST = 120  #: letters of a file's name
_UNSAFE = re.compile(r"[^\w .,()+-]+")


def attachment(text: str, name: str, media_type: str) -> Response:
    """The text as a file to save; its name keeps letters of all scripts, but no path and no control characters."""
    stem, dot, suffix = _UNSAFE.sub("-", name).strip(" .-").partition(".")
    whole = f"{stem.strip(' -')[:LONGEST] or 'file'}{dot}{suffix}"
    plain = whole.encode("ascii", "replace").decode().replace("?", "_")
    headers = {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(whole, safe='')}"}
    return Response(text.encode("utf-8", "replace"), media_type=media_type, headers=headers)
