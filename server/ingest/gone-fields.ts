import type { Change, GraphStore } from '../stores/graph/graph-store.ts';
import type { FieldPath, Uid } from '../model/ids.ts';
import { fieldUid } from '../model/ids.ts';
import { everyPage } from '../stores/every-page.ts';
import { namedOf, type Staged } from './stage.ts';
import { chunks } from './write-documents.ts';

/**
 * Ends the verdicts of machines on fields that no source describes any more. What people decided sleeps and wakes when the
 * field returns. Read after the documents were written, in the open revision.
 */
export async function endVerdictsOfGoneFields(options: {
  readonly graph: Pick<GraphStore, 'list' | 'get' | 'verdicts'>;
  /** The revision before this one; 0: nothing was there. */
  readonly before: number;
  readonly open: number;
  readonly staged: AsyncIterable<Staged>;
  readonly existing: { has(uid: Uid): boolean };
  readonly retired: readonly Uid[];
}): Promise<readonly Change[]> {
  const { graph, before, open } = options;
  if (before === 0) return [];
  const candidates: Uid[] = [];
  const fieldsBefore = async (dataset: Uid): Promise<readonly { uid: Uid; path: FieldPath | null }[]> => {
    const fields: { uid: Uid; path: FieldPath | null }[] = [];
    for await (const field of everyPage((page) => graph.list({ kind: 'field', parent: dataset }, before, page)))
      fields.push(field);
    return fields;
  };
  for await (const staged of options.staged) {
    if (staged.kind !== 'dataset' || staged.state !== 'differs' || !options.existing.has(staged.uid)) continue;
    const named = namedOf(staged);
    if (named.kind !== 'dataset') continue;
    const now = new Set(named.fields.map(({ path }) => fieldUid(named, path)));
    for (const { uid } of await fieldsBefore(staged.uid)) if (!now.has(uid)) candidates.push(uid);
  }
  for (const uid of options.retired) {
    candidates.push(uid);
    for (const field of await fieldsBefore(uid)) candidates.push(field.uid);
  }
  return endedVerdicts(graph, candidates, before, open);
}

async function endedVerdicts(
  graph: Pick<GraphStore, 'get' | 'verdicts'>,
  candidates: readonly Uid[],
  before: number,
  open: number,
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const batch of chunks(candidates, 1000)) {
    const found = await graph.get(batch, open);
    const gone = batch.filter((_, i) => (found[i]?.assertions.length ?? 0) === 0);
    if (gone.length === 0) continue;
    for (const { field, decider, category } of await graph.verdicts(gone, before))
      if (decider !== 'human') changes.push({ type: 'end-verdict', field, decider, category });
  }
  return changes;
}
