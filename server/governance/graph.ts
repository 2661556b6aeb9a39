import { canonicalJson, type Json } from '../model/json.ts';
import { jobUid } from '../model/ids.ts';
import type { Change, GraphStore } from '../stores/graph/graph-store.ts';
import {
  governanceFileSchema,
  governanceKinds,
  noGovernance,
  type Governance,
  type GovernanceKind,
} from './objects.ts';

/**
 * The thing that governance entries are about in the graph: one name that no source asserts, so that entries live and die
 * with revisions and reach no list of datasets.
 */
const place = { namespace: 'lexline', name: 'governance' } as const;
export const governanceUid = jobUid(place);

/** Entries of the folder: it makes them and it ends them. */
export const folderPrefix = 'governance/';
/** Entries that were made beside the folder, which neither changes nor ends them. */
export const apiPrefix = 'governance-api/';

/** Names the thing, before anything is entered about it. */
export const nameOfGovernance: Change = {
  type: 'name',
  entity: { uid: governanceUid, kind: 'job', parent: null, ...place, path: null },
};

/** The name of an object's entry: `governance/activities/shop-orders@2026-01-01`. */
function keyOf(kind: GovernanceKind, { id, validFrom }: { readonly id: string; readonly validFrom: string | null }) {
  return `${folderPrefix}${kind}/${id}@${validFrom ?? ''}`;
}

function entriesOf(governance: Governance): ReadonlyMap<string, Json> {
  return new Map(
    governanceKinds.flatMap((kind) =>
      governance[kind].map((one) => [keyOf(kind, one), one as unknown as Json] as const),
    ),
  );
}

/** What the graph must be told so that it says the same as `wanted`. Empty when it does already. */
export async function governanceChanges(
  graph: Pick<GraphStore, 'entered'>,
  wanted: Governance,
  n: number,
  actor: { readonly kind: 'person' | 'key' | 'process'; readonly id: string },
): Promise<readonly Change[]> {
  const entries = entriesOf(wanted);
  const standing = n === 0 ? [] : await graph.entered({ uids: [governanceUid] }, n);
  const before = new Map(
    standing.filter(({ kind }) => kind.startsWith(folderPrefix)).map(({ kind, body }) => [kind, body]),
  );
  const changes: Change[] = [];
  for (const [kind, body] of entries)
    if (!before.has(kind) || canonicalJson(before.get(kind)) !== canonicalJson(body))
      changes.push({ type: 'enter', entered: { uid: governanceUid, kind, body, actor } });
  for (const kind of before.keys())
    if (!entries.has(kind)) changes.push({ type: 'end-entered', uid: governanceUid, kind });
  if (changes.length === 0) return [];
  return [nameOfGovernance, ...changes];
}

/** What people had said at revision `n` about the day `on` (YYYY-MM-DD): objects whose validity holds that day. */
export async function readGovernance(graph: Pick<GraphStore, 'entered'>, n: number, on: string): Promise<Governance> {
  if (n === 0) return noGovernance;
  const standing = await graph.entered({ uids: [governanceUid] }, n);
  const content: Record<string, unknown[]> = {};
  for (const { kind: key, body } of standing.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))) {
    const prefix = [folderPrefix, apiPrefix].find((one) => key.startsWith(one));
    if (prefix === undefined) continue;
    const name = key.slice(prefix.length);
    // What stands in the folder counts before what was entered beside it.
    if (prefix === apiPrefix && standing.some((one) => one.kind === folderPrefix + name)) continue;
    (content[name.split('/')[0] ?? ''] ??= []).push(body);
  }
  const whole = governanceFileSchema.parse(content);
  const holds = (one: { readonly validFrom: string | null; readonly validTo: string | null }): boolean =>
    (one.validFrom ?? '') <= on && on <= (one.validTo ?? '9999');
  return {
    entities: whole.entities.filter(holds),
    parties: whole.parties.filter(holds),
    systems: whole.systems.filter(holds),
    activities: whole.activities.filter(holds),
    retention: whole.retention.filter(holds),
    grounds: whole.grounds.filter(holds),
  };
}
