import type { Ledger } from '../../stores/ledger/ledger.ts';
import { everyPage } from '../../stores/every-page.ts';
import type { StateStore } from '../../stores/state/state-store.ts';
import type { Json } from '../../model/json.ts';
import type { RestingReport } from './plan-retention.ts';

/** Ledger entries that say that a report or a pack rests on a revision; their body carries `revision`. */
const kinds = { 'report-exported': 'exported', 'report-confirmed': 'confirmed', 'pack-created': 'made' } as const;

/** What rests on a revision: exported and confirmed reports and packs by the ledger, and reports whose files are kept. */
export async function restingReports(options: {
  readonly ledger: Pick<Ledger, 'read'>;
  readonly state: Pick<StateStore, 'list'>;
}): Promise<readonly RestingReport[]> {
  const { ledger, state } = options;
  const found: RestingReport[] = [];
  for (const [kind, done] of Object.entries(kinds))
    for await (const { body, at } of everyPage((page) => ledger.read({ kind }, page), 5000)) {
      const n = numberOf(body, 'revision');
      const name = textOf(body, 'name') ?? textOf(body, 'report') ?? 'a report';
      const what = `${name}, ${done} on ${at.slice(0, 10)}`;
      if (n !== null) found.push({ what, n, at });
    }
  for await (const { body, updatedAt } of everyPage((page) => state.list('report-job', page), 1000)) {
    const n = numberOf(body, 'revision');
    const at = textOf(body, 'requestedAt') ?? updatedAt;
    if (n !== null)
      found.push({ what: `${textOf(body, 'name') ?? 'a report'}, asked for on ${at.slice(0, 10)}`, n, at });
  }
  return found;
}

function memberOf(body: Json, name: string): Json | undefined {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? (body as Readonly<Record<string, Json>>)[name]
    : undefined;
}

function numberOf(body: Json, name: string): number | null {
  const value = memberOf(body, name);
  return typeof value === 'number' ? value : null;
}

function textOf(body: Json, name: string): string | null {
  const value = memberOf(body, name);
  return typeof value === 'string' ? value : null;
}
