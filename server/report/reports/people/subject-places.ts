import type { Uid } from '../../../model/ids.ts';
import { printPath } from '../../../model/ids.ts';
import type { LineageGraph } from '../../../model/lineage-graph.ts';
import { LexlineError } from '../../../base/errors.ts';
import type { DatasetView, FieldView, Query } from '../../../query/query.ts';
import type { FlowMap } from '../../survey/flow-map.ts';
import { formsAlong, searchable, type IdentifierForm } from './identifier-forms.ts';
import { isOnlyWay, mayBeSettled, settledForm } from './known-arguments.ts';
import type { Survey, SurveyedDataset } from '../../survey/survey.ts';

/** One place in which rows of the person are, and how they are found there. */
export interface SubjectPlace {
  readonly dataset: DatasetView;
  /** The column to look in. */
  readonly column: string;
  readonly how: 'holds the identifier' | 'carries the identifier along lineage' | 'by a key to a place above';
  /** How the identifier stands in the column; empty for a place that is reached by a key. */
  readonly forms: readonly IdentifierForm[];
  /** For a place that is reached by a key: the place that the key leads to, and the column of it that the key means. */
  readonly through: { readonly place: SubjectPlace; readonly key: string } | null;
}

/** The field that a request names, `dataset.field`; the last parts of the name are enough. Fails with NOT_FOUND. */
export async function identifierField(
  query: Query,
  n: number,
  text: string,
): Promise<{ dataset: DatasetView; field: FieldView }> {
  const parts = text.split('.');
  for (let cut = parts.length - 1; cut > 0; cut--) {
    const [found] = await query.datasetsByRef([{ text: parts.slice(0, cut).join('.') }], n);
    if (found?.status !== 'FOUND' || found.dataset === null) continue;
    const field = await query.fieldByPath(found.dataset.uid, parts.slice(cut).join('.'), n);
    if (field !== null) return { dataset: found.dataset, field };
  }
  throw new LexlineError('NOT_FOUND', '[report] no field of that name, or several', {
    remedy: 'Name the field as dataset.field, with more of the dataset’s name. A value of a person is never asked for.',
  });
}

/** What was found of a person's rows, and whether that is all. */
export interface FoundPlaces {
  readonly places: readonly SubjectPlace[];
  readonly copies: readonly SurveyedDataset[];
  /** Directions in which lineage goes on beyond what was looked at. */
  readonly cut: readonly CutLineage[];
  /** Fields on the way that whoever asks may not see. */
  readonly hidden: number;
}

/** Where following lineage ended before lineage did. */
export interface CutLineage {
  readonly direction: 'UPSTREAM' | 'DOWNSTREAM';
  readonly reason: 'FIRST' | 'DEPTH' | 'BUDGET';
  /** Fields that were looked at. */
  readonly fields: number;
}

/** Fields along lineage that are looked at in each direction, and in one answer. */
const mostFields = 50_000;
const fieldsOfPage = 10_000;

/** Every place of the person's rows: where the identifier stands, where lineage takes it, what points there by a key. */
export async function subjectPlaces(
  query: Query,
  n: number,
  survey: Survey,
  flows: FlowMap,
  start: { readonly dataset: DatasetView; readonly field: FieldView },
): Promise<FoundPlaces> {
  const places = new Map<Uid, SubjectPlace>();
  const add = (place: SubjectPlace): void => {
    if (!places.has(place.dataset.uid)) places.set(place.dataset.uid, place);
  };
  add({
    dataset: start.dataset,
    column: printPath(start.field.path),
    how: 'holds the identifier',
    forms: [{ functions: [], treated: null, applied: 'there' }],
    through: null,
  });
  const { found, cut, hidden } = await carried(query, n, start.field.uid);
  for (const { dataset, path, forms } of found)
    add({ dataset, column: path, how: 'carries the identifier along lineage', forms, through: null });
  for (let grown = true; grown;) {
    grown = false;
    for (const { view } of survey.datasets.values()) {
      if (places.has(view.uid)) continue;
      const way = keyWay(view, places, survey);
      if (way === null) continue;
      add({
        dataset: view,
        column: way.column,
        how: 'by a key to a place above',
        forms: [],
        through: way.through,
      });
      grown = true;
    }
  }
  const reached = flows.downstreamOf(places.keys());
  const copies = [...reached].flatMap((uid) => {
    const copy = survey.datasets.get(uid);
    return copy === undefined || places.has(uid) || copy.holding.length === 0 ? [] : [copy];
  });
  return { places: [...places.values()], copies, cut, hidden };
}

/** Columns along lineage; of a dataset with several, those first that can be searched. */
async function carried(query: Query, n: number, origin: Uid) {
  const found: { dataset: DatasetView; path: string; forms: readonly IdentifierForm[] }[] = [];
  const cut: CutLineage[] = [];
  let hidden = 0;
  for (const direction of ['UPSTREAM', 'DOWNSTREAM'] as const) {
    const graph = await wholeLineage(query, n, origin, direction);
    if (graph.truncated !== null)
      cut.push({ direction, reason: graph.truncated.reason, fields: graph.nodes.length - 1 });
    hidden += graph.hiddenNodes;
    const formsOf = formsAlong(graph, origin);
    for (const node of graph.nodes.toSorted((a, b) => Math.abs(a.depth) - Math.abs(b.depth))) {
      const before = formsOf.get(node.key);
      const forms = before === undefined ? undefined : await lookedUp(query, n, graph, node.key, before);
      if (forms === undefined || node.key === origin || node.dataset === null || node.path === null) continue;
      const [dataset] = await query.datasetsByUid([node.dataset.uid], n);
      if (dataset !== null && dataset !== undefined) found.push({ dataset, path: node.path, forms });
    }
  }
  const isSearchable = ({ forms }: { forms: readonly IdentifierForm[] }): boolean => searchable(forms) !== null;
  return { found: [...found.filter(isSearchable), ...found.filter((one) => !isSearchable(one))], cut, hidden };
}

/** What the functions were given, where that is what keeps the place from being searched and its statements tell it. */
async function lookedUp(
  query: Query,
  n: number,
  graph: LineageGraph,
  place: Uid,
  forms: readonly IdentifierForm[],
): Promise<readonly IdentifierForm[]> {
  const { origin, direction } = graph;
  const [form] = forms;
  if (form === undefined || forms.length > 1 || !mayBeSettled(form) || !isOnlyWay(graph, origin, place)) return forms;
  const [from, to] = direction === 'DOWNSTREAM' ? [origin, place] : [place, origin];
  const steps = await query.path({ from, to, n });
  return steps === null ? forms : [settledForm(form, steps)];
}

/** Answer after answer, put together; what is `truncated` then is what nobody looked at. */
async function wholeLineage(
  query: Query,
  n: number,
  origin: Uid,
  direction: CutLineage['direction'],
): Promise<LineageGraph> {
  const request = { origin, direction, depth: 100, granularity: 'FIELD', includeIndirect: false, n } as const;
  let whole = await query.lineage({ ...request, first: fieldsOfPage });
  while (whole.endCursor !== null && whole.nodes.length < mostFields) {
    const next = await query.lineage({ ...request, first: fieldsOfPage, after: whole.endCursor });
    whole = {
      ...next,
      nodes: [...whole.nodes, ...next.nodes],
      edges: [...whole.edges, ...next.edges],
      hiddenNodes: whole.hiddenNodes + next.hiddenNodes,
    };
  }
  return whole;
}

/** A foreign key of one column that leads from a dataset to a place that is known. */
function keyWay(view: DatasetView, places: ReadonlyMap<Uid, SubjectPlace>, survey: Survey) {
  for (const { kind, fields, references } of view.keys) {
    if (kind !== 'foreign' || references === undefined || fields.length !== 1 || references.fields.length !== 1)
      continue;
    const target = [...places.values()].find(
      ({ dataset }) => dataset.namespace === references.dataset.namespace && dataset.name === references.dataset.name,
    );
    const [own, key] = [fields[0], references.fields[0]];
    if (target === undefined || own === undefined || key === undefined || !survey.datasets.has(target.dataset.uid))
      continue;
    return { column: printPath(own), through: { place: target, key: printPath(key) } };
  }
  return null;
}
