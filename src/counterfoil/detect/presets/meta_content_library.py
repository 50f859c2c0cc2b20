"""Posts of Meta Content Library (Facebook and Instagram), as its table of results is exported."""

from counterfoil.detect.preset import Preset

PRESET = Preset(
    name="meta-content-library",
    label="Meta Content Library",
    signs=("id", "post_owner.id", "creation_time"),
    platform="facebook",
    posts={
        "post": "id",
        "account": "post_owner.id",
        "time": "creation_time",
        "text": "text",
        "urls": "link_attachment.link|link",
        "repost_of": "shared_post_id",
        "hashtags": "hashtags",
        "media": "multimedia",
        "language": "lang",
        "handle": "post_owner.username",
        "name": "post_owner.name",
    },
)
