"""result.json of Telegram Desktop's export of a chat or channel."""

from counterfoil.detect.preset import Preset

_PIECES = (
    "from_json(CASE WHEN json_type(record, '$.text') = 'ARRAY' THEN json_extract(record, '$.text') END, '[\"JSON\"]')"
)
_PIECE = "CASE WHEN json_type(x) = 'OBJECT' THEN json_extract_string(x, '$.text') ELSE json_extract_string(x, '$') END"
_ENTITY = (
    'from_json(json_extract(record, \'$.text_entities\'), \'[{"type":"VARCHAR","text":"VARCHAR","href":"VARCHAR"}]\')'
)
_LINKS = f"list_filter({_ENTITY}, lambda x: x.type IN ('link', 'text_link'))"

PRESET = Preset(
    name="telegram",
    label="Telegram Desktop export (result.json)",
    signs=("from_id", "date_unixtime", "text_entities"),
    items=("messages", "chats.list[*].messages[*]"),
    platform="telegram",
    posts={
        "post": "=concat(json_extract_string(record, '$.from_id'), '/', json_extract_string(record, '$.id'))",
        "account": "from_id",
        "time": "date_unixtime",
        "text": f"=CASE WHEN json_type(record, '$.text') = 'ARRAY' THEN array_to_string(list_transform({_PIECES}, "
        f"lambda x: {_PIECE}), '') ELSE json_extract_string(record, '$.text') END",
        "urls": f"=list_transform({_LINKS}, lambda x: coalesce(nullif(x.href, ''), x.text))",
        "repost_of": "=CASE WHEN json_extract_string(record, '$.forwarded_from') IS NOT NULL THEN "
        "concat(json_extract_string(record, '$.forwarded_from'), '/', md5(CAST(json_extract(record, '$.text') AS "
        "VARCHAR)), '/', coalesce(json_extract_string(record, '$.file_name'), '')) END",
        "reply_to": "=CASE WHEN json_extract_string(record, '$.reply_to_message_id') IS NOT NULL THEN "
        "concat(coalesce(json_extract_string(record, '$.reply_to_peer_id'), ''), '/', "
        "json_extract_string(record, '$.reply_to_message_id')) END",
        "name": "from",
    },
)
