"""Names that are joined and kept apart, as graphs: chains, rings, and what is proposed again."""

from hypothesis import given
from hypothesis import strategies as st

from counterfoil.model.casefile import AliasProposal
from counterfoil.model.coding import Verdict
from counterfoil.model.judging import NameDecision, joined_names, kept_apart, name_key, standing, ties, undecided

LETTERS = "ABCDEF"


def _said(*words: str) -> list[NameDecision]:
    """ "A=B" joins, "A!B" keeps apart, "A?B" takes back."""
    verdicts = {"=": Verdict.ACCEPTED, "!": Verdict.REJECTED, "?": None}
    return [NameDecision(n, w[0], w[2], verdicts[w[1]], "ada", "2031") for n, w in enumerate(words, 1)]


def test_the_last_word_on_a_pair_counts_whichever_name_is_first() -> None:
    assert joined_names(_said("A=B", "B=A")) == {"a": "B", "b": "B"}
    assert joined_names(_said("A=B", "B!A")) == {}
    assert joined_names(_said("A=B", "A?B")) == {}
    assert standing(_said("A!B", "A?B")) == []


def test_chains_have_one_leader() -> None:
    assert set(joined_names(_said("A=B", "C=D", "A=C")).values()) == {"A"}
    assert set(joined_names(_said("B=C", "A=B")).values()) == {"A"}


def test_parting_cuts_every_way_but_leaves_what_hangs_on_the_alias() -> None:
    decided = _said("A=B", "B=C", "C=D", "A=C")
    cut = [one.pair for one in ties(decided, "A", "C")]
    assert cut == [("b", "c"), ("a", "c")]
    after = joined_names([*decided, *_later(decided, cut)])
    assert after == {"a": "A", "b": "A", "c": "C", "d": "C"}


def _later(decided: list[NameDecision], pairs: list[tuple[str, str]]) -> list[NameDecision]:
    start = len(decided) + 1
    return [
        NameDecision(start + n, a.upper(), b.upper(), Verdict.REJECTED, "b", "2032") for n, (a, b) in enumerate(pairs)
    ]


def test_a_contradiction_is_found() -> None:
    assert kept_apart(_said("A!C", "A=B")) is None
    found = kept_apart(_said("A!C", "A=B", "B=C"))
    assert found is not None
    assert found.pair == ("a", "c")


def test_what_was_decided_is_not_proposed_by_any_of_its_names() -> None:
    proposals = [AliasProposal(a, b, "why") for a, b in ("AB", "AC", "BC", "DE")]
    assert [(p.name, p.alias) for p in undecided(proposals, _said("A=B", "B!C"))] == [("D", "E")]
    assert undecided(proposals, _said("A=B", "A?B")) == tuple(proposals)


words = st.tuples(st.sampled_from(LETTERS), st.sampled_from("=!?"), st.sampled_from(LETTERS))


@given(st.lists(words.filter(lambda one: one[0] != one[2]), max_size=25), st.permutations(LETTERS))
def test_any_words_make_groups_that_parting_parts(said: list[tuple[str, str, str]], order: list[str]) -> None:
    decided = _said(*("".join(one) for one in said))
    names = joined_names(decided)
    # A leader leads itself, and every accepted pair has one leader.
    assert all(names[name_key(leader)] == leader for leader in names.values())
    for one in standing(decided):
        if one.verdict is Verdict.ACCEPTED:
            assert names[name_key(one.name)] == names[name_key(one.alias)]
    first, second = order[:2]
    after = joined_names([*decided, *_later(decided, [one.pair for one in ties(decided, first, second)])])
    together = after.get(first.lower(), first) == after.get(second.lower(), second)
    assert not together
