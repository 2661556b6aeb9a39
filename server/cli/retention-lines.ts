import type { RevisionSpan } from '../stores/graph/graph-store.ts';
import type { RetentionPlan } from '../sync/retention/plan-retention.ts';

/** Kept spans shown one by one, at most. */
const shownSpans = 40;

/** A plan of retention as people read it. */
export function retentionLines({ floor, kept, gone, goneRevisions }: RetentionPlan): readonly string[] {
  const more = kept.length - shownSpans;
  return [
    `From revision ${Math.max(1, floor)} on, every revision stays.`,
    ...kept.slice(0, shownSpans).map((span) => `Before it stays ${spanWords(span)}, for ${span.why}.`),
    ...(more > 0 ? [`… and ${more} more (--json shows all).`] : []),
    goneRevisions === 0
      ? 'Nothing is to be purged.'
      : `${goneRevisions} ${goneRevisions === 1 ? 'revision' : 'revisions'} can be purged: ${gone.map((span) => numbersOf(span)).join(', ')}.`,
  ];
}

function spanWords(span: RevisionSpan): string {
  return `${span.first === span.last ? 'revision' : 'revisions'} ${numbersOf(span)}`;
}

function numbersOf({ first, last }: RevisionSpan): string {
  return first === last ? String(first) : `${first}–${last}`;
}

/** What is said where nobody wrote a policy: that is a choice, and no mistake. */
export const noRetentionPolicy: readonly string[] = [
  'No retention policy is configured: every revision is kept, and nothing is ever purged.',
  'To let old ones go, write "retention:" into lexline.yaml, for example { everything: 400, monthEnds: 84 }, and run this again.',
];
