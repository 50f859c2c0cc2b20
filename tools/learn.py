"""Learn the packaged knowledge anew: `python tools/learn.py [QUOTES.jsonl]`.

From the packaged codebook and the coded passages beside it, and from quotes that analysts coded (lines of
{"id", "text", "labels", "incident"}), of which only counts and weights are kept. Without QUOTES the second
layer, analysts' practice, is left out: say so in the change log.
"""

import json
import sys
from importlib.resources import files
from pathlib import Path

from counterfoil.coding import CODERS
from counterfoil.coding.knowledge import PACKAGED, save
from counterfoil.coding.learning import first_layer, next_layer
from counterfoil.coding.ranker import layout_of
from counterfoil.frameworks.codebook import load_codebook, packaged_folder
from counterfoil.frameworks.coded_passages import read_passages
from counterfoil.model.codebook import CodedPassage
from counterfoil.workflow.training import examples


def main(quotes: Path | None) -> None:
    codebook = load_codebook()
    coders = {name: CODERS.load(name)(codebook) for name in CODERS.names()}
    layout = layout_of(codebook)
    own = list(examples(read_passages(packaged_folder() / "passages", codebook), coders, layout))
    knowledge = first_layer(codebook, layout, own)
    if quotes:
        lines = [json.loads(line) for line in quotes.read_text(encoding="utf-8").splitlines() if line.strip()]
        coded = [CodedPassage(line["text"], tuple(line["labels"]), group=line["incident"]) for line in lines]
        knowledge = knowledge.on_top(next_layer(knowledge, layout, list(examples(coded, coders, layout))))
    path = Path(str(files("counterfoil.coding"))) / PACKAGED
    save(path, knowledge)
    print(f"{path.name}: {' + '.join(str(layer.passages) for layer in knowledge.layers)} passages,", end=" ")
    print(f"{len(knowledge.vocabulary.numbers)} terms, {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
