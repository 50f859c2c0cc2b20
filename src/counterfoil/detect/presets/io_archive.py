"""X's (Twitter's) Information Operations Archive: CSV files of tweets and of users; times are UTC to the minute."""

from counterfoil.detect.preset import Preset

_AUTHOR = {
    "handle": "user_screen_name",
    "name": "user_display_name",
    "bio": "user_profile_description",
    "created": "account_creation_date",
    "followers": "follower_count",
}
PRESET = Preset(
    name="io-archive",
    label="X/Twitter Information Operations Archive",
    signs=("tweetid", "userid", "tweet_time"),
    platform="x",
    posts={
        "post": "tweetid",
        "account": "userid",
        "time": "tweet_time",
        "text": "tweet_text",
        "urls": "urls",
        "repost_of": "retweet_tweetid",
        "reply_to": "in_reply_to_tweetid",
        "quote_of": "quoted_tweet_tweetid",
        "hashtags": "hashtags",
        "mentions": "user_mentions",
        "language": "tweet_language",
        **_AUTHOR,
    },
    accounts={"account": "userid", **_AUTHOR},
)
