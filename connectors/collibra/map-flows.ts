import type { JobDocument, StatedEdge } from '../../server/model/document.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import type { Inventory } from './inventory.ts';
import { shownName, type NamedTable } from './names.ts';

/** What flows into each table, as a job of its own: Collibra knows relations and no jobs, and not what is done on the way. */
export function flowsInto(
  inventory: Inventory,
  tables: ReadonlyMap<string, NamedTable>,
): ReadonlyMap<string, JobDocument> {
  const into = new Map<
    string,
    { readonly inputs: Map<string, QualifiedName>; readonly edges: Map<string, StatedEdge> }
  >();
  const endOf = (id: string) => {
    const asset = inventory.assets.get(id);
    if (asset === undefined) return null;
    const isColumn = asset.role === 'column';
    const owner = isColumn ? inventory.wholes.get(id)?.find((whole) => tables.has(whole)) : id;
    const table = owner === undefined ? undefined : tables.get(owner);
    return table === undefined ? null : { table, field: isColumn ? [shownName(asset)] : null };
  };
  for (const flow of inventory.flows) {
    const from = endOf(flow.from);
    const to = endOf(flow.to);
    if (from === null || to === null) continue;
    const own = into.get(to.table.asset.id) ?? { inputs: new Map(), edges: new Map() };
    into.set(to.table.asset.id, own);
    own.inputs.set(from.table.asset.id, from.table.name);
    if (from.field !== null && to.field !== null)
      own.edges.set(`${flow.from} ${flow.to}`, {
        from: { dataset: from.table.name, field: from.field },
        to: { dataset: to.table.name, field: to.field },
        kind: 'TRANSFORMATION',
        effect: 'unknown',
      });
  }
  const jobs = new Map<string, JobDocument>();
  for (const [id, { inputs, edges }] of into) {
    const target = tables.get(id);
    if (target === undefined) continue;
    jobs.set(id, {
      type: 'job',
      kind: 'process',
      platform: 'collibra',
      namespace: target.name.namespace,
      name: `collibra lineage:${target.name.name}`,
      native: { id: `${id}#lineage` },
      inputs: [...inputs].sort(byKey).map(([, name]) => name),
      outputs: [target.name],
      ...(edges.size === 0 ? {} : { edges: [...edges].sort(byKey).map(([, edge]) => edge) }),
    });
  }
  return jobs;
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
