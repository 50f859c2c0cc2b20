"""4CAT's CSV files: the columns that its data sources share, and those of its X and Telegram sources."""

from counterfoil.detect.preset import Preset

PRESET = Preset(
    name="4cat",
    label="4CAT data set",
    signs=("id", "thread_id", "author", "body", "timestamp"),
    posts={
        "post": "id",
        "account": "author_id|author",
        "time": "unix_timestamp|timestamp",
        "text": "body",
        "urls": "urls|links|url_in_post",
        "repost_of": "retweet_id",
        "reply_to": "reply_to|in_reply_to",
        "quote_of": "quote_id",
        "hashtags": "hashtags|tags",
        "mentions": "mentions",
        "media": "images|image_md5|thumbnail_url",
        "platform": "platform|source",
        "language": "language|language_guess",
        "handle": "author",
        "name": "author_fullname|author_name",
        "bio": "author_description|author_bio",
        "picture": "author_profile_image|author_avatar",
        "followers": "author_followers",
    },
)
