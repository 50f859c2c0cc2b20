"""Known layouts: recognised by themselves, and read as what they are. All posts here are invented."""

import json
from pathlib import Path
from typing import Any

import pytest

from counterfoil.detect.duck import duck
from counterfoil.detect.presets import PRESETS, load_preset
from counterfoil.detect.reading import Asked, read
from counterfoil.detect.reading_fields import AUTHOR_FIELDS, POST_FIELDS, Columns
from counterfoil.errors import UsageError

NOON = 1714557600  # 2024-05-01T10:00:00Z
TWEET = {
    "created_at": "Wed May 01 10:00:00 +0000 2024",
    "id_str": "11",
    "text": "cut …",
    "extended_tweet": {"full_text": "whole text", "entities": {"urls": [{"expanded_url": "https://a.org/1"}]}},
    "entities": {"hashtags": [{"text": "One"}, {"text": "Two"}], "user_mentions": [{"screen_name": "bob"}], "urls": []},
    "in_reply_to_status_id_str": "9",
    "lang": "en",
    "user": {
        "id_str": "7",
        "screen_name": "ann",
        "name": "Ann",
        "description": "Hi",
        "created_at": "Tue May 01 10:00:00 +0000 2012",
        "followers_count": 5,
    },
}
RETWEET = {**TWEET, "id_str": "12", "retweeted_status": {"id_str": "10"}}
#: preset -> file name, content, what the first post (by key) must be
CASES: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "x-v1": (
        "t.jsonl",
        [TWEET, RETWEET],
        {
            "post_key": "11",
            "moment": NOON,
            "text": "whole text",
            "urls": ["https://a.org/1"],
            "hashtags": ["One", "Two"],
            "mentions": ["bob"],
            "reply_to": "9",
            "repost_of": None,
            "platform": "x",
            "handle": "ann",
            "bio": "Hi",
            "followers": 5,
            "created": 1335866400,
        },
    ),
    "x-v2": (
        "t.json",
        {
            "data": [
                {
                    "id": "11",
                    "author_id": "7",
                    "created_at": "2024-05-01T10:00:00.000Z",
                    "text": "hello",
                    "referenced_tweets": [{"type": "replied_to", "id": "9"}, {"type": "quoted", "id": "8"}],
                    "entities": {"hashtags": [{"tag": "One"}], "mentions": [{"username": "bob"}]},
                },
                {"id": "12", "author_id": "7", "created_at": "2024-05-01T10:00:01.000Z", "text": "RT @x: hello",
                 "referenced_tweets": [{"type": "retweeted", "id": "10"}]},
            ],
            "includes": {"users": [{"id": "7", "username": "ann", "name": "Ann", "description": "Hi",
                                    "created_at": "2012-05-01T10:00:00.000Z",
                                    "public_metrics": {"followers_count": 5}}]},
        },
        {"post_key": "11", "reply_to": "9", "quote_of": "8", "repost_of": None, "hashtags": ["One"], "moment": NOON,
         "handle": "ann", "bio": "Hi", "created": 1335866400, "followers": 5},
    ),
    "x-archive": (
        "tweets.js",
        "window.YTD.tweets.part0 = "
        + json.dumps([{"tweet": {"id_str": "11", "created_at": TWEET["created_at"], "full_text": "mine = yours;"}}]),
        {"post_key": "11", "moment": NOON, "text": "mine = yours;", "account_key": "the holder of the archive"},
    ),
    "io-archive": (
        "t.csv",
        "tweetid,userid,user_display_name,user_screen_name,user_profile_description,account_creation_date,"
        "follower_count,tweet_language,tweet_text,tweet_time,retweet_tweetid,hashtags,urls,user_mentions\n"
        '"11","7","Ann","ann","Hi","2012-05-01","5","en","hello","2024-05-01 10:00","","[One, Two]",'
        '"[https://a.org/1, https://a.org/2]","[]"\n',
        {"post_key": "11", "moment": NOON, "hashtags": ["One", "Two"], "urls": ["https://a.org/1", "https://a.org/2"],
         "mentions": None, "repost_of": None, "handle": "ann", "created": 1335830400, "platform": "x"},
    ),
    "meta-content-library": (
        "t.csv",
        "id,post_owner.id,post_owner.name,creation_time,text,lang\n11,7,Ann,2024-05-01T10:00:00+00:00,hello,en\n",
        {"post_key": "11", "account_key": "7", "moment": NOON, "name": "Ann", "platform": "facebook"},
    ),
    "crowdtangle": (
        "t.csv",
        "Page Name,User Name,Facebook Id,Post Created,URL,Message,Link,Final Link\n"
        "Ann,ann,7,2024-05-01 06:00:00 EDT,https://fb/11,hello,https://s.io/1,\n",
        {"post_key": "https://fb/11", "account_key": "7", "moment": NOON, "urls": ["https://s.io/1"], "handle": "ann"},
    ),
    "youtube": (
        "t.json",
        {"items": [{"id": {"videoId": "11"}, "snippet": {"channelId": "7", "channelTitle": "Ann", "title": "A",
                    "publishedAt": "2024-05-01T10:00:00Z", "description": "B", "tags": ["One", "Two"]}}]},
        {"post_key": "11", "account_key": "7", "moment": NOON, "text": "A\nB", "hashtags": ["One", "Two"]},
    ),
    "youtube-comments": (
        "t.json",
        {"items": [{"snippet": {"videoId": "v", "topLevelComment": {"id": "11", "snippet": {
            "authorChannelId": {"value": "7"}, "authorDisplayName": "ann", "textOriginal": "hello",
            "publishedAt": "2024-05-01T10:00:00Z"}}}}]},
        {"post_key": "11", "account_key": "7", "moment": NOON, "reply_to": "v", "text": "hello"},
    ),
    "telegram": (
        "result.json",
        {"name": "Channel", "id": 1, "messages": [
            {"id": 11, "type": "message", "date": "2024-05-01T13:00:00", "date_unixtime": str(NOON), "from": "Ann",
             "from_id": "channel7", "text": ["see ", {"type": "link", "text": "https://a.org/1"}, " now"],
             "text_entities": [{"type": "plain", "text": "see "}, {"type": "link", "text": "https://a.org/1"}]},
            {"id": 12, "type": "service", "date_unixtime": str(NOON), "text": "", "text_entities": []},
        ]},
        {"post_key": "channel7/11", "account_key": "channel7", "moment": NOON, "text": "see https://a.org/1 now",
         "urls": ["https://a.org/1"], "name": "Ann", "repost_of": None},
    ),
    "bluesky": (
        "t.json",
        {"feed": [{"post": {"uri": "at://7/11", "author": {"did": "did:7", "handle": "ann.example"}, "record": {
            "createdAt": "2024-05-01T10:00:00.000Z", "text": "hello", "langs": ["en"],
            "facets": [{"features": [{"uri": "https://a.org/1"}]}, {"features": [{"tag": "One"}]}]}}}]},
        {"post_key": "at://7/11", "account_key": "did:7", "moment": NOON, "urls": ["https://a.org/1"],
         "hashtags": ["One"], "language": "en", "handle": "ann.example"},
    ),
    "bluesky-stream": (
        "t.jsonl",
        [{"did": "did:7", "time_us": NOON * 1000000 + 5, "commit": {"collection": "app.bsky.feed.repost", "rkey": "r",
          "record": {"createdAt": "2024-05-01T10:00:00.000Z", "subject": {"uri": "at://9/1"}}}}],
        {"post_key": "at://did:7/app.bsky.feed.repost/r", "repost_of": "at://9/1", "moment": NOON},
    ),
    "mastodon": (
        "t.jsonl",
        [{"uri": "https://m/11", "created_at": "2024-05-01T10:00:00.000Z", "language": "en", "reblog": None,
          "content": '<p>Tom &amp; <a href="https://a.org/1">link</a></p><p><a href="https://m/tags/one">#one</a></p>',
          "tags": [{"name": "one"}], "mentions": [{"acct": "bob@b.org"}],
          "account": {"id": "7", "url": "https://m/@ann", "acct": "ann", "display_name": "Ann", "note": "Hi"}}],
        {"post_key": "https://m/11", "account_key": "https://m/@ann", "text": "Tom & link #one", "moment": NOON,
         "urls": ["https://a.org/1"], "hashtags": ["one"], "mentions": ["bob@b.org"], "repost_of": None, "bio": "Hi"},
    ),
    "4cat": (
        "t.csv",
        "id,thread_id,timestamp,unix_timestamp,body,author,author_id,hashtags,urls\n"
        f'11,9,2024-05-01 10:00:00,{NOON},hello,ann,7,"one,two",\n',
        {"post_key": "11", "account_key": "7", "moment": NOON, "hashtags": ["one", "two"], "handle": "ann"},
    ),
    "coordination-network-toolkit": (
        "t.csv",
        "message_id,user_id,username,repost_id,reply_id,message,timestamp,urls\n"
        f'11,7,ann,10,,hello,{NOON},"https://a.org/1 https://a.org/2"\n',
        {"post_key": "11", "repost_of": "10", "reply_to": None, "urls": ["https://a.org/1", "https://a.org/2"]},
    ),
    "coortweet": (
        "t.csv",
        f"object_id,account_id,content_id,timestamp_share\no,7,11,{NOON}\np,7,11,{NOON}\n",
        {"post_key": "11", "account_key": "7", "shared": ["o", "p"], "moment": NOON},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("named", [False, True])
def test_a_layout_is_recognised_and_read(tmp_path: Path, name: str, named: bool) -> None:
    file, content, expected = CASES[name]
    path = tmp_path / file
    if file.endswith(".jsonl"):
        content = "\n".join(json.dumps(one) for one in content)
    path.write_text(content if isinstance(content, str) else json.dumps(content, indent=1), encoding="utf-8")
    with duck("500MB", 1) as engine:
        reading = read(engine, Asked((str(path),), columns=Columns(preset=name if named else "")))
        columns = ", ".join(
            f"CASE WHEN abs({one}) >= 1000000 THEN {one} // 1000000 END" if one in ("moment", "created") else one
            for one in expected
        )
        rows = engine.rows(
            f"SELECT {columns} FROM (SELECT posts.*, a.* EXCLUDE (account, platform) FROM posts "
            "JOIN accounts AS a USING (account)) ORDER BY post_key LIMIT 1"
        )
    assert reading.columns.preset == name
    assert dict(zip(expected, rows[0], strict=True)) == expected


def test_every_layout_has_its_case() -> None:
    assert set(PRESETS.names()) == set(CASES)


@pytest.mark.parametrize("name", PRESETS.names())
def test_layouts_name_fields_that_there_are(name: str) -> None:
    preset = load_preset(name)
    assert preset.name == name
    assert set(preset.posts) <= {*POST_FIELDS, *AUTHOR_FIELDS}
    assert {"account", "time"} <= set(preset.posts)


def test_a_layout_that_the_file_has_not_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("colour,size\nred,3\n")
    with duck("500MB", 1) as engine, pytest.raises(UsageError, match="not laid out as CrowdTangle export"):
        read(engine, Asked((str(path),), columns=Columns(preset="crowdtangle")))
    with duck("500MB", 1) as engine, pytest.raises(UsageError, match="no preset named 'fax'"):
        read(engine, Asked((str(path),), columns=Columns(preset="fax")))
