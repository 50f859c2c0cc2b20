"""Which column is what: the fields that detection knows, the columns that suit them, and saved choices."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from counterfoil.errors import InputError, UsageError

#: field -> names of columns that hold it, the likeliest first; compared without case, spaces and signs
POST_FIELDS: Mapping[str, str] = {
    "post": "post_id message_id tweet_id tweetid status_id id_str postid messageid content_id uri uid id post",
    "account": "account_id user_id userid author_id authorid user_id_str channel_id page_id from_id accountid "
    "account author_did did user author user_screen_name screen_name username handle channel author_name from",
    "time": "created_at timestamp posted_at published_at tweet_time post_created creation_time time datetime "
    "created_time timestamp_utc timestamp_share date created unix_timestamp createdat publishedat posted moment at",
    "text": "text full_text message body tweet_text content post_text post_body caption description comment "
    "message_text status",
    "urls": "urls url_list links url link expanded_urls expanded_url external_link final_link shared_url",
    "repost_of": "repost_id retweet_id retweeted_status_id retweet_tweetid repost_of retweeted_id reblog_of_id "
    "shared_post_id retweet_of forwarded_from boost_of reblogged_id share_of",
    "reply_to": "reply_id in_reply_to_status_id in_reply_to_tweetid reply_to in_reply_to_id parent_id thread_id "
    "in_reply_to replied_to_id reply_to_message_id parent",
    "quote_of": "quoted_status_id quote_id quote_of quoted_tweet_id quoted_tweet_tweetid quoted_id",
    "hashtags": "hashtags tags hashtag hash_tags",
    "mentions": "mentions user_mentions mentioned_users mentioned mention",
    "media": "media_hash media_hashes image_hash picture_hash image_md5 phash media media_urls photo image_url images "
    "media_url media_keys",
    "shared": "shared_object object_id",
    "follows": "follows followed followed_id followee followee_id target_account",
    "platform": "platform network source_platform social_network",
    "language": "language lang tweet_language post_language",
}
#: what a post may tell of its account
AUTHOR_FIELDS: Mapping[str, str] = {
    "handle": "user_screen_name screen_name author_username username handle user_handle author_handle user_name "
    "account_handle page_username",
    "name": "user_display_name display_name author_name name user_fullname account_name page_name full_name",
    "bio": "user_profile_description bio author_bio user_description profile_description about author_description",
    "created": "account_creation_date user_created_at author_created_at user_created account_created_at "
    "profile_created",
    "picture": "profile_image_hash avatar_hash profile_image_url user_profile_image avatar profile_picture "
    "profile_image picture author_avatar",
    "followers": "follower_count followers_count followers user_followers author_followers subscribers "
    "followers_at_posting subscriber_count",
}
ACCOUNT_FIELDS: Mapping[str, str] = {
    "account": "account_id user_id userid id_str did author_id accountid id account handle username screen_name",
    **{
        name: f"{columns} {own}"
        for (name, columns), own in zip(
            AUTHOR_FIELDS.items(),
            (
                "acct",
                "fullname",
                "description note",
                "created_at createdat created creation_date joined",
                "photo",
                "subs",
            ),
            strict=True,
        )
    },
    "platform": POST_FIELDS["platform"],
}
LISTS = ("urls", "hashtags", "mentions", "media", "shared")
TIMES = ("time", "created")
NEEDED = ("account", "time")
VERSION = 1


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which field, of posts and of a file of accounts, and how times are to be read.

    Args:
        posts: field -> column (of JSON: a path such as user.id); an empty column says that there is none.
        accounts: the same of the file of accounts.
        preset: a known layout that gives all that is not named.
        zone: the time zone of times that name none.
        form: how times are written, as strptime has it, where they cannot be recognised.
    """

    posts: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)
    preset: str = ""
    zone: str = "UTC"
    form: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The column of a field, why it was taken, and examples of what it holds."""

    field: str
    column: str
    why: str
    examples: tuple[str, ...] = ()


def columns_of(maps: Iterable[str]) -> Columns:
    """What `--map` says: FIELD=COLUMN, accounts.FIELD=COLUMN, or a file that --save-map wrote; later ones win.

    Raises:
        UsageError: a field is not known, or the file is none of ours.
    """
    found = Columns()
    posts, accounts = dict(found.posts), dict(found.accounts)
    for one in maps:
        name, equals, column = one.partition("=")
        if not equals:
            found = load_columns(one)
            posts |= found.posts
            accounts |= found.accounts
            continue
        of_accounts = name.startswith("accounts.")
        known = ACCOUNT_FIELDS if of_accounts else {**POST_FIELDS, **AUTHOR_FIELDS}
        plain = name.removeprefix("accounts.").strip()
        if plain not in known:
            raise UsageError(f"There is no field {name!r} to map.", f"The fields are: {', '.join(known)}.")
        (accounts if of_accounts else posts)[plain] = column.strip()
    return Columns(posts, accounts, found.preset, found.zone, found.form)


def load_columns(path: str) -> Columns:
    """A saved mapping.

    Raises:
        UsageError: it cannot be read or says what we do not know.
    """
    from pathlib import Path

    hint = "Use --map FIELD=COLUMN, or a file that --save-map wrote."
    try:
        told = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path!r} is no mapping: {error}.", hint) from error
    if not isinstance(told, dict) or told.get("columns") != VERSION:
        raise UsageError(f"{path!r} is no mapping that this version reads.", hint)
    parts: dict[str, dict[str, str]] = {}
    for part, known in (("posts", {**POST_FIELDS, **AUTHOR_FIELDS}), ("accounts", ACCOUNT_FIELDS)):
        parts[part] = told.get(part, {})
        if not isinstance(parts[part], dict) or any(
            name not in known or not isinstance(column, str) for name, column in parts[part].items()
        ):
            raise UsageError(f"{path!r} maps what is no field of {part}.", f"The fields are: {', '.join(known)}.")
    said = [str(told.get(name, default)) for name, default in (("preset", ""), ("zone", "UTC"), ("form", ""))]
    return Columns(parts["posts"], parts["accounts"], *said)


def columns_json(columns: Columns) -> str:
    """A mapping as the JSON text that `load_columns` reads."""
    told = {
        "columns": VERSION,
        "preset": columns.preset,
        "posts": dict(columns.posts),
        "accounts": dict(columns.accounts),
        "zone": columns.zone,
        "form": columns.form,
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def suggest(
    names: Iterable[str], samples: Mapping[str, list[object]], known: Mapping[str, str], taken: Mapping[str, str]
) -> dict[str, Chosen]:
    """The column of each field by its name, checked against what it holds; what is `taken` stands as it is.

    Args:
        names: the columns (of JSON: paths), in their order.
        samples: values of each column.
        known: field -> names that suit it.

    Raises:
        UsageError: `taken` names a column that is not there.
    """
    columns = list(names)
    by_plain: dict[str, str] = {}
    for column in columns:
        by_plain.setdefault(_plain(column), column)
    found: dict[str, Chosen] = {}
    for field_name, column in taken.items():
        if column and column not in columns and column.split(".")[0] not in {one.split(".")[0] for one in columns}:
            raise UsageError(f"There is no column {column!r} for {field_name}.", f"The columns are: {_some(columns)}.")
        if column:
            found[field_name] = _chosen(field_name, column, "as you say", samples)
    used = {one.column for one in found.values()}
    for field_name, synonyms in known.items():
        if field_name in taken:
            continue
        for synonym in synonyms.split():
            of_name = by_plain.get(_plain(synonym))
            if of_name and of_name not in used and _suits(field_name, samples.get(of_name, [])):
                found[field_name] = _chosen(field_name, of_name, "by its name", samples)
                used.add(of_name)
                break
    if "time" in known and "time" not in found and "time" not in taken:
        for column in columns:
            if column not in used and _share(samples.get(column, []), looks_like_time) > 0.9:
                found["time"] = _chosen("time", column, "by what it holds", samples)
                break
        else:
            named = [by_plain[_plain(one)] for one in known["time"].split() if _plain(one) in by_plain]
            if named:  # the rows will say what is wrong with it, or --time-format how to read it
                found["time"] = _chosen("time", named[0], "by its name", samples)
    return found


def need(found: Mapping[str, Chosen], names: Iterable[str], source: str, needed: Iterable[str] = NEEDED) -> None:
    """Check that the fields are there without which nothing can be done.

    Raises:
        InputError: one is missing; the hint lists the columns.
    """
    for field_name in needed:
        if field_name not in found:
            raise InputError(
                f"{source} has no column that holds the {field_name} of a post.",
                f"Say which with --map {field_name}=COLUMN; the columns are: {_some(list(names))}.",
            )


def _chosen(field_name: str, column: str, why: str, samples: Mapping[str, list[object]]) -> Chosen:
    told = dict.fromkeys(str(one)[:40] for one in samples.get(column, []) if one not in (None, "", []))
    return Chosen(field_name, column, why, tuple(told)[:2])


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _some(columns: list[str]) -> str:
    return ", ".join(columns[:40]) + (f" and {len(columns) - 40} more" if len(columns) > 40 else "")


def _suits(field_name: str, values: list[object]) -> bool:
    """A column is not taken for its name alone where what it holds cannot be that."""
    if field_name in TIMES:
        return not _filled(values) or _share(values, looks_like_time) >= 0.5
    if field_name == "followers":
        return not _filled(values) or _share(values, _is_number) >= 0.5
    if field_name in ("post", "account", "text"):
        return bool(_filled(values)) or not values
    return True


def _filled(values: list[object]) -> list[object]:
    return [one for one in values if one not in (None, "")]


def _share(values: list[object], test: "object") -> float:
    filled = _filled(values)
    return sum(bool(test(one)) for one in filled) / len(filled) if filled and callable(test) else 0.0


def _is_number(value: object) -> bool:
    return bool(re.fullmatch(r"\d+(\.0+)?", str(value)))


_WRITTEN_TIME = re.compile(
    r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?|\d{8}T\d{6}Z|[A-Z][a-z]{2},? .*\d\d:\d\d:\d\d.*|\d{9,19}(\.\d+)?"
)


def looks_like_time(value: object) -> bool:
    """Whether a value could be a time: ISO, Twitter's or a mail's form, or seconds and finer since 1970."""
    return bool(_WRITTEN_TIME.fullmatch(str(value).strip()))
