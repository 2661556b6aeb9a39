/** Values of the API in words for people. An unknown value is shown as it is, in lower case. */
const words: Readonly<Record<string, string>> = {
  SENSITIVE: 'sensitive',
  NOT_SENSITIVE: 'not sensitive',
  UNDECIDED: 'undecided',
  GAP: 'not judged',
  TEXT_MATCHED: 'found in the official text',
  CATALOGUE_ONLY: 'known to the catalogue; no text indexed',
  UNSUPPORTED: 'nothing we hold supports it',
  PROPAGATION: 'carried along lineage',
  HUMAN: 'a person',
  PERSON: 'a person',
  IMPORTED: 'a tag in a source',
  SOURCE: 'a tag in a source',
  DETECTOR: 'detector',
  LLM: 'language model',
  NOT_REVIEWED: 'not reviewed',
  CLEAR: 'in clear',
  KEEP: 'unchanged',
  HASH: 'hashed',
  KEYED_HASH: 'keyed hash',
  PARTIAL: 'a part remains',
  ENCRYPT: 'encrypted',
  TOKENISE: 'token',
  MASK: 'masked',
  AGGREGATE: 'aggregated',
  COUNT: 'count only',
  DROP: 'dropped',
  UNKNOWN: 'unknown function, treated as unchanged',
  DECRYPT: 'decrypted',
  DETOKENISE: 'the value behind a token',
  REJECT_HERE: 'a person rejects it here',
  REJECT_ORIGIN: 'a person rejects it where it began',
  REMOVE_TAG: 'the tag is taken off in its source',
  WITHDRAW_DECISION: 'the decision is withdrawn',
  DONE: 'done',
  PARTIAL_RUN: 'done, with gaps',
  UNCHANGED: 'nothing changed',
  FAILED: 'failed',
  DRY_RUN: 'dry run',
  RUNNING: 'running',
};

/** `CATALOGUE_ONLY` → `known to the catalogue; no text indexed`. */
export function inWords(value: string): string {
  return words[value] ?? value.toLowerCase().replaceAll('_', ' ');
}

/** `1 field`, `2,130 fields`. */
export function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** `2026-11-21 07:00 UTC`: the same for every reader, whatever their clock's zone. */
export function timeOf(instant: string | null): string {
  return instant === null ? 'never' : `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}

/** `3.2 s`, `4 min 10 s`. */
export function durationOf(from: string, to: string | null): string {
  if (to === null) return '';
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  if (!(seconds >= 0)) return '';
  return seconds < 60
    ? `${seconds.toFixed(1)} s`
    : `${String(Math.floor(seconds / 60))} min ${String(Math.round(seconds % 60))} s`;
}
