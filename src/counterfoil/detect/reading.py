"""A data set of posts and accounts as the tables `posts` and `accounts`, with an account of what was read and how."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from counterfoil.detect import reading_rejects as rejects
from counterfoil.detect.duck import Duck
from counterfoil.detect.preset import Preset
from counterfoil.detect.presets import PRESETS, load_preset
from counterfoil.detect.reading_accounts import fill_accounts, make_accounts
from counterfoil.detect.reading_fields import AUTHOR_FIELDS, POST_FIELDS, Chosen, Columns, need, suggest
from counterfoil.detect.reading_files import DataFile, Form, find_files, groups
from counterfoil.detect.reading_landing import LANDED, Landing
from counterfoil.detect.reading_lists import OF_TEXT
from counterfoil.detect.reading_quotes import ROUNDS, blanked, swallowing
from counterfoil.detect.reading_select import Plan
from counterfoil.detect.reading_tables import Source, open_source, with_files, with_records
from counterfoil.detect.reading_times import check_zone
from counterfoil.detect.troubles import plainly
from counterfoil.errors import InputError, UsageError

ACCOUNTS = "accounts"
NAMINGS = "namings"  #: account, handle, name, moment: what an account was called when
#: fields that are read whether a signal needs them or not: evidence shows them
HELD = "repost_of reply_to quote_of text urls hashtags mentions media shared follows platform language".split()
ALWAYS = ("post", "account", "time", "text", "repost_of", "platform", "handle", "name")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be read.

    Args:
        data: files, folders and patterns of posts.
        accounts: the same of accounts, if they have files of their own.
        columns: what is said about columns; the rest is found out.
        needs: fields that the signals need; None: all. Of Parquet `posts` then holds no others, until
            `Landing.show_whole` is asked for them.
    """

    data: tuple[str, ...]
    accounts: tuple[str, ...] = ()
    columns: Columns = field(default_factory=Columns)
    needs: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, in numbers and words.

    Args:
        rows: rows and records in the files: posts + joined + rejected (rows that a row swallowed count as one).
        joined: rows that only told more items of another row's post.
        zoneless: posts whose time names no zone: read as `columns.zone`.
        rejected: rows by the reason why they were set aside.
        samples: some of them: reason, file, line (0: not known), content.
        columns: as they were used: what --save-map writes.
        first, last: microseconds.
        has: fields that hold something.
        landing: what was kept, and how the rest is read.
    """

    files: tuple[str, ...]
    rows: int
    posts: int
    accounts: int
    joined: int
    zoneless: int
    rejected: Mapping[str, int]
    samples: tuple[tuple[str, str, int, str], ...]
    columns: Columns
    chosen: tuple[Chosen, ...]
    notes: tuple[str, ...]
    first: int
    last: int
    has: frozenset[str]
    landing: Landing


def read(engine: Duck, asked: Asked) -> Reading:
    """Make the tables `posts` and `accounts` (and `namings`, `rejected`) in the engine.

    Raises:
        InputError: a file cannot be read, has no column for accounts or times, or none of its rows can be used.
        UsageError: the request cannot be right: an unknown preset, column or zone.
    """
    files = find_files(asked.data)
    connection = engine.connection
    rejects.prepare(connection)
    opened = [_look(engine, asked, group) for group in groups(files)]
    landing = Landing(connection, asked.needs if _is_late(opened) else None)
    landing.start()
    for one in opened:
        _arrive(landing, one)
    with plainly("The data"):
        landing.open()
        joined = rejects.join_repeated(landing)
        landing.show()
    with plainly("The accounts"):
        make_accounts(landing)
        for one in opened:
            if one.preset and one.preset.account_items and one.whole:
                fill_accounts(connection, one.whole, Plan(one.preset.accounts, one.preset.platform))
    chosen, account_columns = _own_accounts(engine, asked) if asked.accounts else ((), {})
    first = opened[0]
    used = Columns(first.places, account_columns, first.preset.name if first.preset else "", first.zone, first.form)
    notes = [note for one in opened for note in one.notes]
    return _told(landing, used, tuple(str(one.path) for one in files), (joined, (*first.chosen, *chosen), notes))


@dataclass(frozen=True, slots=True)
class _Opened:
    """How a group of files is read."""

    source: Source
    plan: Plan
    places: Mapping[str, str]
    preset: Preset | None
    zone: str
    form: str
    chosen: tuple[Chosen, ...]
    notes: tuple[str, ...]
    whole: Source | None = None  #: of JSON: the values that hold the list of records


def _look(engine: Duck, asked: Asked, files: list[DataFile]) -> _Opened:
    """Find out how a group of like files is to be read."""
    name = str(files[0].path)
    with plainly(name):
        opened = _layout(engine, asked, open_source(engine.connection, files))
        check_zone(opened.zone)
    if opened.plan.from_text:
        note = f"{', '.join(opened.plan.from_text)} are read out of the text: no column of {name} names them."
        return replace(opened, notes=(*opened.notes, note))
    return opened


def _is_late(opened: list[_Opened]) -> bool:
    """Whether what signals do not need can be read again later: cheaply, and with the same result."""
    parquet = all(one.source.form is Form.PARQUET and "post" in one.places for one in opened)
    return parquet and len({one.zone for one in opened}) == 1


def _arrive(landing: Landing, opened: _Opened) -> None:
    """Let the rows of a group of files land."""
    with plainly(opened.source.files[0].path.as_posix()):
        landing.connection.execute(f"SET TimeZone = '{opened.zone}'")
        landing.make_room(opened.source, opened.plan)
        _take(landing, opened.source, opened.plan)
        rejects.set_aside(landing, opened.source.name)


def _take(landing: Landing, source: Source, plan: Plan) -> None:
    """Add a source's rows to those that landed; again without its lines that swallow others, if it has any."""
    connection = landing.connection
    names = {str(file.path): file for file in source.files}
    with TemporaryDirectory(prefix="counterfoil-quotes-") as folder:
        for turn in range(ROUNDS):
            connection.begin()
            try:
                landing.land(source, plan)
                swallowed = swallowing(connection) if source.form is Form.CSV else {}
            except BaseException:
                connection.rollback()
                raise
            if not swallowed:
                if source.form is Form.CSV:
                    rejects.take_csv_rejects(connection, {copy: str(file.path) for copy, file in names.items()})
                connection.commit()
                return
            connection.rollback()
            files = []
            for place, file in enumerate(source.files):
                lines = swallowed.get(str(file.path))
                if lines:
                    original = names[str(file.path)]
                    rejects.keep_lines(connection, str(original.path), lines.values())
                    file = blanked(file, lines, Path(folder) / f"{turn}-{place}.csv")
                    names[str(file.path)] = original
                files.append(file)
            source = with_files(source, files)
    raise InputError(
        f"{source.name} has too many quotes that never close.",
        "Write it again as CSV with every value quoted and quotes doubled, or as JSON Lines.",
    )


def _layout(engine: Duck, asked: Asked, source: Source) -> _Opened:
    """Which column is what: as said, as the preset has it, or by names and contents."""
    said = asked.columns
    preset, inner = _preset(engine, said.preset, source)
    whole = source if inner is not source else None
    source = inner
    zone = said.zone if said.zone != "UTC" or not preset else preset.zone
    if preset:
        there = {name: place for name, place in preset.posts.items() if source.is_json or _any_there(source, place)}
        places = {**there, **{name: place for name, place in said.posts.items() if place}}
        places = {name: place for name, place in places.items() if said.posts.get(name, "-")}
        suggest(source.kinds, source.samples, {}, said.posts)  # refuses columns that are not there
        chosen = tuple(Chosen(name, place, f"as {preset.label} has it") for name, place in places.items())
    else:
        known = {**POST_FIELDS, **AUTHOR_FIELDS}
        known.pop("shared")  # only a layout or a person can say what a shared object is
        found = suggest(source.kinds, source.samples, known, said.posts)
        places, chosen = {name: one.column for name, one in found.items()}, tuple(found.values())
    need({one: Chosen(one, place, "") for one, place in places.items()}, source.kinds, source.name)
    notes = [] if "post" in places else [f"{source.name} has no post ids: rows are numbered."]
    if any(str(value).lower().count("e+") for value in source.samples.get(places.get("post", ""), [])):
        notes.append(f"{source.name} has ids such as 1.2E+18: a spreadsheet has cut their last digits.")
    plan = Plan(
        {one: place for one, place in places.items() if _wanted(one, asked.needs)},
        preset.platform if preset else "",
        said.form,
        _of_text(places, asked.needs),
    )
    return _Opened(source, plan, places, preset, zone, said.form, chosen, tuple(notes), whole)


def _any_there(source: Source, place: str) -> bool:
    return any(one in source.kinds or one.split(".")[0] in source.kinds for one in place.split("|"))


def _preset(engine: Duck, named: str, source: Source) -> tuple[Preset | None, Source]:
    """The preset that was named or is recognised, and the source with its records laid open."""
    presets = [load_preset(named)] if named else [load_preset(one) for one in PRESETS.names()]
    for preset in presets:
        if _signed(preset, source):
            return preset, source
    if source.is_json:
        for preset in presets:
            for items in preset.items:
                if _leads(source.records, items):
                    inner = with_records(engine.connection, source, items)
                    if _signed(preset, inner) or named:
                        return preset, inner
    if named and (source.is_json or any(_any_there(source, one) for one in presets[0].signs)):
        return presets[0], source
    if named:
        raise UsageError(
            f"{source.name} is not laid out as {presets[0].label}: it has none of {', '.join(presets[0].signs)}.",
            "Leave --preset out: the layout is then found out.",
        )
    return None, _opened_list(engine, source)


def _signed(preset: Preset, source: Source) -> bool:
    return all(sign in source.kinds for sign in preset.signs)


def _leads(records: Iterable[object], items: str) -> bool:
    """Whether the path leads to something in one of the records."""
    for record in records:
        value: object = record
        for step in items.split("."):
            value = value.get(step.removesuffix("[*]")) if isinstance(value, dict) else None
            if step.endswith("[*]"):
                value = value[0] if isinstance(value, list) and value else None
        if value:
            return True
    return False


def _opened_list(engine: Duck, source: Source) -> Source:
    """Of JSON whose records stand in a list of a document: the longest such list."""
    if not source.is_json or len(source.records) > 1 or not source.records:
        return source
    document = source.records[0]
    if not isinstance(document, dict):
        return source
    lists = {
        key: len(value)
        for key, value in document.items()
        if isinstance(value, list) and value and isinstance(value[0], dict) and "." not in key
    }
    longest = max(lists, key=lambda key: lists[key], default="")
    return with_records(engine.connection, source, longest) if longest else source


def _wanted(name: str, needs: frozenset[str] | None) -> bool:
    return needs is None or name in needs or name in ALWAYS


def _of_text(places: Mapping[str, str], needs: frozenset[str] | None) -> tuple[str, ...]:
    wanted = set(OF_TEXT) if needs is None else needs & set(OF_TEXT)
    return tuple(sorted(wanted - set(places))) if "text" in places else ()


def _own_accounts(engine: Duck, asked: Asked) -> tuple[tuple[Chosen, ...], dict[str, str]]:
    """Read the files of accounts."""
    chosen: tuple[Chosen, ...] = ()
    columns: dict[str, str] = {}
    for group in groups(find_files(asked.accounts)):
        with plainly(str(group[0].path)):
            source = open_source(engine.connection, group)
            if source.is_json:
                source = _opened_list(engine, source)
            plan, chosen = account_plan(source, asked.columns)
            columns = dict(plan.places)
            fill_accounts(engine.connection, source, plan)
            rejects.take_csv_rejects(engine.connection)
    return chosen, columns


def account_plan(source: Source, said: Columns) -> tuple[Plan, tuple[Chosen, ...]]:
    """Which column of a file of accounts is what."""
    from counterfoil.detect.reading_fields import ACCOUNT_FIELDS

    for name in [said.preset] if said.preset else PRESETS.names():
        preset = load_preset(name)
        places = {one: place for one, place in preset.accounts.items() if _any_there(source, place)}
        if preset.accounts and len(places) == len(preset.accounts) and not said.accounts:
            chosen = tuple(Chosen(one, place, f"as {preset.label} has it") for one, place in places.items())
            return Plan(places, preset.platform, said.form), chosen
    found = suggest(source.kinds, source.samples, ACCOUNT_FIELDS, said.accounts)
    need(found, source.kinds, source.name, ("account",))
    return Plan({name: one.column for name, one in found.items()}, "", said.form), tuple(found.values())


def _told(
    landing: Landing, used: Columns, files: tuple[str, ...], rest: tuple[int, tuple[Chosen, ...], list[str]]
) -> Reading:
    joined, chosen, notes = rest
    engine = Duck(landing.connection)
    rejected = rejects.rejected_counts(engine.connection)
    held = [one for one in HELD if one in landing.columns]
    counts = "".join(f", count({name})" for name in held)
    ((posts, first, last, zoneless, *filled),) = engine.rows(
        f"SELECT count(*), min(moment), max(moment), count(*) FILTER (WHERE zoneless){counts} FROM {LANDED}"
    )
    ((accounts,),) = engine.rows(f"SELECT count(*) FROM {ACCOUNTS}")
    if not posts:
        why = "; ".join(f"{count:,} have {reason}" for reason, count in rejected.items()) or "there is none"
        hint = "Check the columns with --map FIELD=COLUMN."
        if rejects.BAD_TIME in rejected:
            samples = rejects.rejected_samples(engine.connection, 1)
            row = next((content for reason, _, _, content in samples if reason == rejects.BAD_TIME), "")
            hint = f"Say how times are written, as in --time-format '%d/%m/%Y %H:%M'; such a row is {row[:120]!r}."
        raise InputError(f"No row of {files[0]} can be used: {why}.", hint)
    if zoneless:
        notes = [*notes, f"{zoneless:,} times name no zone: read as {used.zone}."]
    if joined:
        notes = [*notes, f"{joined:,} rows told more items of another row's post, and were joined to it."]
    authors = [name for name in AUTHOR_FIELDS if engine.rows(f"SELECT count({name}) FROM {ACCOUNTS}")[0][0]]
    return Reading(
        files=files,
        rows=posts + joined + sum(rejected.values()),
        posts=posts,
        accounts=accounts,
        joined=joined,
        zoneless=zoneless,
        rejected=rejected,
        samples=tuple(rejects.rejected_samples(engine.connection)),
        columns=used,
        chosen=chosen,
        notes=tuple(notes),
        first=first,
        last=last,
        has=frozenset([name for name, count in zip(held, filled, strict=True) if count] + authors),
        landing=landing,
    )
