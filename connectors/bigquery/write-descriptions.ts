import { LexlineError } from '../../server/base/errors.ts';
import type { SourceTag } from '../../server/model/document.ts';
import type { DirectTagWriter, TagChange } from '../../server/model/tag-writing.ts';
import { ourTag } from './map.ts';
import { longestDescription, markedDescription, splitDescription } from './markers.ts';
import { path } from './names.ts';
import { patchField, patchTable } from './patch-table.ts';
import { ownPrefix } from './policy-tags.ts';
import type { Session } from './session.ts';
import { findField, placeOfChange, tableNow, tablePath } from './table.ts';

/** The part of a writer that differs by where tags go. */
export type WriterForm = Omit<DirectTagWriter, 'kind' | 'tagFor'>;

const label = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u;
const labelValue = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u;

/** A column's tags stand at the end of its description, between brackets of ours; a table's are labels. */
export function descriptionWriter(session: Session): WriterForm {
  const { source, config } = session;

  return {
    tables: true,
    steps(change) {
      const { action, target, tag } = change;
      const where = `${config.endpoint}${tablePath(placeOfChange(change, source))}`;
      if (target.field !== null) {
        const how = action === 'add' ? 'gets' : 'loses';
        return [`PATCH ${where}: the description of column ${target.field.join('.')} ${how} "[lexline: ${tag}]"`];
      }
      const [name, value] = labelOf(tag, source);
      return [`PATCH ${where}: {"labels": {"${name}": ${action === 'add' ? `"${value}"` : 'null'}}}`];
    },
    async tagsOf(target, signal) {
      const table = await tableNow(session, target.dataset.name, signal);
      if (table === null) return null;
      if (target.field === null)
        return Object.entries(table.labels).map(([name, value]): SourceTag => ({
          name,
          ...(value === '' ? {} : { value }),
          setBy: name.startsWith(ownPrefix) ? 'lexline' : 'person',
        }));
      const field = findField(table.schema.fields, target.field);
      return field === null ? null : splitDescription(field.description ?? null).tags.map(ourTag);
    },
    // Words bind nothing.
    policiesOf: async () => [],
    async apply(change, signal) {
      const { target, tag, action } = change;
      const { name } = target.dataset;
      if (target.field === null) {
        const [key, value] = labelOf(tag, source);
        await patchTable(
          session,
          name,
          ({ labels }) => {
            const now = labels[key];
            if (now !== undefined && now !== value) throw otherValue(key, source);
            return { labels: { [key]: action === 'add' ? value : null } };
          },
          signal,
        );
        return;
      }
      refuseUnwritable(tag, source);
      await patchField(
        session,
        name,
        target.field,
        (field) => {
          const { text, tags } = splitDescription(field.description ?? null);
          const others = tags.filter((one) => one.toLowerCase() !== tag.toLowerCase());
          const description = markedDescription(text, action === 'add' ? [...others, tag] : others);
          if (description.length > longestDescription) throw tooLong(change, source);
          return { ...field, description };
        },
        signal,
      );
    },
  };
}

/** `name`, or `name=value`, as a label. */
function labelOf(tag: string, source: string): readonly [string, string] {
  const [, name = '', value = ''] = /^([^=]*)(?:=(.*))?$/su.exec(tag) ?? [];
  if (label.test(name) && labelValue.test(value)) return [name, value];
  throw new LexlineError('CONFIG_INVALID', `[connectors/bigquery] source "${source}": "${tag}" is no label`, {
    remedy: 'write it in tagMap with lower case letters, digits, _ and -, at most 63 of them: name, or name=value',
  });
}

/** The mark is read back by its commas and brackets. */
function refuseUnwritable(tag: string, source: string): void {
  if (tag.trim() === tag && tag !== '' && !/[,[\]\n]/u.test(tag)) return;
  throw new LexlineError(
    'CONFIG_INVALID',
    `[connectors/bigquery] source "${source}": "${tag}" cannot stand in a description`,
    {
      remedy: 'name a tag without commas, brackets and line breaks in tagMap',
    },
  );
}

/** A label holds one value: what somebody else set is neither replaced nor taken away. */
function otherValue(key: string, source: string): LexlineError {
  return new LexlineError(
    'INPUT_INVALID',
    `[connectors/bigquery] source "${source}": label ${key} is there with another value, set by somebody else; it was not changed`,
  );
}

function tooLong({ target }: TagChange, source: string): LexlineError {
  const column = path(target.dataset.name, target.field?.join('.') ?? '');
  return new LexlineError(
    'INPUT_INVALID',
    `[connectors/bigquery] source "${source}": the description of ${column} has no room for a tag: BigQuery takes ${longestDescription} characters`,
    { remedy: 'shorten the description, or set writeTagsAs: policy-tag' },
  );
}
