"""tweets.js of the archive that X (Twitter) gives to an account's holder.

The archive does not name its holder in the posts: several archives are told apart by their files' folders only if
--map account=… names a column; else all posts are one account's.
"""

from counterfoil.detect.preset import Preset

PRESET = Preset(
    name="x-archive",
    label="X/Twitter account archive (tweets.js)",
    signs=("tweet.id_str", "tweet.created_at"),
    platform="x",
    posts={
        "post": "tweet.id_str",
        "account": "=coalesce(json_extract_string(record, '$.tweet.user_id_str'), 'the holder of the archive')",
        "time": "tweet.created_at",
        "text": "tweet.full_text",
        "urls": "tweet.entities.urls[*].expanded_url",
        "reply_to": "tweet.in_reply_to_status_id_str",
        "hashtags": "tweet.entities.hashtags[*].text",
        "mentions": "tweet.entities.user_mentions[*].screen_name",
        "media": "tweet.extended_entities.media[*].media_url_https",
        "language": "tweet.lang",
    },
)
