import type { Rowset } from '../resolve/rowset.ts';
import type { Session } from './session.ts';

/** What a statement gives back (RETURNING), and the tables it wrote. */
export interface Outcome {
  readonly returned: Rowset;
  readonly into: readonly string[];
}

/** Nothing given back, nothing written. */
export const quiet: Outcome = { returned: [], into: [] };

/** Adds the flow of a whole rowset to a table, or to a bare query's result. */
export function emit(session: Session, table: string | null, rowset: Rowset): void {
  for (const slot of rowset) {
    if (slot.kind === 'column') session.flow(table, slot.name, slot.inputs);
    else {
      const stars = slot.tables.map(
        (from) => ({ table: from, column: '*', kind: 'IDENTITY', effect: 'keep', fn: '' }) as const,
      );
      session.flow(table, '*', [...stars, ...slot.inputs]);
    }
  }
}

/** T-SQL names temporary tables `#local`, `##global` and table variables `@name`. */
export function isTemporaryName(name: string): boolean {
  return /(?:^|\.)[#@][^.]*$/.test(name);
}
