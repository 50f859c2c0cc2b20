"""Data sets as they come: formats, columns, times, rows that cannot be used."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterfoil.detect.duck import Duck, duck
from counterfoil.detect.reading import Asked, Reading, read
from counterfoil.detect.reading_fields import Columns, columns_json, columns_of, load_columns
from counterfoil.errors import InputError, UsageError


@pytest.fixture
def engine() -> Iterator[Duck]:
    with duck("500MB", 1) as made:
        yield made


def _read(engine: Duck, *data: Path, maps: tuple[str, ...] = (), **more: object) -> Reading:
    columns = columns_of(maps)
    if more:
        columns = Columns(columns.posts, columns.accounts, **more)  # type: ignore[arg-type]
    return read(engine, Asked(tuple(map(str, data)), columns=columns))


def _posts(engine: Duck, columns: str) -> list[tuple[object, ...]]:
    return engine.rows(f"SELECT {columns} FROM posts ORDER BY post_key")


def _csv(folder: Path, *lines: str, name: str = "posts.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


# The same two posts in every format.
RECORDS = [
    {"post_id": "1", "user_id": "a", "created_at": "2024-05-01T10:00:00Z", "text": 'He said "no", twice', "urls": ""},
    {"post_id": "2", "user_id": "b", "created_at": "2024-05-01T12:00:01.5+02:00", "text": "Zwei\nZeilen", "urls": "x"},
]
LINES = "\n".join(json.dumps(one) for one in RECORDS) + "\n"


def _written(folder: Path, form: str) -> Path:
    import duckdb

    path = folder / f"data.{form}"
    table = [
        ",".join(RECORDS[0]),
        *(",".join(f'"{v.replace(chr(34), chr(34) * 2)}"' for v in one.values()) for one in RECORDS),
    ]
    written = {
        "csv": "\n".join(table) + "\n",
        "tsv": "\n".join(
            one.replace(",", "\t", 4) if place == 0 else one.replace('","', '"\t"') for place, one in enumerate(table)
        ),
        "jsonl": LINES,
        "json": json.dumps(RECORDS, indent=1),
        "wrapped.json": json.dumps({"meta": {"count": 2}, "posts": RECORDS}),
    }
    if form in written:
        path.write_text(written[form], encoding="utf-8")
    elif form == "jsonl.gz":
        path.write_bytes(gzip.compress(LINES.encode()))
    elif form == "utf16.csv":
        path.write_text(written["csv"], encoding="utf-16")
    elif form == "bom.csv":
        path.write_text(
            written["csv"].replace("\n", "\r\n").replace("Zwei\r\n", "Zwei\n"), encoding="utf-8-sig", newline=""
        )
    else:
        (folder / "source.jsonl").write_text(LINES)
        with duckdb.connect() as connection:
            compressed = ", COMPRESSION zstd" if form == "jsonl.zst" else ""
            kind = "parquet" if form == "parquet" else "json"
            names = "post_id, user_id, CAST(created_at AS TIMESTAMPTZ) AS created_at, text, urls"
            columns = "*" if kind == "json" else names
            connection.execute("SET TimeZone = 'UTC'")
            types = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in RECORDS[0]) + "}"
            connection.execute(
                f"COPY (SELECT {columns} FROM read_json('{folder / 'source.jsonl'}', columns = {types})) "
                f"TO '{path}' (FORMAT {kind}{compressed})"
            )
        (folder / "source.jsonl").unlink()
    return path


FORMS = ("csv", "tsv", "jsonl", "json", "wrapped.json", "jsonl.gz", "jsonl.zst", "parquet", "utf16.csv", "bom.csv")


@pytest.mark.parametrize("form", FORMS)
def test_every_format_gives_the_same_posts(engine: Duck, tmp_path: Path, form: str) -> None:
    reading = _read(engine, _written(tmp_path, form))
    assert _posts(engine, "post_key, moment, text, urls") == [
        ("1", 1714557600000000, 'He said "no", twice', None),
        ("2", 1714557601500000, "Zwei\nZeilen", ["x"]),
    ]
    assert (reading.rows, reading.posts, reading.accounts, dict(reading.rejected)) == (2, 2, 2, {})
    assert engine.rows("SELECT account_key FROM accounts JOIN posts USING (account) ORDER BY post_key") == [
        ("a",),
        ("b",),
    ]


def test_folders_and_patterns_are_read_together(engine: Duck, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    _csv(tmp_path, "id,user,time,text", "1,a,100000000,one", name="in/a.csv")
    _csv(tmp_path, "time,text,id,user", "100000001,two,2,b", name="in/b.csv")  # another order of columns
    (tmp_path / "in" / "c.jsonl").write_text('{"id": "3", "user": "c", "time": 100000002}\n')
    (tmp_path / "in" / "notes.md").write_text("not data")
    (tmp_path / "in" / ".hidden.csv").write_text("nothing")
    assert _read(engine, tmp_path / "in").posts == 3
    assert _posts(engine, "post_key, moment // 1000000, text") == [
        ("1", 100000000, "one"),
        ("2", 100000001, "two"),
        ("3", 100000002, None),
    ]
    assert _read(engine, tmp_path / "in" / "*.csv").posts == 2


def test_a_name_with_the_signs_of_patterns_is_a_name(engine: Duck, tmp_path: Path) -> None:
    _csv(tmp_path, "id,user,time", "1,a,100000000", name="a[1].csv")
    assert _read(engine, tmp_path / "a[1].csv").posts == 1


TIMES = {
    "1714557600": 1714557600000000,
    "1714557600.25": 1714557600250000,
    "1714557600123": 1714557600123000,
    "1714557600123456": 1714557600123456,
    "1714557600123456789": 1714557600123456,
    "2024-05-01T10:00:00Z": 1714557600000000,
    "2024-05-01T10:00:00.123456Z": 1714557600123456,
    "2024-05-01 12:00:00+02:00": 1714557600000000,
    "2024-05-01T15:30:00+0530": 1714557600000000,
    "2024-05-01T05:00:00-0500": 1714557600000000,
    "2024-05-01 10:00:00": 1714557600000000,
    "2024-05-01 10:00": 1714557600000000,
    "2024-05-01": 1714521600000000,
    "Wed May 01 10:00:00 +0000 2024": 1714557600000000,
    "Wed, 01 May 2024 10:00:00 GMT": 1714557600000000,
    "Wed, 01 May 2024 12:00:00 +0200": 1714557600000000,
    "2024-05-01 06:00:00 EDT": 1714557600000000,
    "2024-01-01 05:00:00 EST": 1704103200000000,
    "20240501T100000Z": 1714557600000000,
    "1969-12-31T23:59:59Z": -1000000,
}


@pytest.mark.parametrize("written", TIMES)
def test_times_are_microseconds_utc(engine: Duck, tmp_path: Path, written: str) -> None:
    _read(engine, _csv(tmp_path, "id,user,time", f'1,a,"{written}"'))
    assert _posts(engine, "moment") == [(TIMES[written],)]


def test_times_of_many_forms_in_one_column(engine: Duck, tmp_path: Path) -> None:
    rows = [f'{place},a,"{written}"' for place, written in enumerate(TIMES, start=100)]
    reading = _read(engine, _csv(tmp_path, "id,user,time", *rows))
    assert [row[0] for row in _posts(engine, "moment")] == list(TIMES.values())
    assert reading.zoneless == 3
    assert "3 times name no zone: read as UTC." in reading.notes


def test_the_zone_of_times_that_name_none_can_be_said(engine: Duck, tmp_path: Path) -> None:
    data = _csv(
        tmp_path, "id,user,time", "1,a,2024-05-01 10:00:00", "2,a,2024-12-01 10:00:00", "3,a,2024-05-01T10:00:00Z"
    )
    reading = _read(engine, data, zone="Europe/Kyiv")
    assert [row[0] for row in _posts(engine, "moment // 1000000")] == [1714546800, 1733040000, 1714557600]
    assert any("2 times name no zone: read as Europe/Kyiv" in note for note in reading.notes)
    with pytest.raises(UsageError, match="no time zone 'Kiew'"):
        _read(engine, data, zone="Kiew")


def test_the_form_of_times_can_be_said(engine: Duck, tmp_path: Path) -> None:
    data = _csv(tmp_path, "id,user,time", "1,a,01/05/2024 10:00", "2,a,13/13/2024 10:00")
    reading = _read(engine, data, form="%d/%m/%Y %H:%M")
    assert _posts(engine, "moment") == [(1714557600000000,)]
    assert reading.rejected == {"a time that cannot be read": 1}


LISTS = {
    "https://a.org/x https://b.org": ["https://a.org/x", "https://b.org"],
    "https://a.org/x,1,2;https://b.org": ["https://a.org/x,1,2", "https://b.org"],
    '["https://a.org/x?y=[1]", "https://b.org"]': ["https://a.org/x?y=[1]", "https://b.org"],
    "[https://a.org/x, https://b.org]": ["https://a.org/x", "https://b.org"],
    "['https://a.org/x', 'https://b.org']": ["https://a.org/x", "https://b.org"],
    "https://a.org/x": ["https://a.org/x"],
    "[]": None,
    "": None,
    "nan": None,
}


@pytest.mark.parametrize("written", LISTS)
def test_lists_as_exporters_write_them(engine: Duck, tmp_path: Path, written: str) -> None:
    doubled = written.replace('"', '""')
    _read(engine, _csv(tmp_path, "id,user,time,urls", f'1,a,100000000,"{doubled}"'))
    assert _posts(engine, "urls") == [(LISTS[written],)]


def test_links_tags_and_names_are_read_out_of_the_text_where_no_column_has_them(engine: Duck, tmp_path: Path) -> None:
    said = "See https://a.org/x, (http://b.org) #One and #Zwei_2 by @ann and mail@x.org &#39; ok#no"
    reading = _read(engine, _csv(tmp_path, "id,user,time,text", f'1,a,100000000,"{said}"'))
    assert _posts(engine, "urls, hashtags, mentions") == [
        (["https://a.org/x", "http://b.org"], ["One", "Zwei_2"], ["ann"])
    ]
    assert any("read out of the text" in note for note in reading.notes)


def test_rows_that_cannot_be_used_are_counted_and_kept(engine: Duck, tmp_path: Path) -> None:
    data = _csv(
        tmp_path,
        "id,user,time,text",
        '1,a,100000000,"one"',
        '2,,100000000,"no account"',
        "3,a,yesterday,three",
        "4,a,,four",
        '5,a,100000000,"five" more,6',
        "6,a",
        "7,a,100000000,seven,8,9",
        "1,b,100000005,again",
        "8,b,100000006,eight",
    )
    reading = _read(engine, data)
    assert [row[0] for row in _posts(engine, "post_key")] == ["1", "8"]
    assert reading.rejected == {
        "a quote that is not closed, or stands in the middle of a value": 1,
        "a time that cannot be read": 1,
        "fewer values than columns": 1,
        "more values than columns": 1,
        "no account": 1,
        "no time": 1,
        "the post id of an earlier row": 1,
    }
    assert reading.rows == 9
    kept = engine.rows("SELECT line, content FROM rejected WHERE reason = 'fewer values than columns'")
    assert kept == [(7, "6,a")]
    assert engine.rows("SELECT content FROM rejected WHERE reason = 'a time that cannot be read'") == [
        ('{"post":"3","account":"a","time":"yesterday","text":"three"}',)
    ]


def test_a_quote_that_never_closes_loses_no_row_in_silence(engine: Duck, tmp_path: Path) -> None:
    rows = [f'{place},a,{100000000 + place},"text {place}"' for place in range(3000)]
    rows[2000] = '2000,a,100002000,"text without end'
    reading = _read(engine, _csv(tmp_path, "id,user,time,text", *rows))
    assert (reading.posts, reading.rows) == (2999, 3000)
    assert engine.rows("SELECT content FROM rejected") == [(rows[2000],)]


def test_a_quote_that_never_closes_in_a_file_without_others(engine: Duck, tmp_path: Path) -> None:
    rows = [f"{place},a,{100000000 + place},text {place}" for place in range(3000)]
    rows[2000] = '2000,a,100002000,"text without end'
    rows[2500] = '2500,a,100002500,"and another'
    data = _csv(tmp_path, "id,user,time,text", *rows)
    reading = _read(engine, data)
    assert (reading.posts, reading.rows) == (2998, 3000)
    assert engine.rows("SELECT file, content FROM rejected ORDER BY content") == [
        (str(data), rows[2000]),
        (str(data), rows[2500]),
    ]


def test_rows_of_one_post_with_several_links_are_one_post(engine: Duck, tmp_path: Path) -> None:
    data = _csv(
        tmp_path,
        "id,user,time,url",
        "1,a,100000000,https://a.org",
        "1,a,100000000,https://b.org",
        "1,a,100000000,https://b.org",
        "1,a,100000009,https://c.org",
    )
    reading = _read(engine, data)
    assert _posts(engine, "urls") == [(["https://a.org", "https://b.org"],)]
    assert (reading.rows, reading.posts, reading.joined) == (4, 1, 1)
    assert reading.rejected == {"the post id of an earlier row": 2}


def test_ids_that_a_spreadsheet_spoilt_are_told(engine: Duck, tmp_path: Path) -> None:
    reading = _read(
        engine, _csv(tmp_path, "id,user,time,retweet_id", "1.2E+18,7.0,100000000,5.0", "1.3E+18,7,100000000,nan")
    )
    assert any("a spreadsheet has cut their last digits" in note for note in reading.notes)
    assert engine.rows("SELECT account_key FROM accounts") == [("7",)]
    assert _posts(engine, "repost_of") == [("5",), (None,)]


def test_posts_without_ids_are_numbered(engine: Duck, tmp_path: Path) -> None:
    reading = _read(engine, _csv(tmp_path, "user,time,text", "a,100000000,x", "a,100000000,x"))
    assert reading.posts == 2
    assert any("has no post ids" in note for note in reading.notes)


def test_json_lines_with_damage_are_set_aside(engine: Duck, tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text(
        '{"id": 1, "user": "a", "time": 100000000}\n{"id": 2, "us\n\n[1]\n'
        '{"id": 3, "user": "b", "time": 100000001}\n{"id"'
    )
    reading = _read(engine, path)
    assert [row[0] for row in _posts(engine, "post_key")] == ["1", "3"]
    assert reading.rejected == {"not JSON": 2, "no account": 1}


DAMAGED = {
    "cut.jsonl.gz": "damaged or cut off after",
    "flipped.csv.gz": "damaged or cut off after",
    "cut.parquet": "the end of a Parquet file is missing",
    "torn.parquet": "damaged",
    "false.parquet": "not a Parquet file",
    "cut.json": "cut off or is not JSON",
    "empty.csv": "is empty",
    "data.xyz": "format of .* cannot be told",
    "numbers.csv": "has no row of column names",
    "other.csv": "no column that holds the account",
    "timeless.csv": "no column that holds the time",
    "unusable.csv": "No row of .* can be used: 1 have a time that cannot be read",
    "missing.csv": "no file or folder",
    "cut.jsonl.zst": "damaged",
}


def test_times_written_as_nobody_can_guess_are_told_with_what_to_say(engine: Duck, tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("user;time;text\na;04.05.2025 14:35;x\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read(engine, Asked((str(path),)))
    assert "--time-format" in (refused.value.hint or "")
    assert "04.05.2025 14:35" in (refused.value.hint or "")


@pytest.mark.parametrize("name", DAMAGED)
def test_what_cannot_be_read_is_told_in_a_sentence(engine: Duck, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    many = "".join(
        f'{{"id": {place}, "user": "u{place * 7919 % 1000}", "time": {100000000 + place}}}\n' for place in range(20000)
    )
    if name == "cut.jsonl.gz":
        path.write_bytes(gzip.compress(many.encode())[:-5000])
    elif name == "flipped.csv.gz":
        packed = bytearray(gzip.compress(("id,user,time\n" + many).encode()))
        packed[len(packed) // 2] ^= 255
        path.write_bytes(bytes(packed))
    elif name in ("cut.parquet", "torn.parquet", "cut.jsonl.zst"):
        whole = _written(tmp_path, "parquet" if name != "cut.jsonl.zst" else "jsonl.zst").read_bytes()
        middle = b"\xff" * 200 + whole[204:]
        path.write_bytes(whole[:-20] if name.startswith("cut") else whole[:4] + middle)
    elif name != "missing.csv":
        path.write_text(
            {
                "false.parquet": "id,user\n",
                "cut.json": json.dumps(RECORDS)[:-30],
                "data.xyz": "x",
                "numbers.csv": "1,2,3\n4,5,6\n",
                "other.csv": "id,colour,time\n1,2,100000000\n",
                "timeless.csv": "id,user,colour\n1,2,red\n",
                "unusable.csv": "id,user,time\n1,2,red\n",
            }.get(name, "")
        )
    with pytest.raises((InputError, UsageError), match=DAMAGED[name]) as caught:
        _read(engine, path)
    assert caught.value.hint
    assert "\n" not in caught.value.message


def test_columns_can_be_said_saved_and_used_again(engine: Duck, tmp_path: Path) -> None:
    data = _csv(tmp_path, "k,wer,wann,was,id", "7,a,100000000,hello,x")
    said = ("post=k", "account=wer", "time=wann", "text=was")
    reading = _read(engine, data, maps=said)
    assert _posts(engine, "post_key, text") == [("7", "hello")]
    saved = tmp_path / "columns.json"
    saved.write_text(columns_json(reading.columns))
    assert load_columns(str(saved)) == reading.columns
    assert _read(engine, data, maps=(str(saved), "text=")).columns.posts.get("text") is None
    with pytest.raises(UsageError, match="no column 'nope'"):
        _read(engine, data, maps=(*said, "text=nope"))
    with pytest.raises(UsageError, match="no field 'colour'"):
        columns_of(["colour=x"])
    with pytest.raises(UsageError, match="no mapping"):
        columns_of([str(data)])


def test_a_column_is_not_taken_for_its_name_where_it_cannot_be_that(engine: Duck, tmp_path: Path) -> None:
    reading = _read(engine, _csv(tmp_path, "id,user,time,when", "1,a,morning,100000000", "2,a,evening,100000001"))
    assert reading.columns.posts["time"] == "when"


def test_accounts_of_a_file_of_their_own(engine: Duck, tmp_path: Path) -> None:
    data = _csv(tmp_path, "id,user_id,time,username", "1,a,100000000,old", "2,b,100000000,bee")
    accounts = _csv(
        tmp_path,
        "user_id,username,bio,created_at,followers_count",
        "a,new,Hello,2020-01-01,12",
        "c,sea,,2021-01-01,x",
        ",nobody,,,",
        name="accounts.csv",
    )
    reading = read(engine, Asked((str(data),), (str(accounts),)))
    assert engine.rows("SELECT account_key, handle, bio, created, followers FROM accounts ORDER BY account_key") == [
        ("a", "new", "Hello", 1577836800000000, 12),
        ("b", "bee", None, None, None),
        ("c", "sea", None, 1609459200000000, None),
    ]
    assert (reading.accounts, reading.rejected) == (3, {"no account": 1})
    assert engine.rows("SELECT account_key FROM posts JOIN accounts USING (account) ORDER BY post_key") == [
        ("a",),
        ("b",),
    ]


def test_the_same_id_on_two_platforms_is_two_accounts(engine: Duck, tmp_path: Path) -> None:
    _read(engine, _csv(tmp_path, "id,user,time,platform", "1,a,100000000,x", "1,a,100000000,telegram"))
    assert engine.rows("SELECT count(*), count(DISTINCT account) FROM posts") == [(2, 2)]
