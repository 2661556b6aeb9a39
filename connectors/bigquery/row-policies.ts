import { z } from 'zod';
import { noRowPolicies } from './gaps.ts';
import { isRefused, type BigQueryRefused } from './failure.ts';
import { listAll } from './list.ts';
import type { Session } from './session.ts';

/** Requests on their way at a time: BigQuery takes 100 a second of a user. */
const atATime = 8;

/** Of a policy only its name is taken: its predicate is made of values and addresses of people. */
const policyShape = z.object({ rowAccessPolicyReference: z.object({ policyId: z.string() }) });

/** The names of the row access policies of one table; refused where they may not be listed. */
export async function rowPoliciesOf(
  session: Session,
  [project, dataset, table]: readonly [string, string, string],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const parts = ['projects', project, 'datasets', dataset, 'tables', table].map((part) => encodeURIComponent(part));
  const found = await listAll(
    session.port,
    {
      service: 'bigquery',
      path: `/bigquery/v2/${parts.join('/')}/rowAccessPolicies`,
      member: 'rowAccessPolicies',
      item: policyShape,
      size: ['pageSize', 100],
    },
    signal,
  );
  return found.map(({ rowAccessPolicyReference }) => rowAccessPolicyReference.policyId).toSorted();
}

/**
 * The row access policies of a dataset's tables, by relation: nothing but a request a table tells of them, and a table does not
 * show that one was added. Null: they may not be listed, and the gap is noted.
 */
export async function rowPoliciesIn(
  session: Session,
  project: string,
  dataset: string,
  tables: readonly { readonly name: string; readonly latest: string }[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]> | null> {
  const found = new Map<string, readonly string[]>();
  const left = tables.toReversed();
  let refusal: BigQueryRefused | null = null;
  async function work(): Promise<void> {
    for (let table = left.pop(); table !== undefined && refusal === null; table = left.pop()) {
      signal.throwIfAborted();
      try {
        const policies = await rowPoliciesOf(session, [project, dataset, table.latest], signal);
        if (policies.length > 0) found.set(table.name, policies);
      } catch (error) {
        if (!isRefused(error)) throw error;
        // A table that is gone meanwhile, or of a kind that can have none.
        if (error.status === 403) refusal = error;
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atATime, tables.length) }, work));
  if (refusal === null) return new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  session.note(noRowPolicies(project, dataset, refusal, session.port.who));
  return null;
}
