"""Bluesky: posts as the app's API gives them (feeds, searches), and the Jetstream of events."""

from counterfoil.detect.preset import Preset

PRESET = Preset(
    name="bluesky",
    label="Bluesky API: posts",
    signs=("uri", "author.did", "record.createdAt"),
    items=("posts", "feed[*].post"),
    platform="bluesky",
    posts={
        "post": "uri",
        "account": "author.did",
        "time": "record.createdAt",
        "text": "record.text",
        "urls": "record.facets[*].features[*].uri",
        "reply_to": "record.reply.parent.uri",
        "quote_of": "record.embed.record.uri|record.embed.record.record.uri",
        "hashtags": "record.facets[*].features[*].tag",
        "mentions": "record.facets[*].features[*].did",
        "media": "record.embed.images[*].image.ref.$link",
        "language": "=json_extract_string(record, '$.record.langs[0]')",
        "handle": "author.handle",
        "name": "author.displayName",
        "picture": "author.avatar",
        "created": "author.createdAt",
    },
)
_COLLECTION = "json_extract_string(record, '$.commit.collection')"
_REPOSTED = (
    f"=CASE WHEN {_COLLECTION} = 'app.bsky.feed.repost' "
    "THEN json_extract_string(record, '$.commit.record.subject.uri') END"
)
STREAM = Preset(
    name="bluesky-stream",
    label="Bluesky Jetstream",
    signs=("did", "time_us", "commit.collection", "commit.rkey"),
    platform="bluesky",
    posts={
        "post": "=concat('at://', json_extract_string(record, '$.did'), '/', "
        f"{_COLLECTION}, '/', json_extract_string(record, '$.commit.rkey'))",
        "account": "did",
        "time": "commit.record.createdAt|time_us",
        "text": "commit.record.text",
        "urls": "commit.record.facets[*].features[*].uri",
        "repost_of": _REPOSTED,
        "reply_to": "commit.record.reply.parent.uri",
        "quote_of": "commit.record.embed.record.uri",
        "hashtags": "commit.record.facets[*].features[*].tag",
        "mentions": "commit.record.facets[*].features[*].did",
        "media": "commit.record.embed.images[*].image.ref.$link",
        "language": "=json_extract_string(record, '$.commit.record.langs[0]')",
    },
)
