"""The table of CooRTweet: who shared which object in which content, and when."""

from counterfoil.detect.preset import Preset

PRESET = Preset(
    name="coortweet",
    label="CooRTweet input",
    signs=("object_id", "account_id", "content_id", "timestamp_share"),
    posts={"post": "content_id", "account": "account_id", "time": "timestamp_share", "shared": "object_id"},
)
