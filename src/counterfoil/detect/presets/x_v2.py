"""Answers of X's (Twitter's) API 2: pages with `data` and `includes`, one after the other or one a line."""

from counterfoil.detect.preset import Preset


def _referenced(kind: str) -> str:
    told = 'from_json(json_extract(record, \'$.referenced_tweets\'), \'[{"type":"VARCHAR","id":"VARCHAR"}]\')'
    return f"=list_filter({told}, lambda x: x.type = '{kind}')[1].id"


PRESET = Preset(
    name="x-v2",
    label="X/Twitter API 2 JSON",
    signs=("id", "text", "author_id", "created_at"),
    items=("data",),
    account_items="includes.users",
    platform="x",
    posts={
        "post": "id",
        "account": "author_id",
        "time": "created_at",
        "text": "note_tweet.text|text",
        "urls": "entities.urls[*].expanded_url",
        "repost_of": _referenced("retweeted"),
        "reply_to": _referenced("replied_to"),
        "quote_of": _referenced("quoted"),
        "hashtags": "entities.hashtags[*].tag",
        "mentions": "entities.mentions[*].username",
        "media": "attachments.media_keys",
        "language": "lang",
        "handle": "author.username",
        "name": "author.name",
        "bio": "author.description",
        "created": "author.created_at",
        "picture": "author.profile_image_url",
        "followers": "author.public_metrics.followers_count",
    },
    accounts={
        "account": "id",
        "handle": "username",
        "name": "name",
        "bio": "description",
        "created": "created_at",
        "picture": "profile_image_url",
        "followers": "public_metrics.followers_count",
    },
)
