"""Traces: what accounts may have in common. One file with a `TRACE` each and one line here; others' come by the
entry point counterfoil.trace."""

from collections.abc import Iterable

from counterfoil.detect.trace import Trace
from counterfoil.errors import UsageError
from counterfoil.registry import Registry

_NAMES = (
    "co_repost",
    "co_link",
    "co_reply",
    "same_text",
    "near_text",
    "near_text_ever",
    "co_quote",
    "co_domain",
    "hashtag_sequence",
    "co_mention",
    "co_media",
    "near_media",
    "co_share",
    "co_post",
    "co_tweet",
    "cross_platform",
    "fast_repost",
    "synchronous_burst",
    "follow_train",
    "copied_bio",
    "bio_template",
    "handle_pattern",
    "created_together",
    "shared_picture",
    "near_picture",
    "renamed_together",
    "activity_hours",
)
TRACES = Registry("trace", {name: f"counterfoil.detect.traces.{name}:TRACE" for name in _NAMES})
#: looked at where nothing else is asked for, as far as the data has what they need
USUAL = ("co_repost", "co_link", "co_reply", "same_text", "co_share")


def load_traces(names: Iterable[str]) -> list[Trace]:
    """The traces of those names; "all" stands for all but `co_tweet`, which is there for comparison.

    Raises:
        UsageError: there is none of a name.
    """
    wanted = dict.fromkeys(names)
    if "all" in wanted:
        wanted = dict.fromkeys(name for name in TRACES.names() if name != "co_tweet")
    if not wanted:
        raise UsageError("No signal is named.", f"Choose of: {', '.join(TRACES.names())}.")
    return [TRACES.load(name) for name in wanted]
