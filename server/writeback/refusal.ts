import { digestOf } from '../model/json.ts';
import type { TagChange } from '../model/tag-writing.ts';

/** What a source takes no tag on for what it is: it is not tried at every sync. */
export interface Refusal {
  /** Digest of the change and of what the source said of its thing when it was refused. */
  readonly state: string;
  /** When it is tried again though nothing changed (ISO 8601): the source, or Lexline, may have learnt. */
  readonly until: string;
}

const dayMs = 86_400_000;
/** Days until a change that the thing refused is tried again. */
const daysIfRefused = 7;
/** Days until a change of a thing that was not there is tried again: it may have come back. */
const daysIfMissing = 1;

/** Remembers that a thing refused a change. */
export function refusalOf(change: TagChange, at: string, kind: 'refused' | 'missing'): Refusal {
  const days = kind === 'refused' ? daysIfRefused : daysIfMissing;
  return { state: stateOf(change), until: new Date(Date.parse(at) + days * dayMs).toISOString() };
}

/** True while nothing says that the same change would fare otherwise. Pure. */
export function stillRefused(refusal: Refusal | undefined, change: TagChange, at: string): boolean {
  return refusal !== undefined && refusal.state === stateOf(change) && Date.parse(at) < Date.parse(refusal.until);
}

function stateOf({ action, tag, target: { dataset, field, facets } }: TagChange): string {
  return digestOf([action, tag, dataset, field, facets]);
}
