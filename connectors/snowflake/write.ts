import { LexlineError } from '../../server/base/errors.ts';
import { splitName } from '../../server/model/dataset-name.ts';
import type { DirectTagWriter, TagChange, TagPolicy, TagTarget } from '../../server/model/tag-writing.ts';
import { policyNowRow, type TagNowRow } from './account-rows.ts';
import type { SnowflakeConfig } from './config.ts';
import { policyName } from './controls.ts';
import { StatementRefused } from './failure.ts';
import { columnTagsNow, isOwn, relationTagsNow } from './live-tags.ts';
import { literal, path } from './names.ts';
import type { StatementPort } from './port.ts';
import { parseRows } from './rows.ts';
import { policiesNowSql, showTagSql } from './sql-account.ts';
import { inheritedTag, ownPrefix, tagOf } from './tags.ts';

/** What our own tags are set to, and others for which nobody says a value. */
const usualValue = 'true';

/**
 * Writes tags by DDL, one statement a change. Tags of our own are made where `tagSchema` says; a tag of the company is used and
 * never made. A tag holds one value: where somebody set another one, ours is not put in its place.
 */
export function snowflakeWriter(port: StatementPort, source: string, config: SnowflakeConfig): DirectTagWriter {
  const made = new Set<string>();

  async function tagsNow(target: TagTarget, signal: AbortSignal): Promise<readonly TagNowRow[]> {
    const where = placeOf(target, source);
    if (target.field === null) return relationTagsNow(port, where, signal);
    const column = target.field[0];
    return (await columnTagsNow(port, where, signal)).filter((row) => row.column_name === column);
  }

  return {
    kind: 'direct',
    tables: true,
    tagFor(ours) {
      if (config.tagSchema === undefined)
        throw new LexlineError(
          'CONFIG_INVALID',
          `[connectors/snowflake] source "${source}": it is not said which tags to write`,
          {
            remedy: 'set tagSchema: GOVERNANCE.TAGS for tags of our own, or name the tags of the company in tagMap',
          },
        );
      return `${config.tagSchema}.${ownPrefix}${ours.toUpperCase().replaceAll(/[^A-Z0-9_]/gu, '_')}`;
    },
    steps: (change) => statementsOf(change, source),
    async tagsOf(target, signal) {
      try {
        const of = target.field === null ? 'relation' : 'column';
        return (await tagsNow(target, signal)).map((row) => (isOwn(row, of) ? tagOf(row) : inheritedTag(tagOf(row))));
      } catch (error) {
        if (error instanceof StatementRefused && ['002003', '002043'].includes(error.number)) return null;
        throw error;
      }
    },
    policiesOf: (tag, signal) => policiesOf(port, tag, signal),
    async apply(change, signal) {
      const { name, value } = parseTag(change.tag, source);
      if (change.action === 'add') await refuseOtherValue(await tagsNow(change.target, signal), change, name, value);
      for (const statement of statementsOf(change, source)) {
        if (made.has(statement)) continue;
        await port.query(statement, [], signal);
        if (statement.startsWith('CREATE TAG')) made.add(statement);
      }
    },
  };

  async function refuseOtherValue(
    rows: readonly TagNowRow[],
    { target }: TagChange,
    name: readonly string[],
    value: string,
  ): Promise<void> {
    const of = target.field === null ? 'relation' : 'column';
    const other = rows.find(
      (row) =>
        isOwn(row, of) &&
        [row.tag_database, row.tag_schema, row.tag_name].every((part, i) => part === name[i]) &&
        row.tag_value !== value,
    );
    if (other === undefined) return;
    throw new LexlineError(
      'INPUT_INVALID',
      `[connectors/snowflake] source "${source}": ${name.join('.')} is there with another value, set by somebody else; it was not changed`,
    );
  }
}

/** `DB.SCHEMA.TAG` or `DB.SCHEMA.TAG=value`. */
function parseTag(tag: string, source: string): { readonly name: readonly string[]; readonly value: string } {
  const [, name = '', value] = /^((?:"(?:[^"]|"")*"|[^="])*)(?:=(.*))?$/su.exec(tag) ?? [];
  const parts = splitName(name);
  if (parts.length === 3 && parts.every((part) => part !== '')) return { name: parts, value: value ?? usualValue };
  throw new LexlineError('CONFIG_INVALID', `[connectors/snowflake] source "${source}": "${tag}" is no name of a tag`, {
    remedy: 'write DATABASE.SCHEMA.TAG, or DATABASE.SCHEMA.TAG=value, in tagMap',
  });
}

/** Exactly what is sent. */
function statementsOf({ action, target, tag }: TagChange, source: string): readonly string[] {
  const { name, value } = parseTag(tag, source);
  const whole = path(...name);
  const column = target.field === null ? '' : ` MODIFY COLUMN ${path(target.field[0] ?? '')}`;
  const alter = `ALTER ${keywordOf(target)} ${path(...placeOf(target, source))}${column}`;
  if (action === 'remove') return [`${alter} UNSET TAG ${whole}`];
  const isOwnTag = (name[2] ?? '').startsWith(ownPrefix);
  return [
    ...(isOwnTag ? [`CREATE TAG IF NOT EXISTS ${whole} COMMENT = 'Made by Lexline'`] : []),
    `${alter} SET TAG ${whole} = ${literal(value)}`,
  ];
}

/** What ALTER calls the thing: told by the document of the column, or of the relation itself. */
function keywordOf({ field, facets }: TagTarget): string {
  const facet = facets[field === null ? 'snowflake.relation' : 'snowflake.column'];
  const kind: unknown = typeof facet === 'object' && facet !== null ? Reflect.get(facet, 'alteredAs') : undefined;
  return typeof kind === 'string' && /^[A-Z ]{1,30}$/u.test(kind) ? kind : 'TABLE';
}

function placeOf({ dataset }: TagTarget, source: string): readonly [string, string, string] {
  const [database, schema, relation, ...rest] = splitName(dataset.name);
  if (database !== undefined && schema !== undefined && relation !== undefined && rest.length === 0)
    return [database, schema, relation];
  throw new LexlineError(
    'INPUT_INVALID',
    `[connectors/snowflake] source "${source}": ${dataset.name} is no relation of an account`,
  );
}

const kinds: Readonly<Record<string, TagPolicy['kind']>> = {
  MASKING_POLICY: 'masking',
  ROW_ACCESS_POLICY: 'row-filter',
};

/** Policies that hang on a tag, as they are now. A role that may not ask learns that they are unknown, never that there are none. */
async function policiesOf(port: StatementPort, tag: string, signal: AbortSignal): Promise<readonly TagPolicy[]> {
  const name = splitName(tag.split('=')[0] ?? '');
  try {
    const rows = await port.query(policiesNowSql(name[0] ?? '', path(...name)), [], signal);
    return parseRows('policies of a tag', policyNowRow, rows).map((row) => ({
      kind: kinds[row.policy_kind] ?? 'access',
      name: policyName(row),
    }));
  } catch (error) {
    if (!(error instanceof StatementRefused)) throw error;
    if (!(await isMade(port, name, signal))) return [];
    return [
      {
        kind: 'unknown',
        name: `masking policies of ${tag}: this role may not see them (${error.number}); GRANT APPLY MASKING POLICY ON ACCOUNT shows them`,
      },
    ];
  }
}

/** A tag that is not made yet binds nothing; one that may be there and is not shown is taken for made. */
async function isMade(port: StatementPort, name: readonly string[], signal: AbortSignal): Promise<boolean> {
  const [database = '', schema = '', tag = ''] = name;
  if (!tag.startsWith(ownPrefix)) return true;
  try {
    return (await port.query(showTagSql(database, schema, tag), [], signal)).length > 0;
  } catch (error) {
    if (error instanceof StatementRefused) return true;
    throw error;
  }
}
