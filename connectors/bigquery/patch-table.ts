import { LexlineError } from '../../server/base/errors.ts';
import { BigQueryRefused } from './failure.ts';
import type { Session } from './session.ts';
import {
  findField,
  getTable,
  placeIn,
  tablePath,
  withField,
  type SchemaField,
  type Table,
  type TablePlace,
} from './table.ts';

/** Somebody else may change a table between our look at it and our change: then it is looked at again. */
const tries = 4;

/** Changes one field of a table's schema as it is now, and nothing else: the change is refused where the table changed since. */
export async function patchField(
  session: Session,
  dataset: string,
  path: readonly string[],
  change: (field: SchemaField) => SchemaField,
  signal: AbortSignal,
): Promise<void> {
  await patch(session, dataset, signal, (table) => {
    const field = findField(table.schema.fields, path);
    if (field === null) throw gone(session, `${dataset} has no column ${path.join('.')}`);
    const changed = change(field);
    return { schema: { fields: withField(table.schema.fields, path, () => changed) } };
  });
}

/** Changes what stands on a table as a whole. */
export async function patchTable(
  session: Session,
  dataset: string,
  change: (table: Table) => object,
  signal: AbortSignal,
): Promise<void> {
  await patch(session, dataset, signal, change);
}

async function patch(
  session: Session,
  dataset: string,
  signal: AbortSignal,
  change: (table: Table) => object,
): Promise<void> {
  for (let left = tries; ; left--) {
    const place: TablePlace | null = await placeIn(session, dataset, signal);
    if (place === null) throw gone(session, `${dataset} is not there`);
    const table = await getTable(session, place, 'BASIC', signal);
    const request = {
      method: 'PATCH',
      path: tablePath(place),
      body: change(table),
      headers: { 'if-match': table.etag },
      repeatable: false,
    } as const;
    try {
      await session.port.send('bigquery', request, signal);
      return;
    } catch (error) {
      if (!(error instanceof BigQueryRefused) || error.status !== 412 || left <= 1) throw error;
    }
  }
}

function gone({ source }: Session, says: string): LexlineError {
  return new LexlineError('NOT_FOUND', `[connectors/bigquery] source "${source}": ${says}`);
}
