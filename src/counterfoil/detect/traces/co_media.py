"""Accounts that post the same picture, video or file, by its hash or address."""

from counterfoil.detect.trace import Trace

TRACE = Trace(
    name="co_media",
    label="post the same picture or video",
    columns=("media",),
    sql="SELECT account, unnest(media) AS object, post AS message, moment FROM posts "
    "WHERE repost_of IS NULL AND media IS NOT NULL",
    several=True,
    techniques=("T0084", "T0115.001", "T0049"),
    caution="Memes and press pictures are posted by many.",
)
