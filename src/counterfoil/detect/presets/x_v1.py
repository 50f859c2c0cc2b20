"""Tweets of X's (Twitter's) API 1.1, and of streams and hydrators that keep its form."""

from counterfoil.detect.preset import Preset

_FULL = "extended_tweet.entities"
PRESET = Preset(
    name="x-v1",
    label="X/Twitter API 1.1 JSON",
    signs=("id_str", "created_at", "user.id_str"),
    items=("statuses",),
    platform="x",
    posts={
        "post": "id_str",
        "account": "user.id_str",
        "time": "created_at",
        "text": "extended_tweet.full_text|full_text|text",
        "urls": f"{_FULL}.urls[*].expanded_url|entities.urls[*].expanded_url",
        "repost_of": "retweeted_status.id_str",
        "reply_to": "in_reply_to_status_id_str",
        "quote_of": "quoted_status_id_str|quoted_status.id_str",
        "hashtags": f"{_FULL}.hashtags[*].text|entities.hashtags[*].text",
        "mentions": f"{_FULL}.user_mentions[*].screen_name|entities.user_mentions[*].screen_name",
        "media": "extended_entities.media[*].media_url_https|entities.media[*].media_url_https",
        "language": "lang",
        "handle": "user.screen_name",
        "name": "user.name",
        "bio": "user.description",
        "created": "user.created_at",
        "picture": "user.profile_image_url_https",
        "followers": "user.followers_count",
    },
    accounts={
        "account": "id_str",
        "handle": "screen_name",
        "name": "name",
        "bio": "description",
        "created": "created_at",
        "picture": "profile_image_url_https",
        "followers": "followers_count",
    },
)
