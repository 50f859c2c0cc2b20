"""Coders on a small codebook: what they see, why, and how they are joined."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.coding.codebook import CodebookCoder
from counterfoil.coding.coder import Clue, Scored
from counterfoil.coding.cues import Words, compile_cue
from counterfoil.coding.similarity import SimilarityCoder
from counterfoil.coding.suggest import Context, chances, read, suggest
from counterfoil.coding.tokens import tokens
from counterfoil.model.codebook import Codebook, Strength
from counterfoil.model.coding import Modality
from counterfoil.model.report import Passage, Report
from tests.coding.kits import panel_of


def test_the_codebook_coder_says_what_fired_and_where(codebook: Codebook) -> None:
    text = "They ran fake accounts and posed as nurses."
    best, *rest = CodebookCoder(codebook).score(text)
    assert (best.technique, [text[c.start : c.end] for c in best.clues]) == ("T0001.001", ["fake accounts", "posed as"])
    assert best.score == 1 - 0.2 * 0.5
    assert rest == []


def test_an_exclusion_silences_the_entry(codebook: Codebook) -> None:
    assert CodebookCoder(codebook).score("In the theatre play they ran fake accounts.") == []


def test_words_that_overlap_count_once(codebook: Codebook) -> None:
    twice = replace(codebook.entries["T0002"], cues={Strength.FAIR: ("paid anyone", "paid (anyone|somebody)")})
    coder = CodebookCoder(replace(codebook, entries={**codebook.entries, "T0002": twice}))
    assert coder.score("paid anyone")[0].score == 0.5


@given(st.text(alphabet=st.sampled_from("fakemdeupostinvrgl -'’*\nсчё🫖"), max_size=80))
@settings(max_examples=300)
def test_the_prefilter_loses_no_cue(text: str) -> None:
    sources = ["fake", "made-up post*", "invent* ... leads", "us? read", "fit + seal", "post's"]
    from counterfoil.model.codebook import Entry
    from counterfoil.model.framework import Framework, Technique

    entries = {f"T{n:04}": Entry(f"T{n:04}", "d", "u", cues={Strength.FAIR: (s,)}) for n, s in enumerate(sources)}
    framework = Framework("X", "1", techniques={key: Technique(key, key, "TA01") for key in entries})
    book = Codebook(framework, entries, {}, "0" * 16)
    found = {scored.technique for scored in CodebookCoder(book).score(text)}
    assert found == {f"T{n:04}" for n, source in enumerate(sources) if compile_cue(source, {}).find(Words.of(text))}


def test_similarity_ranks_by_shared_words(codebook: Codebook) -> None:
    ranking = SimilarityCoder(codebook).score("Money went to the helpers who forged nothing")
    assert ranking[0].technique == "T0002"
    assert "money" in ranking[0].clues[0].text
    assert SimilarityCoder(codebook).score("zzz qqq") == []


def test_tokens_of_other_scripts() -> None:
    assert tokens("Видео распространялось!") == ["видео", "распространялось"]
    assert tokens("虚假账号") == ["虚假", "假账", "账号"]
    assert tokens("نشر الحسابات") == ["نشر", "الحسابات"]
    assert tokens("The accounts posted") == ["account", "post"]


def _passages(report: Report) -> list[Passage]:
    """One passage a sentence, good enough for this text."""
    found = []
    for index, block in enumerate(report.blocks):
        start = block.start
        for end in [*(i + 1 for i in range(start, block.end) if report.text[i] == "."), block.end]:
            if end > start:
                first = start + (report.text[start] == " ")
                found.append(Passage(first, end, block.start, block.end, index))
                start = end
    return found


def test_a_report_gets_one_suggestion_per_act(report: Report, codebook: Codebook) -> None:
    panel = panel_of(codebook)
    passages = _passages(report)
    contexts = [Context(actor="Grey Heron" if "Grey Heron" in report.text[p.start : p.end] else "") for p in passages]
    found = suggest(report, passages, contexts, panel, codebook.framework)
    by_code = {(s.code.id, s.modality): s for s in found}
    observed = by_code["T0001.001", Modality.OBSERVED]
    assert observed.actor == "Grey Heron"
    assert observed.spans[0].quote == "Grey Heron created fake accounts that posed as dock workers."
    assert any("fake accounts" in reason.text for reason in observed.reasons)
    assert by_code["T0002", Modality.NEGATED].spans[0].quote.startswith("Investigators found no evidence")
    assert found == suggest(report, passages, contexts, panel, codebook.framework)
    for suggestion in found:
        for span in suggestion.spans:
            assert report.text[span.start : span.end] == span.quote


def test_cues_look_past_names(codebook: Codebook) -> None:
    text = "The group Fake Accounts met."
    report = Report(text=text, source="x")
    passages = [Passage(0, len(text), 0, len(text), 0)]
    panel = panel_of(codebook)
    name = text.index("Fake"), text.index(" met")
    assert suggest(report, passages, [Context()], panel, codebook.framework)
    assert not suggest(report, passages, [Context(names=(name,))], panel, codebook.framework)


def test_the_chances_of_a_text_join_its_windows(report: Report, codebook: Codebook) -> None:
    panel = panel_of(codebook)
    passages = _passages(report)
    found = chances(read(report, passages, [Context()] * len(passages), panel), panel.ranker)
    assert set(found) == set(codebook.entries)
    assert max(found, key=lambda technique: found[technique]) == "T0001.001"


def test_another_packages_coder_can_suggest(report: Report, codebook: Codebook) -> None:
    class Oracle:
        name, version, believes = "oracle", "1", True

        def score(self, text: str, language: str = "en") -> list[Scored]:
            clue = Clue("it knows", Strength.STRONG, 0, 5)
            return [Scored("T0001.001", 0.9, (clue,))] if "within seconds" in text else []

    passages = _passages(report)
    found = suggest(
        report, passages, [Context()] * len(passages), panel_of(codebook, oracle=Oracle()), codebook.framework
    )
    assert [s.code.id for s in found] == ["T0001.001"]
    assert found[0].coder.startswith("oracle 1+knowledge ")
    assert found[0].spans[0].quote.endswith("within seconds.")
