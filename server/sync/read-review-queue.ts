import { heldCategories } from '../classify/held-categories.ts';
import { arrivalInWords } from '../classify/review-decision.ts';
import { shownFacet, type DatasetFacets, type FieldFacets } from '../model/facets.ts';
import { NONE, type DerivedClassification, type Verdict } from '../model/classification.ts';
import { printPath, type Uid } from '../model/ids.ts';
import { everyBatch } from '../stores/every-batch.ts';
import { everyPage } from '../stores/every-page.ts';
import type { EntityRecord, GraphStore } from '../stores/graph/graph-store.ts';
import { inBatches } from '../stores/in-batches.ts';
import type { ReviewField } from './review-desk.ts';

/** Datasets read at a time. */
const batchSize = 200;

/** Every living field with its verdicts, in the order of datasets. */
export async function* everyField(
  graph: GraphStore,
  n: number,
): AsyncIterable<{ readonly field: EntityRecord; readonly verdicts: readonly Verdict[] }> {
  const datasets = everyPage((page) => graph.list({ kind: 'dataset' }, n, page), 1000);
  for await (const batch of everyBatch(datasets, batchSize)) {
    const found = await graph.fieldsOf(
      batch.map(({ uid }) => uid),
      n,
    );
    const uids = found.flat().map(({ uid }) => uid);
    const verdicts = Map.groupBy(await inBatches(uids, (some) => graph.verdicts(some, n)), ({ field }) => field);
    for (const field of found.flat()) yield { field, verdicts: verdicts.get(field.uid) ?? [] };
  }
}

/** Fields as a person needs to see them, in the order asked; those that are gone are left out. */
export async function describeFields(
  graph: GraphStore,
  n: number,
  uids: readonly Uid[],
): Promise<readonly ReviewField[]> {
  const recordsOf = async (some: readonly Uid[]): Promise<readonly EntityRecord[]> =>
    (await inBatches(some, (batch) => graph.get(batch, n))).filter((each) => each !== null);
  const fields = await recordsOf(uids);
  const parents = [...new Set(fields.flatMap(({ parent }) => (parent === null ? [] : [parent])))];
  const datasets = new Map((await recordsOf(parents)).map((each) => [each.uid, each]));
  const verdicts = Map.groupBy(await inBatches(uids, (batch) => graph.verdicts(batch, n)), ({ field }) => field);
  const rows = Map.groupBy(await inBatches(uids, (batch) => graph.derived(batch, n)), (row) => row.field);
  return fields.map((field) =>
    describe(field, datasets.get(field.parent ?? ''), verdicts.get(field.uid) ?? [], rows.get(field.uid) ?? []),
  );
}

function describe(
  field: EntityRecord,
  dataset: EntityRecord | undefined,
  verdicts: readonly Verdict[],
  rows: readonly DerivedClassification[],
): ReviewField {
  return {
    uid: field.uid,
    dataset: field.name,
    path: printPath(field.path ?? []),
    type: shownFacet<FieldFacets, 'core'>(field, 'core')?.type ?? null,
    description: shownFacet<FieldFacets, 'description'>(field, 'description') ?? null,
    evidence: [
      ...verdicts.flatMap(({ by, category, evidence }) =>
        evidence
          .slice(0, 6)
          .map(({ signal, detail }) => ({ by: category === NONE ? by : `${by}: ${category}`, signal, detail })),
      ),
      ...[...heldCategories(verdicts, rows).values()]
        .filter(({ arrives }) => arrives !== null)
        .map((one) => ({ by: 'lineage', signal: 'arrives', detail: arrivalInWords(one) })),
    ],
    link: dataset === undefined ? null : (shownFacet<DatasetFacets, 'native'>(dataset, 'native')?.url ?? null),
    select: selectFor(field, dataset),
  };
}

const backticks: ReadonlySet<string> = new Set([
  'mysql',
  'mariadb',
  'bigquery',
  'databricks',
  'spark',
  'hive',
  'clickhouse',
]);
const noSql: ReadonlySet<string> = new Set(['kafka', 's3', 'file', 'unknown']);

/** The commonest values of a field, to be looked at with one's own rights. Lexline does not run it. */
function selectFor(field: EntityRecord, dataset: EntityRecord | undefined): string | null {
  const platform = dataset === undefined ? undefined : shownFacet<DatasetFacets, 'core'>(dataset, 'core')?.platform;
  const column = field.path?.[0];
  if (platform === undefined || noSql.has(platform) || column === undefined) return null;
  const sign = backticks.has(platform) ? '`' : '"';
  const quote = (name: string): string => `${sign}${name.replaceAll(sign, sign + sign)}${sign}`;
  const table = field.name
    .split('.')
    .slice(-2)
    .map((part) => quote(part))
    .join('.');
  return `SELECT ${quote(column)}, count(*) FROM ${table} GROUP BY 1 ORDER BY 2 DESC LIMIT 20`;
}
