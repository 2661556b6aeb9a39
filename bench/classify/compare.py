"""Presidio and DataHub's classifier on the same rows as ours, one core, one run: columns a second.

  python3 -m venv venv && venv/bin/pip install presidio-analyzer==2.2.362 acryl-datahub-classify==0.0.12 click
  node bench/classify/run.ts --rows > rows.jsonl && node bench/classify/run.ts && venv/bin/python bench/classify/compare.py rows.jsonl

Presidio runs its pattern recognizers without a language model: with one it is slower.
"""
import json
import sys
import time


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

    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    registry.recognizers = [r for r in registry.recognizers if type(r).__name__ != "SpacyRecognizer"]
    engine = AnalyzerEngine(registry=registry, nlp_engine=NoLanguageModel(), supported_languages=["en"])
    measure("presidio-analyzer, patterns", rows, lambda row: [engine.analyze(str(v), "en") for v in row["samples"]])


def datahub(rows):
    from datahub_classify.helper_classes import ColumnInfo, Metadata
    from datahub_classify.infotype_predictor import predict_infotypes
    from datahub_classify.reference_input import input1

    def judge(row):
        column = ColumnInfo(
            metadata=Metadata({"Name": row["column"], "Description": "", "DataType": "str", "Dataset_Name": row["table"]}),
            values=[str(v) for v in row["samples"]],
        )
        predict_infotypes([column], 0.68, input1, minimum_values_threshold=1)

    measure("acryl-datahub-classify", rows, judge)


if __name__ == "__main__":
    given = read(sys.argv[1])
    for peer, count in ((presidio, len(given)), (datahub, min(100, len(given)))):
        try:
            peer(given[:count])
        except Exception as error:  # a peer that does not run says so, and the rest goes on
            print(f"{peer.__name__}: did not run ({type(error).__name__}: {error})")
