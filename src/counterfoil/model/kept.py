"""What a format holds that has no field here: kept as it came, so that it leaves again with its incident."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Kept:
    """A whole object of a format, or some properties of one that is exported from our own fields.

    `key` is the object's id in that format, as our exporter writes it. `content` is JSON text: of the whole object
    if it has "type" and "id", else of the properties to be added to the object of that id. `incident` is the id of
    the incident with which it leaves.
    """

    format: str
    key: str
    content: str
    incident: str = ""
