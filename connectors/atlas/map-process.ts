import type { JobDocument, StatedEdge } from '../../server/model/document.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import type { MapContext } from './map.ts';
import { jobName } from './names.ts';
import { referencesIn, textOf, type AtlasEntity } from './shapes.ts';
import { isGone, tagsOf } from './tags.ts';

/** Where a guid leads: a dataset, or a column of one. */
export interface End {
  readonly dataset: QualifiedName;
  readonly field: string | null;
}

/** The ids that a process and its column lineage refer to: all that must be known before it can be mapped. */
export function guidsOf(process: AtlasEntity, lineages: readonly AtlasEntity[]): readonly string[] {
  return [...new Set([process, ...lineages].flatMap((one) => [...ends(one, 'inputs'), ...ends(one, 'outputs')]))];
}

/** The column lineage processes of a process among what came with it. */
export function lineagesOf(
  process: AtlasEntity,
  referred: Readonly<Record<string, AtlasEntity>>,
  context: MapContext,
): readonly AtlasEntity[] {
  const { roles } = context;
  return roles
    .lineagesOf(process.typeName)
    .flatMap((end) => referencesIn(process.relationshipAttributes[end]))
    .filter((reference) => !isGone(reference))
    .flatMap(({ guid }) => referred[guid] ?? [])
    .filter(({ status }) => status !== 'DELETED');
}

/**
 * A process with its inputs, outputs, query text and column lineage as stated edges. `unknown` counts ends that lead to
 * something that is not known (not read, forbidden, of another kind). Pure.
 */
export function mapProcess(
  process: AtlasEntity,
  lineages: readonly AtlasEntity[],
  placeOf: (guid: string) => End | null,
  context: MapContext,
): { readonly document: JobDocument; readonly unknown: number } {
  let unknown = 0;
  const datasets = (member: 'inputs' | 'outputs'): readonly QualifiedName[] => {
    const found = new Map<string, QualifiedName>();
    for (const guid of ends(process, member)) {
      const place = placeOf(guid);
      if (place === null) unknown += 1;
      else found.set(`${place.dataset.namespace} ${place.dataset.name}`, place.dataset);
    }
    return [...found.values()];
  };
  const inputs = datasets('inputs');
  const outputs = datasets('outputs');
  const edges: StatedEdge[] = [];
  for (const lineage of lineages) {
    const kind = /^simple$/i.test(dependencyOf(lineage)) ? 'IDENTITY' : 'TRANSFORMATION';
    for (const from of ends(lineage, 'inputs'))
      for (const to of ends(lineage, 'outputs')) {
        const [source, target] = [placeOf(from), placeOf(to)];
        if (source === null || target === null || source.field === null || target.field === null) {
          unknown += 1;
          continue;
        }
        edges.push({
          from: { dataset: source.dataset, field: [source.field] },
          to: { dataset: target.dataset, field: [target.field] },
          kind,
          effect: kind === 'IDENTITY' ? 'keep' : 'unknown',
        });
      }
  }
  const sql = context.sqlText ? statementOf(process) : '';
  const platform = context.naming.platformOf(process.typeName);
  const namespace = outputs[0]?.namespace ?? inputs[0]?.namespace ?? `atlas://${context.naming.catalog}`;
  const owner = textOf(process.attributes, 'owner') || textOf(process.attributes, 'userName');
  const tags = tagsOf(process);
  return {
    document: {
      type: 'job',
      kind: 'process',
      platform,
      ...jobName(process, context.naming),
      native: { id: process.guid, url: `${context.url}/index.html#!/detailPage/${process.guid}` },
      ...(owner === '' ? {} : { owners: [owner] }),
      ...(tags.length === 0 ? {} : { tags }),
      inputs,
      outputs,
      ...(sql === '' ? {} : { statements: [{ dialect: platform, sql, namespace }] }),
      ...(edges.length === 0 ? {} : { edges }),
    },
    unknown,
  };
}

function ends({ attributes, relationshipAttributes }: AtlasEntity, member: 'inputs' | 'outputs'): readonly string[] {
  const related = referencesIn(relationshipAttributes[member]);
  if (related.length > 0) return related.filter((one) => !isGone(one)).map(({ guid }) => guid);
  return referencesIn(attributes[member]).map(({ guid }) => guid);
}

/** Atlas's Hive model spells the attribute with a slip, other models without. */
function dependencyOf({ attributes }: AtlasEntity): string {
  return textOf(attributes, 'depenendencyType') || textOf(attributes, 'dependencyType');
}

function statementOf({ attributes }: AtlasEntity): string {
  return textOf(attributes, 'queryText') || textOf(attributes, 'sqlQuery');
}
