"""Events to a MISP, through pymisp (extra `misp`)."""

import json
from collections.abc import Iterable

from counterfoil.errors import FetchError, UsageError
from counterfoil.exchange.remote import Remote, explained
from counterfoil.exchange.stix_ids import Object


def put_events(remote: Remote, events: Iterable[Object]) -> dict[str, int]:
    """Add events, or bring those that are there up to date; returns how many were added and updated.

    Args:
        events: as `exchange.misp.event` makes them, each under "Event".

    Raises:
        UsageError: pymisp is not installed.
        FetchError: the MISP cannot be reached or refuses one.
    """
    try:
        from pymisp import MISPEvent, PyMISP
        from pymisp.exceptions import PyMISPError
    except ImportError as error:
        raise UsageError("To send to a MISP needs pymisp.", "pip install counterfoil[misp].") from error
    done = {"added": 0, "updated": 0}
    with explained(remote, "an event"):
        try:
            misp = PyMISP(remote.url, remote.secret, ssl=remote.verify, timeout=remote.seconds, tool="counterfoil")
            for one in events:
                made = MISPEvent()
                made.load(json.dumps(_undated(one)))
                known = misp.event_exists(made.uuid)
                answer = misp.update_event(made) if known else misp.add_event(made)
                if not isinstance(answer, dict) or "errors" in answer:
                    raise FetchError(f"{remote.host} refused the event {made.uuid}.", _reason(answer))
                done["updated" if known else "added"] += 1
        except PyMISPError as error:
            raise FetchError(f"{remote.host} cannot be used as a MISP.", "Check the address and the key.") from error
    return done


def _undated(value: object) -> object:
    """Without timestamps: MISP passes over what is no newer than what it has, and dates it by itself."""
    if isinstance(value, dict):
        return {name: _undated(one) for name, one in value.items() if name != "timestamp"}
    return [_undated(one) for one in value] if isinstance(value, list) else value


def _reason(answer: object) -> str:
    said = answer.get("errors") if isinstance(answer, dict) else None
    status, *rest = said if isinstance(said, tuple | list) and said else ("",)
    words = rest[0] if rest else ""
    message = words.get("message", "") if isinstance(words, dict) else words
    return f"HTTP {status}: {message}"[:200] if status else ""
