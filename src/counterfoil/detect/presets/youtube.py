"""YouTube Data API: videos (or search results), and threads of comments."""

from counterfoil.detect.preset import Preset

PRESET = Preset(
    name="youtube",
    label="YouTube API: videos",
    signs=("snippet.channelId", "snippet.publishedAt", "snippet.title"),
    items=("items",),
    platform="youtube",
    posts={
        "post": "id.videoId|id",
        "account": "snippet.channelId",
        "time": "snippet.publishedAt",
        "text": "=concat_ws(chr(10), json_extract_string(record, '$.snippet.title'), "
        "json_extract_string(record, '$.snippet.description'))",
        "hashtags": "snippet.tags",
        "language": "snippet.defaultAudioLanguage|snippet.defaultLanguage",
        "name": "snippet.channelTitle",
    },
)
_COMMENT = "snippet.topLevelComment.snippet"
COMMENTS = Preset(
    name="youtube-comments",
    label="YouTube API: comments",
    signs=(f"{_COMMENT}.authorChannelId.value", f"{_COMMENT}.publishedAt"),
    items=("items",),
    platform="youtube",
    posts={
        "post": "snippet.topLevelComment.id",
        "account": f"{_COMMENT}.authorChannelId.value",
        "time": f"{_COMMENT}.publishedAt",
        "text": f"{_COMMENT}.textOriginal|{_COMMENT}.textDisplay",
        "reply_to": "snippet.videoId",
        "name": f"{_COMMENT}.authorDisplayName",
        "picture": f"{_COMMENT}.authorProfileImageUrl",
    },
)
