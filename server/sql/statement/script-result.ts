import type { ColumnFlow } from './flows.ts';
import type { IndirectUse } from '../sql-lineage.ts';

/** What a whole script comes to. */
export interface ScriptResult {
  readonly inTables: readonly string[];
  readonly outTables: readonly string[];
  readonly edges: readonly ColumnFlow[];
  readonly indirect: readonly IndirectUse[];
  readonly unresolved: readonly string[];
  readonly warnings: readonly string[];
}
