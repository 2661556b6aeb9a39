import type { QualifiedName, Uid } from '../model/ids.ts';
import type { Gap } from '../model/provenance.ts';
import { inBatches } from '../stores/in-batches.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';

/**
 * What people entered about datasets that are told under another name now: it stays with the old name, where it says nothing
 * of the new one, so each such dataset is a gap.
 */
export async function decisionsLeft(
  graph: Pick<GraphStore, 'get' | 'fieldsOf' | 'entered'>,
  calledOtherwise: ReadonlyMap<Uid, QualifiedName>,
  retired: ReadonlySet<Uid>,
  n: number,
): Promise<readonly Gap[]> {
  const uids = [...calledOtherwise.keys()].filter((uid) => retired.has(uid));
  return inBatches(uids, async (batch) => {
    const [records, fields] = await Promise.all([graph.get(batch, n), graph.fieldsOf(batch, n)]);
    const about = new Map(
      batch.flatMap((uid, i) => [uid, ...(fields[i] ?? []).map((one) => one.uid)].map((one) => [one, uid])),
    );
    const entered = new Map<Uid, number>();
    for (const { uid } of await graph.entered({ uids: [...about.keys()] }, n)) {
      const dataset = about.get(uid) ?? uid;
      entered.set(dataset, (entered.get(dataset) ?? 0) + 1);
    }
    return batch.flatMap((uid, i): readonly Gap[] => {
      const count = entered.get(uid) ?? 0;
      const into = calledOtherwise.get(uid);
      if (count === 0 || into === undefined) return [];
      const counted = count === 1 ? 'one entry of a person stays' : `${count} entries of people stay`;
      return [
        {
          what: `dataset ${records[i]?.name ?? ''}`,
          reason: 'unresolved-name',
          detail: `its source calls it another name of ${into.namespace}/${into.name} now; ${counted} with the old name`,
          remedy: `decide the same for ${into.name}: lexline review list`,
        },
      ];
    });
  });
}
