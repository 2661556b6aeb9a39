import { givesBack, type Effect } from '../model/treatment.ts';
import type { FieldState } from '../model/effective.ts';
import type { LineageLink } from '../model/lineage-graph.ts';

/** What an edge does to the value, in a word that is drawn beside it; null where the value passes unchanged. */
const effectWords: Record<Effect, string | null> = {
  keep: null,
  partial: 'part kept',
  hash: 'hashed',
  'keyed-hash': 'keyed hash',
  encrypt: 'encrypted',
  tokenise: 'token',
  mask: 'masked',
  aggregate: 'aggregated',
  count: 'count only',
  drop: 'dropped',
  unknown: 'unknown function',
  decrypt: 'decrypted',
  detokenise: 'detokenised',
};

/** The state of a field as people read it. Never "clean", never "compliant". */
export const stateWords: Record<FieldState, string> = {
  SENSITIVE: 'sensitive',
  NOT_SENSITIVE: 'not sensitive',
  UNDECIDED: 'undecided',
  GAP: 'gap: not judged',
};

/** True when the value that arrives can no longer be read as the value that left. */
export function stepsDown(link: LineageLink): boolean {
  return (
    link.kind === 'DIRECT' && (link.masking || !(['keep', 'unknown'].includes(link.effect) || givesBack(link.effect)))
  );
}

function columnWords(columns: LineageLink['columns']): string | null {
  if (columns === null) return null;
  return columns === undefined || columns === 0
    ? 'columns not told'
    : columns === 1
      ? '1 column'
      : `${columns} columns`;
}

/** What happens on an edge, in words; null for a plain copy. */
export function edgeWords(link: LineageLink): string | null {
  if (link.kind === 'DATASET') return columnWords(link.columns);
  if (link.kind === 'INDIRECT') return link.transformation.toLowerCase().replaceAll('_', ' ');
  return effectWords[link.effect] ?? (link.masking ? 'masked' : null);
}
