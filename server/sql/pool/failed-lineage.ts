import type { ErrorCode } from '../../base/errors.ts';
import type { SqlLineage } from '../sql-lineage.ts';

/** The answer for a text of which nothing could be told. */
export function failedLineage(code: ErrorCode, message: string): SqlLineage {
  return {
    inTables: [],
    outTables: [],
    columns: [],
    indirect: [],
    resultColumns: [],
    unresolved: [],
    events: [],
    created: [],
    statements: [],
    parseStatus: 'failed',
    warnings: [],
    error: { code, message },
  };
}
