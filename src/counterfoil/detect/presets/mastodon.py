"""Mastodon: statuses as its API gives them; texts are HTML, whose marks are taken out."""

from counterfoil.detect.preset import Preset

_PLAIN = (
    "regexp_replace(regexp_replace(json_extract_string(record, '$.content'), '</p><p>|<br ?/?>', ' ', 'g'), "
    "'<[^>]*>', '', 'g')"
)
_TEXT = _PLAIN
for _written, _letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "''"), ("&amp;", "&")):
    _TEXT = f"replace({_TEXT}, '{_written}', '{_letter}')"
# Links beside hashtags and mentions: those carry a class of their own.
_LINK = (
    "=list_filter(regexp_extract_all(json_extract_string(record, '$.content'), '<a href=\"([^\"]+)\"', 1), "
    "lambda x: NOT contains(x, '/tags/') AND NOT regexp_matches(x, '^https?://[^/]+/@[^/]+$'))"
)

PRESET = Preset(
    name="mastodon",
    label="Mastodon API: statuses",
    signs=("uri", "account.acct", "created_at", "content"),
    items=("statuses",),
    platform="mastodon",
    posts={
        "post": "uri",
        "account": "account.url|account.id",
        "time": "created_at",
        "text": f"={_TEXT}",
        "urls": _LINK,
        "repost_of": "reblog.uri",
        "reply_to": "in_reply_to_id",
        "quote_of": "quote.quoted_status.uri",
        "hashtags": "tags[*].name",
        "mentions": "mentions[*].acct",
        "media": "media_attachments[*].url",
        "language": "language",
        "handle": "account.acct",
        "name": "account.display_name",
        "bio": "account.note",
        "created": "account.created_at",
        "picture": "account.avatar_static|account.avatar",
        "followers": "account.followers_count",
    },
)
