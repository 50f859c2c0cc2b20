"""Known layouts. One file with a `PRESET` each and one line here; others' by the entry point counterfoil.preset."""

from counterfoil.detect.preset import Preset
from counterfoil.registry import Registry

_HERE = "counterfoil.detect.presets."
PRESETS = Registry(
    "preset",
    {
        "x-v1": f"{_HERE}x_v1:PRESET",
        "x-v2": f"{_HERE}x_v2:PRESET",
        "x-archive": f"{_HERE}x_archive:PRESET",
        "io-archive": f"{_HERE}io_archive:PRESET",
        "meta-content-library": f"{_HERE}meta_content_library:PRESET",
        "crowdtangle": f"{_HERE}crowdtangle:PRESET",
        "youtube": f"{_HERE}youtube:PRESET",
        "youtube-comments": f"{_HERE}youtube:COMMENTS",
        "telegram": f"{_HERE}telegram:PRESET",
        "bluesky": f"{_HERE}bluesky:PRESET",
        "bluesky-stream": f"{_HERE}bluesky:STREAM",
        "mastodon": f"{_HERE}mastodon:PRESET",
        "4cat": f"{_HERE}four_cat:PRESET",
        "coordination-network-toolkit": f"{_HERE}toolkit:PRESET",
        "coortweet": f"{_HERE}coortweet:PRESET",
    },
)


def load_preset(name: str) -> Preset:
    """The layout of that name.

    Raises:
        UsageError: there is none.
    """
    found: Preset = PRESETS.load(name)
    return found
