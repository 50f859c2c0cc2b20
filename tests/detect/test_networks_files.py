"""Network files and pictures: read back by others, whatever accounts call themselves."""

import io
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from counterfoil.detect.clusters import Account, Cluster, Histogram, Strand
from counterfoil.detect.layout import pack, place
from counterfoil.detect.network import Network, Tie
from counterfoil.detect.network_colours import class_of, css, rgb_of
from counterfoil.detect.network_files import in_line, plain, write_gexf, write_graphml
from counterfoil.detect.network_pictures import all_groups, group_picture, histogram_picture, left_out, length_of
from counterfoil.detect.technique_names import NAMES
from counterfoil.frameworks.codebook import load_codebook

MEAN = "</title><script>alert('x')</script>\x00\x1b[31m\ud800\ufffe\u202e&\"'\n\t" + "long " * 2000
SVG = "{http://www.w3.org/2000/svg}"


def _account(key: str, number: int, ties: int = 1) -> Account:
    return Account(number, key, "", "", f"Name {key}", 0, 9, 4, ties, 6, 0.25, 3, ("co_repost",))


def _network(keys: list[list[str]]) -> Network:
    """Groups of these accounts, all tied to the first of their group."""
    clusters, ties, places, middles = [], {}, {}, {}
    for number, of in enumerate(keys, start=1):
        accounts = tuple(_account(key, nth) for nth, key in enumerate(of))
        clusters.append(
            Cluster(number, accounts, (Strand("co_repost", len(of) - 1, 5, 0.5, 0.01),), leader=accounts[0])
        )
        ties[number] = tuple(
            Tie(number, 0, nth, 30.0 + nth, ("co_repost",), 5, 0.01, 0, 86_400_000_000, 0.75)
            for nth in range(1, len(of))
        )
        places[number] = tuple((float(nth), float(nth % 2)) for nth in range(len(of)))
        middles[number] = (10.0 * number, 0.0)
    return Network(tuple(clusters), ties, places, middles)


@pytest.fixture
def small() -> Network:
    return _network([["a", "b", "c"], ["d", MEAN]])


def test_gexf_is_read_back(tmp_path: Path, small: Network) -> None:
    path = tmp_path / "network.gexf"
    with path.open("w", encoding="utf-8") as out:
        write_gexf(small, {1: "F-1", 2: "F-2"}, out)
    graph = nx.read_gexf(path)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (5, 3)
    assert not graph.is_directed()
    node = graph.nodes["c1a1"]
    assert (node["account"], node["cluster"], node["finding"], node["leads"], node["lead"]) == (
        "a",
        1,
        "F-1",
        True,
        0.25,
    )
    assert node["viz"]["position"] == {"x": 400.0, "y": 0.0, "z": 0.0}
    assert node["viz"]["color"] == dict(zip("rgb", rgb_of(1), strict=True)) | {"a": 1.0}
    assert graph.edges["c1a1", "c1a2"]["met"] == 5
    assert graph.edges["c1a1", "c1a2"]["weight"] == 5
    assert graph.edges["c1a1", "c1a2"]["last"] == "1970-01-02T00:00:00Z"
    assert graph.nodes["c2a2"]["account"] == plain(MEAN)


def test_graphml_is_read_back(tmp_path: Path, small: Network) -> None:
    path = tmp_path / "network.graphml"
    with path.open("w", encoding="utf-8") as out:
        write_graphml(small, {1: "F-1"}, out)
    graph = nx.read_graphml(path)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (5, 3)
    assert graph.nodes["c1a2"]["x"] == 440.0
    assert graph.nodes["c1a2"]["label"] == "Name b"
    assert graph.nodes["c2a1"]["finding"] is None or graph.nodes["c2a1"]["finding"] == ""
    assert graph.nodes["c2a2"]["account"] == plain(MEAN)
    assert graph.edges["c1a1", "c1a3"]["evidence"] == 32.0


def test_an_empty_network_is_a_file_too(tmp_path: Path) -> None:
    empty = Network((), {}, {}, {})
    for write, read in ((write_gexf, lambda path: nx.read_gexf(path, version="1.3")), (write_graphml, nx.read_graphml)):
        path = tmp_path / write.__name__
        with path.open("w", encoding="utf-8") as out:
            write(empty, {}, out)
        assert read(path).number_of_nodes() == 0
    assert all_groups(empty) == ""
    assert "No group" in "".join(ElementTree.fromstring(all_groups(empty, alone=True)).itertext())


def test_pictures_are_xml_and_hold_no_markup_of_others(small: Network) -> None:
    alone = ElementTree.fromstring(all_groups(small, alone=True))
    assert len(alone.findall(f"{SVG}circle")) == 5
    assert alone.find(f".//{SVG}script") is None
    for cluster in small.clusters:
        picture = group_picture(small, cluster)
        read = ElementTree.fromstring(picture)
        assert len(read.findall("circle")) == len(cluster.accounts)
        assert read.find(".//script") is None
        assert len(picture) < 30_000
    assert left_out(small) == ""


def test_a_picture_says_what_it_leaves_out() -> None:
    big = _network([[f"k{nth}" for nth in range(1500)], [f"m{nth}" for nth in range(1500)], ["x", "y"]])
    assert left_out(big) == "2 smaller groups are not drawn."
    assert all_groups(big).count("<circle") == 1500


def test_bars_add_up_to_the_posts() -> None:
    told = Histogram(0, 3_600_000_000, {"co_link": (3, 0, 1), "co_repost": (1, 0, 0)})
    read = ElementTree.fromstring(histogram_picture(told, {"co_link": "c1", "co_repost": "c2"}))
    assert [one.text for one in read.iter("title")] == [
        "1970-01-01 00:00, 1 hour: co_link 3, co_repost 1",
        "1970-01-01 02:00, 1 hour: co_link 1",
    ]
    high = [float(one.get("height", "0")) for one in read.iter("rect")]
    assert high[0] == pytest.approx(3 * high[1], abs=0.1)


def test_a_network_is_laid_out_alike_each_time_and_spread() -> None:
    import numpy as np

    chance = np.random.default_rng(4)
    pairs = np.unique(np.sort(chance.integers(0, 60, (300, 2)), axis=1), axis=0)
    pairs = pairs[pairs[:, 0] < pairs[:, 1]]
    asked = (np.zeros(60, dtype=np.int64), pairs[:, 0], pairs[:, 1], np.ones(len(pairs)))
    at = place(*asked)
    assert (at == place(*asked)).all()
    assert np.isfinite(at).all()
    apart = np.sqrt(((at[:, None] - at[None]) ** 2).sum(axis=2)) + 9 * np.eye(60)
    assert apart.min() > 0.2  # nobody stands on another
    assert abs(at.mean(axis=0)).max() < 0.5


def test_tied_accounts_stand_nearer_than_others() -> None:
    import numpy as np

    low, high = zip(*[(a, b) for half in (0, 10) for a in range(half, half + 10) for b in range(a + 1, half + 10)],
                    strict=True)  # fmt: skip
    at = place(np.zeros(20, dtype=np.int64), np.array([*low, 0]), np.array([*high, 10]), np.ones(len(low) + 1))
    first, second = at[:10].mean(axis=0), at[10:].mean(axis=0)
    within = max(np.sqrt(((half - half.mean(axis=0)) ** 2).sum(axis=1)).max() for half in (at[:10], at[10:]))
    assert np.sqrt(((first - second) ** 2).sum()) > 2 * within


def test_very_many_accounts_are_placed() -> None:
    import numpy as np

    accounts = 3000
    at = place(np.zeros(accounts, dtype=np.int64), np.zeros(accounts - 1, dtype=np.int64), np.arange(1, accounts),
               np.ones(accounts - 1))  # fmt: skip
    assert at.shape == (accounts, 2)
    assert np.isfinite(at).all()
    reach = np.sqrt((at**2).sum(axis=1))
    assert reach[2000:].min() > reach[:2000].max()


def test_boxes_do_not_overlap() -> None:
    sizes = [(9.0, 7.0), (5.0, 5.0), (4.0, 6.0), (3.0, 3.0), (3.0, 2.0), (2.0, 2.0)]
    middles = pack(sizes)
    for one, ((x, y), (wide, high)) in enumerate(zip(middles, sizes, strict=True)):
        for (left, top), (broad, tall) in list(zip(middles, sizes, strict=True))[:one]:
            assert abs(x - left) >= (wide + broad) / 2 - 1e-6 or abs(y - top) >= (high + tall) / 2 - 1e-6
    assert pack([]) == []


def test_colours_and_lengths_of_time() -> None:
    assert [class_of(number) for number in (0, 1, 8, 9)] == ["c0", "c1", "c8", "c0"]
    assert rgb_of(99) == rgb_of(0)
    assert css().count("--c3:") == 2
    assert [length_of(one) for one in (1_000_000, 500_000, 90_000_000, 3_600_000_000, 172_800_000_000)] == [
        "1 second", "0.5 seconds", "90 seconds", "1 hour", "2 days",
    ]  # fmt: skip


def test_techniques_are_called_as_in_the_codebook() -> None:
    techniques = load_codebook().framework.techniques
    assert {id: techniques[id].name for id in NAMES} == NAMES


def test_what_xml_cannot_hold_is_replaced() -> None:
    assert in_line("a\u202eb\n\u2066c\x00") == "ab c\ufffd"
    assert plain("a\x00b\x0b\ud800\uffff\U0001f600\n") == "a\ufffdb\ufffd\ufffd\ufffd\U0001f600\n"
    out = io.StringIO()
    write_gexf(_network([[MEAN, "b"]]), {1: MEAN}, out)
    ElementTree.fromstring(out.getvalue())
