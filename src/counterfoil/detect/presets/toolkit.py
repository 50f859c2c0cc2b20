"""The CSV of coordination-network-toolkit: seconds, and links with spaces between them."""

from counterfoil.detect.preset import Preset

PRESET = Preset(
    name="coordination-network-toolkit",
    label="coordination-network-toolkit input",
    signs=("message_id", "user_id", "username", "repost_id", "reply_id", "message", "timestamp", "urls"),
    posts={
        "post": "message_id",
        "account": "user_id",
        "time": "timestamp",
        "text": "message",
        "urls": "urls",
        "repost_of": "repost_id",
        "reply_to": "reply_id",
        "handle": "username",
    },
)
