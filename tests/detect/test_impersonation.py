"""Copies of an invented roster are found, explained, and told apart from namesakes, admirers and parodies."""

import json
from pathlib import Path

import pytest

from counterfoil.cli import main
from counterfoil.detect.impersonation import copied_posts, find_impersonators
from counterfoil.detect.impersonation_candidates import Candidates
from counterfoil.detect.impersonation_roster import Account, Known, Owners, moment_of, read_accounts, read_roster
from counterfoil.detect.lookalike_domains import find_lookalikes
from counterfoil.detect.name_likeness import distance, handles_alike, names_alike, sound
from counterfoil.errors import InputError, ReadError
from tests.detect.plants import DAY, world

BIO = "Mother, engineer, candidate for the Harbour ward. Clean water now."
MIRA = Known("Mira Solvang", handles=("x:mirasolvang",), bio=BIO, kind="candidate", pictures=("00ff00ff00ff00ff",))


@pytest.mark.parametrize("seed", [11, 12])
def test_planted_copies_are_found_and_little_else(seed: int) -> None:
    made = world(seed, others=600, people=40)
    listed = [one for one in find_impersonators(made.roster, made.accounts) if not one.parody]
    hits = [one for one in listed if made.copies.get(one.account.key) == one.known.name]
    assert len(hits) / len(listed) >= 0.9
    assert len(hits) / len(made.copies) >= 0.9


def test_without_copies_next_to_nothing_is_listed() -> None:
    made = world(13, others=600, people=40)
    alone = [one for one in made.accounts if one.key not in made.copies]
    listed = [one for one in find_impersonators(made.roster, alone) if not one.parody]
    assert len(listed) <= len(alone) * 0.005


@pytest.mark.parametrize(
    ("account", "kind", "listed"),
    [
        (Account("2", "mirasoIvang", "Someone"), "handle look-alike", True),
        (Account("2", "q81", "M\u0456ra Solvang"), "name look-alike", True),
        (Account("2", "mirasolvang_official", "Mira Solvang"), "handle with role", True),
        (Account("2", "mlrasolvang", "Mira Solvang"), "handle look-alike", True),
        (Account("2", "q81", "Mira Solvang", BIO), "bio copied", True),
        (Account("2", "q81", "Mira Solvang", picture="00ff00ff00ff00fc"), "picture copied", True),
        (Account("2", "mirasolvang", "Mira Solvang", BIO, platform="other"), "bio copied", True),
        (Account("2", "mirasolvang71", "Mira Solvang", created=5), "same name", False),
        (Account("2", "q81", "Мира Сольванг"), "name sounds alike", False),
        (Account("2", "q81", "Voters against Mira Solvang"), "name contained", False),
    ],
)
def test_what_is_alike_is_told(account: Account, kind: str, listed: bool) -> None:
    (found,) = find_impersonators([MIRA], [account], least=0)
    assert kind in {one.kind for one in found.likenesses}
    assert bool(find_impersonators([MIRA], [account])) is listed


def test_the_original_and_strangers_are_no_suspects() -> None:
    accounts = [Account("1", "MiraSolvang", "Mira Solvang", BIO, platform="X"), Account("2", "tomas", "Tomas Brenner")]
    assert find_impersonators([MIRA], accounts, least=0) == []


@pytest.mark.parametrize(
    "account",
    [
        Account("2", "mirasolvang_parody", "Mira Solvang (parody)", BIO),
        Account("2", "mirasolvangfans", "Mira Solvang", BIO),
        Account("2", "mirasoIvang", "Mira Solvang", "Not affiliated with her. " + BIO),
    ],
)
def test_a_parody_that_says_so_is_told_as_one(account: Account) -> None:
    (found,) = find_impersonators([MIRA], [account])
    assert found.parody
    assert found.score <= 0.5
    assert found.techniques[0] == "T0143.004"
    assert found.against


def test_an_account_older_than_the_original_counts_less() -> None:
    own = Account("1", "mirasolvang", "Mira Solvang", created=100 * DAY, platform="x")
    scores = {
        made: find_impersonators([MIRA], [own, Account("2", "mirasoIvang", "Mira Solvang", created=made)], least=0)[0]
        for made in (50 * DAY, 150 * DAY)
    }
    assert scores[50 * DAY].score < scores[150 * DAY].score
    assert scores[50 * DAY].against == ("is older than the original",)
    assert "was made 50 days after the original" in [one.words for one in scores[150 * DAY].likenesses]


def test_copied_posts_count_only_after_the_original_and_once_each() -> None:
    text = "We will clean the harbour water before the year ends, number {}."
    posts = [("1", at, text.format(at)) for at in range(4)]
    posts += [("2", 10 + at, text.format(at).upper()) for at in range(4)] + [("2", 20, text.format(0))]
    posts += [("3", -1, text.format(0)), ("3", 30, "Good morning!"), ("1", 29, "Good morning!")]
    accounts = {"1": Account("1", "mirasolvang"), "2": Account("2", "b"), "3": Account("3", "c")}
    assert copied_posts([MIRA], accounts, posts) == {"2": {"Mira Solvang": 4}}
    own, copy = accounts["1"], Account("2", "q81", "Mira Solvang")
    (found,) = find_impersonators([MIRA], [own, copy], {"2": {"Mira Solvang": 4}})
    assert "T0084.002" in found.techniques


def test_the_index_lets_every_slip_through() -> None:
    index = Candidates([Known("Harbour Gazette", handles=("harbourgazette",))], Owners({}, frozenset()))
    letters = "harbourgazette"
    for at in range(len(letters)):
        for changed in (
            letters[:at] + letters[at + 1 :],
            letters[:at] + "q" + letters[at:],
            letters[:at] + "qq" + letters[at:],
        ):
            assert index.of(Account("1", changed)) == {0}, changed


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("abcd", "abcd", 0), ("abcd", "acbd", 1), ("abcd", "abd", 1), ("abcd", "xbcdy", 2), ("a", "bcde", 3)],
)
def test_distances(one: str, other: str, apart: int) -> None:
    assert distance(one, other) == distance(other, one) == apart


def test_short_names_and_numbered_neighbours_are_not_slips() -> None:
    assert names_alike("Ann Lee", "Dan Roe") is None
    assert handles_alike("harbour1", "harbour2") is None
    assert handles_alike("anna", "hanna") is None
    assert sound("сольванг") == sound("solvang")
    assert sound("phillip") == sound("filip")


def _roster(folder: Path) -> Path:
    path = folder / "roster.csv"
    path.write_text(
        "name,kind,handles,domains,created\nMira Solvang,candidate,x:mirasolvang,mirasolvang.org,2015-01-02\n",
        encoding="utf-8",
    )
    return path


def test_the_command_writes_what_it_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accounts = tmp_path / "accounts.csv"
    accounts.write_text(
        "id,username,display_name,bio,created_at\n1,mirasolvang,Mira Solvang,,2015-01-02\n"
        "2,mirasoIvang,=Mira\u202e Solvang,,2031-01-02\n,,,,\n",
        encoding="utf-8",
    )
    domains = tmp_path / "domains.txt"
    domains.write_text("https://mira-solvang.org/x\nexample.net\n", encoding="utf-8")
    out = tmp_path / "found.csv"
    asked = ["impersonation", str(_roster(tmp_path)), str(accounts), "--domains", str(domains), "-o", str(out)]
    assert main([*asked, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["suspect"] for one in told["suspects"]] == ["@mirasoIvang"]
    assert [one["suspect"] for one in told["domains"]] == ["mira-solvang.org"]
    assert told["problems"] == ["accounts.csv, row 3: no account"]
    assert "'=Mira" in out.read_text(encoding="utf-8")
    assert main(asked) == 0
    printed = capsys.readouterr()
    assert "Accounts to look at" in printed.out
    assert "\u202e" not in printed.out
    assert "left out: accounts.csv, row 3" in printed.err


@pytest.mark.parametrize(
    ("content", "says"),
    [("name,handles\n,x\n", "no name"), ("name\n", "nobody"), ("name,created\nA,soon\n", "no date"), ("[1]", "no list"),
     ('name,bio\nA,"open\n', "broken as CSV"), ("[{", "broken as JSON")],
)  # fmt: skip
def test_a_bad_roster_is_refused(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=says):
        read_roster(path)


def test_a_roster_in_other_words_is_read_and_what_is_not_is_told(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(
        "Name,Also known as,handle,Website,party\nMira Solvang,M. S.;Mira,x:mira,https://mirasolvang.org/,A\n"
    )
    problems: list[str] = []
    (known,) = read_roster(path, problems)
    assert (known.aliases, known.handles) == (("M. S.", "Mira"), ("x:mira",))
    assert [one.original for one in find_lookalikes([known], ["mira-solvang.org"])] == ["mirasolvang.org"]
    assert len(problems) == 1
    assert "not read: party." in problems[0]


def test_accounts_told_apart_by_their_handles_have_handles(tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text("handle,name\nmirasolvang,Mira Solvang\n", encoding="utf-8")
    (account,) = read_accounts(path).accounts
    assert (account.key, account.handle) == ("mirasolvang", "mirasolvang")


def test_bad_accounts_are_refused_or_told(tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    with pytest.raises(ReadError, match="cannot be read"):
        read_accounts(path)
    path.write_text("colour,size\nred,3\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column of accounts"):
        read_accounts(path)
    path.write_text("id,username\n1,a\n1,a\n,\n", encoding="utf-8")
    read = read_accounts(path)
    assert ([one.key for one in read.accounts], read.problems) == (["1"], ["accounts.csv, row 3: no account"])
    assert main(["impersonation", str(_roster(tmp_path))]) == 2


def test_times_are_read_as_utc() -> None:
    assert moment_of("1970-01-02") == DAY
    assert moment_of("1970-01-01T01:00:00+01:00") == 0
    assert moment_of("1700000000") == moment_of("1700000000000") == 1_700_000_000_000_000
    assert moment_of("soon") is None
