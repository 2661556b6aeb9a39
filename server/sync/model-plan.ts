import type { Examples } from '../classify/examples.ts';
import { mayBeShown, mayLeave, purposesHeld } from '../classify/egress.ts';
import type { ModelPlan, ModelSession } from '../classify/model-tier.ts';
import { openColumns } from '../classify/open-columns.ts';
import { namedOf, type Staged } from '../ingest/stage.ts';
import { datasetUid, fieldUid, type Uid } from '../model/ids.ts';
import type { EntityRecord } from '../stores/graph/graph-store.ts';
import { allDatasets } from './judge-phase.ts';
import { pendingDatasets } from './model-pending.ts';
import { stopIfAborted } from './pause.ts';
import { readExamples } from './read-examples.ts';
import { readUpstream } from './read-upstream.ts';
import { readForJudging, type ReadForJudging } from './read-for-judging.ts';
import type { Run } from './run.ts';
import { policiesOf } from './source-policies.ts';
import { inOrder, tableInput, type DescribedDataset } from './table-input.ts';

/**
 * What a run would send to the source's endpoint: documents that differ as they were just read, and what earlier runs left
 * unanswered. Values are not looked at for it, so columns that a profile would settle are counted as open. Null: no endpoint.
 */
export async function modelPlan(run: Run): Promise<ModelPlan | null> {
  const { context, source } = run;
  if (context.models === null || source.llm === null || source.llm === undefined) return null;
  const session = await context.models.begin(source.llm);
  if (session === null) return null;
  const { graph, state } = context.stores;
  const n = (await graph.head()).published;
  const asking = {
    session,
    examples: await readExamples(graph, n, session.endpoint, context.sources, context.taxonomy),
  };
  const seen = new Set<Uid>();
  for await (const staged of run.stage.all()) {
    stopIfAborted(run.signal);
    if (staged.kind !== 'dataset' || staged.state !== 'differs') continue;
    seen.add(staged.uid);
    const known = n === 0 ? null : await readForJudging(graph, n, context.sources, [staged.uid]);
    await planOne(run, asking, described(staged, source.name), source.applies, known);
  }
  const isNew = (await state.get('llm-judged', source.name)) !== (await context.models.digestFor(source.llm));
  if (n === 0) return session.planned();
  for await (const uid of isNew ? allDatasets(run, n) : pendingDatasets(run)) {
    stopIfAborted(run.signal);
    if (seen.has(uid)) continue;
    const known = await readForJudging(graph, n, context.sources, [uid]);
    for (const each of known.datasets) await planOne(run, asking, each.described, each.applies, known);
  }
  return session.planned();
}

async function planOne(
  run: Run,
  { session, examples }: { readonly session: ModelSession; readonly examples: Examples },
  dataset: DescribedDataset,
  applies: Readonly<Record<string, string>>,
  known: ReadForJudging | null,
): Promise<void> {
  const { context } = run;
  const table = tableInput(dataset, known?.evidence ?? new Map(), applies);
  const judgement = context.classifier.classify(table);
  const standing = (id: string) => known?.verdicts.get(id) ?? [];
  // Who else describes it is known by the graph, not by this one document.
  const assertions = [...dataset.dataset.assertions, ...(known?.datasets[0]?.described.dataset.assertions ?? [])];
  const uids = dataset.fields.map(({ uid }) => uid);
  const held = purposesHeld(
    [dataset.dataset.uid, ...uids].flatMap(standing),
    known === null || uids.length === 0 ? [] : await context.stores.graph.derived(uids, known.n),
    context.taxonomy,
  );
  const isOpen = openColumns(judgement, standing).length > 0;
  let egress = mayLeave(session.endpoint, policiesOf({ assertions }, context.sources), judgement, held);
  if (egress.allowed && isOpen && known !== null) {
    const upstream = await readUpstream(context.stores.graph, known.n, dataset, context, run.signal);
    egress = mayBeShown(session.endpoint, upstream.policies, upstream.held);
  }
  if (egress.allowed)
    await session.plan({ table, judgement, standing, examples, retry: run.request.retryModel === true }, run.signal);
  else if (isOpen) session.withhold(egress.why);
}

/** A staged document as the graph would hold it, asserted by this source alone. */
function described(staged: Staged, source: string): DescribedDataset {
  const named = namedOf(staged);
  const base = { namespace: named.namespace, name: named.name };
  const dataset: EntityRecord = {
    ...base,
    uid: datasetUid(base),
    kind: 'dataset',
    parent: null,
    path: null,
    assertions: [{ source, facets: named.facets }],
  };
  const fields = named.kind === 'dataset' ? named.fields : [];
  return {
    dataset,
    fields: inOrder(
      fields.map(({ path, facets }): EntityRecord => ({
        ...base,
        uid: fieldUid(base, path),
        kind: 'field',
        parent: dataset.uid,
        path,
        assertions: [{ source, facets }],
      })),
    ),
  };
}
