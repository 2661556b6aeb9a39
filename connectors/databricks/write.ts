import { isLexlineError, LexlineError } from '../../server/base/errors.ts';
import { lazily } from '../../server/base/lazily.ts';
import { splitName } from '../../server/model/dataset-name.ts';
import type { SourceTag } from '../../server/model/document.ts';
import type { DirectTagWriter, TagChange, TagPolicy, TagTarget } from '../../server/model/tag-writing.ts';
import { assignmentOf, assignments, entityOf, tagsByRest, tagsBySql, type Place } from './live-tags.ts';
import { literal, path, quote } from './names.ts';
import { dependsOn, policiesOn, policyName, type Policy } from './policies.ts';
import { catalogsOf } from './read.ts';
import type { Session } from './session.ts';
import { schemaItem, tableItem } from './shapes.ts';
import { ownPrefix } from './tags.ts';

/** What our own tags are set to, and others for which nobody says a value. */
const usualValue = 'true';
/** Databricks takes none of these in a key. */
const noKey = /[.,\-=/:\s]/u;

/**
 * Writes tags: those of tables by DDL, where a warehouse works for us, all others through the interface for tag assignments. A
 * key holds one value: where somebody set another one, ours is not put in its place.
 */
export function databricksWriter(session: Session, source: string): DirectTagWriter {
  const { port } = session;
  const bySql = (target: TagTarget): boolean => port.hasWarehouse && !isTaggedByRest(target);
  const tagsNow = (target: TagTarget, signal: AbortSignal): Promise<readonly SourceTag[]> => {
    const place = placeOf(target, source);
    return bySql(target) ? tagsBySql(port, place, signal) : tagsByRest(port, place, source, signal);
  };
  const policies = lazily((signal: AbortSignal) => allPolicies(session, signal));

  return {
    kind: 'direct',
    tables: true,
    tagFor: (ours) => `${ownPrefix}${ours.toLowerCase().replaceAll(/[^a-z0-9_]/gu, '_')}`,
    steps: (change) => [stepOf(change, source, bySql(change.target))],
    async tagsOf(target, signal) {
      const place = placeOf(target, source);
      const { catalog, schema, relation, column } = place;
      const of = `/api/2.1/unity-catalog/tables/${encodeURIComponent(`${catalog}.${schema}.${relation}`)}`;
      const table = await port.get(of, { include_browse: 'true' }, tableItem, signal);
      if (table === null) return null;
      if (column !== null && !table.columns.some(({ name }) => name === column)) return null;
      return tagsNow(target, signal);
    },
    async policiesOf(tag, signal) {
      return boundTo(await policies(signal), parseTag(tag, source));
    },
    async apply(change, signal) {
      const { key, value } = parseTag(change.tag, source);
      const place = placeOf(change.target, source);
      const own = (await tagsNow(change.target, signal)).find(
        ({ name, setBy }) => name === key && setBy !== 'propagated',
      );
      if (change.action === 'add') {
        if (own !== undefined && (own.value ?? '') !== value) throw otherValue(source, key);
        if (own !== undefined) return;
      } else if (own === undefined) return;
      else if ((own.value ?? '') !== value) throw otherValue(source, key);
      if (bySql(change.target)) {
        await port.query(stepOf(change, source, true), {}, signal);
        return;
      }
      const { type, name } = entityOf(place, source);
      const body = { entity_type: type, entity_name: name, tag_key: key, tag_value: value };
      if (change.action === 'add') await port.send('POST', assignments, body, signal);
      else await port.send('DELETE', assignmentOf(place, key, source), null, signal);
    },
  };
}

/** `key` or `key=value`. */
function parseTag(tag: string, source: string): { readonly key: string; readonly value: string } {
  const [, key = '', value] = /^([^=]*)(?:=(.*))?$/su.exec(tag) ?? [];
  if (key !== '' && !noKey.test(key)) return { key, value: value ?? usualValue };
  throw new LexlineError('CONFIG_INVALID', `[connectors/databricks] source "${source}": "${tag}" is no name of a tag`, {
    remedy: 'write key, or key=value, in tagMap; a key holds no spaces and none of . , - = / :',
  });
}

/** Exactly what is sent. */
function stepOf({ action, target, tag }: TagChange, source: string, bySql: boolean): string {
  const { key, value } = parseTag(tag, source);
  const place = placeOf(target, source);
  const { catalog, schema, relation, column } = place;
  if (!bySql) {
    const { type, name } = entityOf(place, source);
    return action === 'remove'
      ? `DELETE ${assignmentOf(place, key, source)}`
      : `POST ${assignments} ${JSON.stringify({ entity_type: type, entity_name: name, tag_key: key, tag_value: value })}`;
  }
  const alter = `ALTER TABLE ${path(catalog, schema, relation)}${column === null ? '' : ` ALTER COLUMN ${quote(column)}`}`;
  return action === 'remove'
    ? `${alter} UNSET TAGS (${literal(key)})`
    : `${alter} SET TAGS (${literal(key)} = ${literal(value)})`;
}

/** Views and what pipelines make take no ALTER TABLE: told by the document of the column, or of the relation itself. */
function isTaggedByRest({ field, facets }: TagTarget): boolean {
  const facet = facets[field === null ? 'databricks.relation' : 'databricks.column'];
  return typeof facet === 'object' && facet !== null && Reflect.get(facet, 'taggedBy') === 'rest';
}

function placeOf({ dataset, field }: TagTarget, source: string): Place {
  const [catalog, schema, relation, ...rest] = splitName(dataset.name);
  const column = field === null ? null : (field[0] ?? '');
  const isNamed = catalog !== undefined && schema !== undefined && relation !== undefined && rest.length === 0;
  if (isNamed && (field === null || field.length === 1) && !relation.startsWith('volume:'))
    return { catalog, schema, relation, column };
  const what =
    field !== null && field.length > 1 ? `${field.join('.')} is a member of a column` : `${dataset.name} is no table`;
  throw new LexlineError('INPUT_INVALID', `[connectors/databricks] source "${source}": ${what}, and takes no tag`, {
    remedy: 'tag the column that it is a part of, or the table',
  });
}

function otherValue(source: string, key: string): LexlineError {
  return new LexlineError(
    'INPUT_INVALID',
    `[connectors/databricks] source "${source}": ${key} is there with another value, set by somebody else; it was not changed`,
  );
}

/** Policies on the catalogs and schemas that are read, and where they may not be seen. */
async function allPolicies(
  session: Session,
  signal: AbortSignal,
): Promise<{ readonly found: readonly Policy[]; readonly hidden: readonly string[] }> {
  const { port } = session;
  const found: Policy[] = [];
  const hidden: string[] = [];
  const look = async (type: 'CATALOG' | 'SCHEMA', name: string): Promise<void> => {
    try {
      found.push(...(await policiesOn(port, type, name, signal)));
    } catch (error) {
      if (!isLexlineError(error) || !['CONNECTOR_MISSING_RIGHTS', 'NOT_FOUND'].includes(error.code)) throw error;
      hidden.push(name);
    }
  };
  for (const { name: catalog } of (await catalogsOf(session, signal)).catalogs) {
    await look('CATALOG', catalog);
    const query = { catalog_name: catalog, include_browse: 'true' };
    const listing = { path: '/api/2.1/unity-catalog/schemas', query, member: 'schemas', item: schemaItem };
    for await (const page of port.list(listing, signal))
      for (const { name } of page) if (name !== 'information_schema') await look('SCHEMA', `${catalog}.${name}`);
  }
  return { found, hidden };
}

/** The policies that a tag decides. Where some may not be seen, or are of no form that is known, that is said. */
function boundTo(
  { found, hidden }: { readonly found: readonly Policy[]; readonly hidden: readonly string[] },
  { key, value }: { readonly key: string; readonly value: string },
): readonly TagPolicy[] {
  const bound = found.flatMap((policy): readonly TagPolicy[] => {
    const depends = dependsOn(policy, key.toLowerCase(), value);
    if (depends === false) return [];
    const kind = policy.column_mask !== null ? 'masking' : policy.row_filter !== null ? 'row-filter' : 'access';
    return [{ kind: depends === null ? 'unknown' : kind, name: policyName(policy) }];
  });
  if (hidden.length === 0) return bound;
  const some = `${hidden.slice(0, 5).join(', ')}${hidden.length > 5 ? ` and ${hidden.length - 5} more` : ''}`;
  return [
    ...bound,
    { kind: 'unknown', name: `policies on ${some}: this principal may not see them; GRANT MANAGE shows them` },
  ];
}
