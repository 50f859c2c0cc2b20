"""The packaged list of influence actors, and the aliases it proposes across reports."""

from counterfoil.extraction import extract
from counterfoil.extraction.alias_proposals import proposals
from counterfoil.extraction.known_actors import known_actor, known_actors
from counterfoil.extraction.states import gazetteer
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Actor, Alias
from counterfoil.model.report import Report


def _actor(name: str, *aliases: Alias, kind: str = "actor") -> Actor:
    return Actor(name, (Span(0, len(name), name),), aliases, kind)


def test_the_list_is_long_and_sourced() -> None:
    actors = known_actors()
    assert len(actors) >= 150
    names = [name for actor in actors for name in {actor.name, *(alias.name for alias in actor.aliases)}]
    assert len(names) == len(set(names)), "a name stands for one actor only"
    for actor in actors:
        assert actor.source
        assert actor.kind in ("actor", "network", "company", "outlet", "agency")
        assert actor.state == "" or actor.state in gazetteer().main_names


def test_each_alias_keeps_who_uses_it() -> None:
    spamouflage = known_actor("Taizi Flood")
    assert spamouflage is not None
    assert spamouflage.users("Taizi Flood") == ("Microsoft",)
    assert spamouflage.users("Spamouflage") == ("Graphika",)
    assert known_actor("Taizi Fluid") is None


def test_the_list_finds_names_and_says_nothing_else_of_them() -> None:
    text = "Analysts compared Ghostwriter, a hacking campaign, with DRAGONBRIDGE and Spamouflage."
    found = extract(Report(text=text, source="-"))
    assert {(actor.name, actor.state, actor.aliases) for actor in found.actors} == {
        ("Ghostwriter", "", ()),
        ("DRAGONBRIDGE", "", ()),
        ("Spamouflage", "", ()),
    }
    assert found.attributions == ()


def test_names_that_are_words_need_a_sign() -> None:
    text = "The ghostwriter met Lazarus in Hafnium Street. Mercury and ZINC are metals; a Ghostwriter wrote the memoir."
    assert extract(Report(text=text, source="-")).actors == ()


def test_listed_names_of_one_actor_are_proposed() -> None:
    (proposal,) = proposals([_actor("DRAGONBRIDGE"), _actor("Ghostwriter"), _actor("Spamouflage")])
    assert (proposal.name, proposal.alias, proposal.used_by) == ("DRAGONBRIDGE", "Spamouflage", "Graphika")
    assert "Graphika" in proposal.reason


def test_an_alias_of_another_report_is_proposed() -> None:
    (proposal,) = proposals([_actor("Grey Heron", Alias("Pale Lark", "Meta")), _actor("Pale Lark")])
    assert (proposal.name, proposal.alias) == ("Grey Heron", "Pale Lark")


def test_spelling_drift_is_proposed_and_other_numbers_are_not() -> None:
    drift = proposals([_actor("Grey Herron"), _actor("Grey Heron"), _actor("Doppelgänger"), _actor("Doppelganger")])
    assert {(proposal.name, proposal.alias) for proposal in drift} == {
        ("Grey Herron", "Grey Heron"),
        ("Doppelgänger", "Doppelganger"),
    }
    assert proposals([_actor("Storm-2998"), _actor("Storm-2999"), _actor("APT28"), _actor("APT29")]) == ()
    assert len(proposals([_actor("Storm-2999"), _actor("Storm2999")])) == 1


def test_the_same_name_twice_is_nothing_to_propose() -> None:
    assert proposals([_actor("Grey Heron"), _actor("Grey Heron")]) == ()
