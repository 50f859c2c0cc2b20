"""Observed, inferred, forecast and denied acts are told apart, and what is said of nobody in particular."""

import pytest

from counterfoil.coding.roles import generic, modality
from counterfoil.model.coding import Modality

CASES = [
    ("The network created [fake accounts].", "observed"),
    ("In May 2023 the network created [fake accounts].", "observed"),
    ("Not only did they post, they ran [fake accounts].", "observed"),
    ("Nobody was hurt, but the group used [fake accounts].", "observed"),
    ("The officials have not seen [fake accounts].", "negated"),
    ("There is no evidence that the network bought [fake accounts].", "negated"),
    ("The embassy denied using [fake accounts].", "negated"),
    ("[Fake accounts] were not involved.", "negated"),
    ("The group didn’t run [fake accounts].", "negated"),
    ("They may use [fake accounts] before the vote.", "warned"),
    ("The agency warned that foreign actors will open [fake accounts].", "warned"),
    ("Operators almost certainly will open [fake accounts].", "warned"),
    ("They are expected to create [fake accounts].", "warned"),
    ("They may have used [fake accounts].", "assessed"),
    ("The posts likely came from [fake accounts].", "assessed"),
    ("They sought to hide behind [fake accounts].", "assessed"),
    ("Analysts believe that the group ran [fake accounts].", "assessed"),
    ("Contrary to earlier reports, no [deepfake videos] were shared.", "negated"),
    ("There were no known [fake accounts] in the network.", "negated"),
    ("No fewer than ten [fake accounts] posted.", "observed"),
    ("They failed to open [fake accounts].", "negated"),
    ("They did it without paying for [fake accounts].", "negated"),
    ("The firm, without naming its client, ran [fake accounts].", "observed"),
    ("It is unclear whether the network ran [fake accounts].", "assessed"),
    ("It is not clear whether they ran [fake accounts].", "assessed"),
    ("Analysts fear that [fake accounts] will follow.", "warned"),
    ("If the operators open [fake accounts], report them.", "warned"),
    ("In the campaign [fake accounts] may be used.", "warned"),
    ("They threatened to kill her from [fake accounts].", "observed"),
    ("There was a rumour that they ran [fake accounts].", "assessed"),
    ("The group denied nothing; it ran [fake accounts].", "observed"),
    # a cue before its auxiliary
    ("With such a tool [fake accounts] could be created in seconds.", "warned"),
    ("In the next campaign [deepfakes] might well decide the vote.", "warned"),
    ("If such networks were to use [fake accounts], nobody would notice.", "warned"),
    ("Platforms should watch for [fake accounts].", "warned"),
    ("The would-be [impersonators] wait for the election.", "warned"),
    ("In theory a rival could [buy followers] for her.", "warned"),
    ("The bulletin warned of [fake accounts] ahead of the vote.", "warned"),
    ("The clip could be heard on [pirate radio] for a week.", "observed"),
    ("In two cases we could match the photos with [stolen profiles].", "observed"),
    ("Agencies have warned against advertisements that lead to [cloned newspapers].", "observed"),
    ("The pages date from May 2022 and [pose as] clinics.", "observed"),
    ("Between May and October he ran [fake accounts].", "observed"),
    ("[Fake accounts] date from May 2019.", "observed"),
    # forecasts and intents
    ("The actor almost certainly will [forge documents] again.", "warned"),
    ("The group may seek to [recruit influencers].", "warned"),
    ("The group probably sought to [recruit influencers].", "assessed"),
    ("The agency has not seen [collaboration] between the two actors.", "negated"),
    ("There is no evidence that [bots] took part.", "negated"),
    ("[Bots] have not been used.", "negated"),
    ("[Bots] did not play a part.", "negated"),
    # a denial of something else
    ("The [clips on TikTok] never mention it.", "observed"),
    ("Members had not noticed the [change of owner].", "observed"),
    ("The cartoonist, who has never drawn her, was [reported in bulk].", "observed"),
    ("[Telegram] is not where it began.", "observed"),
]

GENERIC = [
    ("[Typosquatting] is the practice of registering misspelt names.", "definition"),
    ("A [sock puppet] is an account that hides who runs it.", ""),
    ("In simple terms, [astroturfing] refers to support that is staged.", "definition"),
    ("[Brigading] occurs when a crowd is sent to one thread.", "definition"),
    ("The technique is a form of [doxing] and ruined her.", ""),
    ("Our policies prohibit [coordinated inauthentic behaviour].", "rule"),
    ("[Impersonation] of an official is a criminal offence.", "rule"),
    ("We do not allow [paid comments].", "rule"),
    ("Because the channel’s rules forbid [posting addresses], nobody did.", ""),
    ("Check whether the [domain name] is misspelt.", "advice"),
    ("The leaflet explains how to spot [deepfakes].", "advice"),
    ("Platforms should label [automated accounts].", "advice"),
    ("We recommend that banks block [lookalike domains].", "advice"),
    ("Pupils learn to tell a photo from an [AI-generated image].", "advice"),
    ("“Use [three accounts] and never post at lunch,” says the manual.", ""),
    ("The network ran [fake accounts] in May.", ""),
    ("The operators used [bots] to like the posts.", ""),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_modality(sentence: str, expected: str) -> None:
    start, end = sentence.index("["), sentence.index("]") - 1
    plain = sentence.replace("[", "").replace("]", "")
    assert modality(plain, start, end) is Modality(expected)


@pytest.mark.parametrize(("sentence", "expected"), GENERIC)
def test_generic(sentence: str, expected: str) -> None:
    assert generic(sentence.replace("[", "").replace("]", ""), sentence.index("]") - 1) == expected
