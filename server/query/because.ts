import type { CoarseClass, Signal, Verdict } from '../model/classification.ts';
import { NONE } from '../model/classification.ts';
import type { Gap } from '../model/provenance.ts';
import { rejectedEver } from '../model/rejections.ts';
import type { EffectiveField } from '../model/effective.ts';
import type { Treatment } from '../model/treatment.ts';
import type { ClassificationView } from './query.ts';
import { classesInWords } from './labels.ts';

const copied: Record<Treatment, string> = {
  clear: 'Copied from',
  partial: 'A part of',
  hashed: 'Plain hash of',
  keyed: 'Keyed hash of',
  encrypted: 'Encrypted copy of',
  tokenised: 'Token for',
  masked: 'Masked copy of',
  aggregated: 'Aggregated from',
};

/** One sentence, or a few, that say what a field holds and on what ground. Never a value, never a bare number. */
export function becauseOf(
  effective: EffectiveField,
  classifications: readonly ClassificationView[],
  verdicts: readonly Verdict[],
  gap: Gap | null,
): string {
  if (classifications.length > 0) {
    const first = saidBefore(classifications, verdicts);
    const sentences = classifications.slice(0, 2).map((classification) => groundOf(classification));
    const more = classifications.length - sentences.length;
    return [...first, ...sentences, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
  }
  if (gap !== null) return `${effective.state === 'UNDECIDED' ? 'Undecided' : 'Not judged'}: ${gap.detail}.`;
  return noneBecause(verdicts);
}

/** What a person decided before that no longer says all. */
function saidBefore(classifications: readonly ClassificationView[], verdicts: readonly Verdict[]): readonly string[] {
  const isNothing = verdicts.some(
    ({ decider, category, state }) => decider === 'human' && category === NONE && state === 'accepted',
  );
  if (isNothing) return ['A person decided that it holds nothing sensitive; this arrived since then.'];
  const rejected = rejectedEver(verdicts);
  return classifications
    .slice(0, 1)
    .flatMap(({ category, label }) =>
      rejected.has(category)
        ? [`${label}: a person rejected it when it had fewer classes or a form of which less can be read.`]
        : [],
    );
}

/** The ground of one classification: whose word, or which field it comes from (and `through` which datasets). */
export function groundOf(classification: ClassificationView, through: readonly string[] = []): string {
  const { decidedBy, label, origin, treatment, classes } = classification;
  if (decidedBy.kind === 'propagation') {
    const from = origin?.name ?? 'a field further up';
    return arrival({ treatment, putTogether: origin?.putTogether ?? false }, from, classes, through);
  }
  if (decidedBy.kind === 'human') return `${label}, decided by a person.`;
  if (decidedBy.kind === 'imported') return `${label}, tagged so in ${decidedBy.name}.`;
  const ground = strongest(classification.evidence);
  if (decidedBy.kind === 'llm') return `${label}, judged by ${decidedBy.name}${ground === '' ? '' : `: ${ground}`}.`;
  return ground === '' ? `${label}.` : `${label}: ${ground}.`;
}

/** How a category came along lineage: `Plain hash of customers.email; still treated as personal data.` */
export function arrival(
  { treatment, putTogether }: { readonly treatment: Treatment; readonly putTogether: boolean },
  origin: string,
  classes: readonly CoarseClass[],
  through: readonly string[],
): string {
  const isWhole = treatment === 'clear' && putTogether;
  const from = `${isWhole ? 'Put together from parts of' : copied[treatment]} ${origin}${throughWords(through)}`;
  if (isWhole) return `${from}; how much each keeps is not known, so it counts as the whole.`;
  return treatment === 'clear' ? `${from}.` : `${from}; still treated as ${classesInWords(classes) || 'sensitive'}.`;
}

/** The two signals that weigh most in favour, in words; empty: none is told. */
export function strongest(evidence: readonly Signal[]): string {
  return evidence
    .filter(({ weight, detail }) => weight > 0 && detail !== '')
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 2)
    .map(({ detail }) => detail.replace(/\.$/u, ''))
    .join('; ');
}

function noneBecause(verdicts: readonly Verdict[]): string {
  const human = verdicts.find(({ decider }) => decider === 'human');
  if (human?.category === NONE) return 'A person decided that it holds nothing sensitive.';
  if (human?.state === 'rejected') return 'A person rejected what was found here.';
  // What values pass no better than by chance speaks against, but reads as if it spoke for: the other reasons say more.
  const against = verdicts
    .flatMap(({ evidence }) => evidence)
    .filter(({ signal, weight, detail }) => signal !== 'values' && weight < 0 && detail !== '')
    .sort((a, b) => a.weight - b.weight)[0]?.detail;
  return against === undefined
    ? 'Judged: nothing personal, health or card related was found.'
    : `Judged: nothing sensitive found; ${against.replace(/\.$/u, '')}.`;
}

function throughWords(datasets: readonly string[]): string {
  if (datasets.length === 0) return '';
  const more = datasets.length > 3 ? ` and ${datasets.length - 3} more` : '';
  return ` through ${datasets.slice(0, 3).join(', ')}${more}`;
}
