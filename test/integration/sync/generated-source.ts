import type { SourceConnection } from '../../../connectors/connector.ts';
import type { DatasetDocument, JobDocument, SourceMessage } from '../../../server/model/document.ts';
import type { ConfiguredSource } from '../../../server/sync/source.ts';

const namespace = 'postgres://warehouse.example.com:5432';
const perScope = 250;
const perCheckpoint = 50;
const columns = ['id', 'email', 'first_name', 'card_number', 'amount', 'created_at', 'country', 'notes'];

/** A warehouse of `tables` tables that is the same every time: each loaded from the one before it, every hundredth a view. */
export function generatedSource(name: string, tables: number): ConfiguredSource {
  return {
    name,
    connectorName: 'generated',
    capabilities: { mode: 'snapshot', incremental: false, profile: [], accept: false, write: false },
    profile: 'none',
    applies: {},
    precedence: 1,
    connection: (): SourceConnection => ({
      check: async () => ({ system: 'generated', gaps: [], notes: [] }),
      async *read({ cursor }, signal) {
        const start = cursor?.kind === 'resume' ? Number(cursor.at) : 0;
        const scopes = Array.from({ length: Math.ceil(tables / perScope) }, (_, i) => scopeOf(i * perScope));
        yield { type: 'scopes', scopes };
        for (let i = start; i < tables; i++) {
          signal.throwIfAborted();
          yield* messages(i, tables);
          if ((i + 1) % perCheckpoint === 0) yield { type: 'checkpoint', cursor: i + 1 };
        }
      },
      close: async () => {},
    }),
  };
}

function* messages(i: number, tables: number): Iterable<SourceMessage> {
  const scope = scopeOf(i);
  if (i % perScope === 0) yield { type: 'scope-begin', scope };
  yield { type: 'document', scope, document: tableAt(i) };
  if (i > 0) yield { type: 'document', scope, document: loadAt(i, tables) };
  if (i % perScope === perScope - 1 || i === tables - 1) yield { type: 'scope-complete', scope };
}

function scopeOf(i: number): string {
  return `schema_${Math.floor(i / perScope)}`;
}

function nameAt(i: number): { readonly namespace: string; readonly name: string } {
  return { namespace, name: `shop.${scopeOf(i)}.t_${i}` };
}

function tableAt(i: number): DatasetDocument {
  return {
    type: 'dataset',
    ...nameAt(i),
    kind: 'table',
    platform: 'postgres',
    fields: columns.map((column, ordinal) => ({ path: [column], type: 'text', ordinal: ordinal + 1 })),
  };
}

/** Only the last scope holds SQL: what is held in memory until everything is read. */
function loadAt(i: number, tables: number): JobDocument {
  const from = nameAt(i % 7 === 0 ? Math.floor(i / 2) : i - 1);
  const job = { type: 'job', namespace, name: `load_${i}`, kind: 'process', platform: 'postgres' } as const;
  if (i >= tables - perScope) {
    const sql = `INSERT INTO ${nameAt(i).name} (email, amount) SELECT lower(email), sum(amount) FROM ${from.name} GROUP BY 1`;
    return { ...job, inputs: [], outputs: [], statements: [{ dialect: 'postgres', sql, namespace }] };
  }
  return {
    ...job,
    inputs: [from],
    outputs: [nameAt(i)],
    edges: columns.slice(0, 4).map((column) => ({
      from: { dataset: from, field: [column] },
      to: { dataset: nameAt(i), field: [column] },
      kind: 'IDENTITY',
    })),
  };
}
