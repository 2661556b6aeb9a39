import type { EndpointConfig } from '../base/config-llm.ts';
import { mayBeShown, purposesHeld } from '../classify/egress.ts';
import { createExamples, type DecidedColumn, type Examples } from '../classify/examples.ts';
import { decisionKind } from '../classify/review.ts';
import type { Verdict } from '../model/classification.ts';
import { shownFacet, type FieldFacets } from '../model/facets.ts';
import { printPath, type Uid } from '../model/ids.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import type { EntityRecord, GraphStore } from '../stores/graph/graph-store.ts';
import { inBatches } from '../stores/in-batches.ts';
import type { ConfiguredSource } from './source.ts';
import { readUpstream } from './read-upstream.ts';
import { policiesOf } from './source-policies.ts';

/** Decisions looked at, in the order of fields: more than anybody makes by hand, and a bound. */
const most = 20_000;

/**
 * The columns that people decided and that this endpoint may be shown: by the same rule as a whole table, so a column leaves
 * only where every source of its table names the endpoint and the endpoint is marked for all that its table holds.
 */
export async function readExamples(
  graph: Pick<GraphStore, 'entered' | 'get' | 'verdicts' | 'fieldMarks' | 'walk'>,
  n: number,
  endpoint: Pick<EndpointConfig, 'name' | 'purposes' | 'examples'>,
  sources: ReadonlyMap<string, ConfiguredSource>,
  taxonomy: Taxonomy,
): Promise<Examples> {
  if (endpoint.examples === 0 || n === 0) return createExamples([]);
  const uids = [...new Set((await graph.entered({ kind: decisionKind }, n)).map(({ uid }) => uid))]
    .sort()
    .slice(0, most);
  const decided = new Map(
    (await inBatches(uids, (part) => graph.verdicts(part, n))).flatMap((verdict): [Uid, Verdict][] =>
      verdict.decider === 'human' && verdict.state === 'accepted' ? [[verdict.field, verdict]] : [],
    ),
  );
  const fields = (await inBatches([...decided.keys()], (part) => graph.get(part, n))).filter((one) => one !== null);
  const allowed = await allowedDatasets(graph, n, fields, endpoint, sources, taxonomy);
  return createExamples(
    fields.flatMap((field): DecidedColumn[] => {
      const verdict = decided.get(field.uid);
      if (verdict === undefined || field.parent === null || !allowed.has(field.parent)) return [];
      const type = shownFacet<FieldFacets, 'core'>(field, 'core')?.type ?? null;
      return [{ id: field.uid, name: printPath(field.path ?? []), type, category: verdict.category }];
    }),
  );
}

async function allowedDatasets(
  graph: Pick<GraphStore, 'get' | 'verdicts' | 'fieldMarks' | 'walk'>,
  n: number,
  fields: readonly EntityRecord[],
  endpoint: Pick<EndpointConfig, 'name' | 'purposes'>,
  sources: ReadonlyMap<string, ConfiguredSource>,
  taxonomy: Taxonomy,
): Promise<ReadonlySet<Uid>> {
  const uids = [...new Set(fields.flatMap(({ parent }) => (parent === null ? [] : [parent])))];
  const allowed = new Set<Uid>();
  for (let at = 0; at < uids.length; at += 1000) {
    const part = uids.slice(at, at + 1000);
    const [records, marks, verdicts] = await Promise.all([
      graph.get(part, n),
      graph.fieldMarks(part, n),
      graph.verdicts(part, n),
    ]);
    const ofTables = Map.groupBy(verdicts, ({ field }) => field);
    for (const [i, record] of records.entries()) {
      // Gone: nobody says any more to whom it may be shown.
      if (record === null || record.assertions.length === 0) continue;
      const needed = purposesHeld(
        [...(ofTables.get(record.uid) ?? []), ...(marks[i] ?? []).flatMap((mark) => mark.verdicts)],
        (marks[i] ?? []).flatMap((mark) => mark.derived),
        taxonomy,
      );
      if (!mayBeShown(endpoint, policiesOf(record, sources), needed).allowed) continue;
      const own = fields.filter(({ parent }) => parent === record.uid);
      const upstream = await readUpstream(graph, n, { dataset: record, fields: own }, { sources, taxonomy });
      if (mayBeShown(endpoint, upstream.policies, upstream.held).allowed) allowed.add(record.uid);
    }
  }
  return allowed;
}
