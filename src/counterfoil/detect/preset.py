"""What a known layout of posts is: how it is recognised, and where its fields stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

EXPRESSION = "="  #: a field's place that begins so is SQL over the column `record` (of JSON)


@dataclass(frozen=True, slots=True)
class Preset:
    """A layout of a platform, an archive or a tool.

    A field's place is a column, or of JSON a path ("user.id_str", "entities.urls[*].expanded_url"); several stand
    between bars, the first that is filled counts. After "=" it is SQL over `record`.

    Args:
        signs: columns (of JSON: paths) that are all there in this layout and hardly in another.
        posts: field -> place.
        accounts: the same of the records in `account_items`, or of a file of accounts.
        items: of JSON: paths at which a list of records may stand in each value.
        account_items: of JSON: the path of a list of accounts in each value.
        platform: the platform of all posts, where no column says it.
        zone: the time zone of times that name none, as the source documents it.
    """

    name: str
    label: str
    signs: tuple[str, ...]
    posts: Mapping[str, str]
    accounts: Mapping[str, str] = field(default_factory=dict)
    items: tuple[str, ...] = ()
    account_items: str = ""
    platform: str = ""
    zone: str = "UTC"
