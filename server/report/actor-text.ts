import type { Actor } from '../model/provenance.ts';

/** Who asked for a report, as the head of its files says it: `person jo`, `key auditor`. */
export function actorText({ kind, id }: Actor): string {
  return `${kind} ${id}`;
}
