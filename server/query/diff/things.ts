import type { EntityKind, Uid } from '../../model/ids.ts';
import type { EntityRecord } from '../../stores/graph/graph-store.ts';
import type { QueryContext } from '../context.ts';
import { datasetView, fieldFacts, jobView } from '../entity-views.ts';
import { countOf } from '../labels.ts';
import { inOrder, type DiffItem } from './diff.ts';
import { renamedDatasets, renamedFields, type Rename } from './renames.ts';
import type { DiffWindow } from './window.ts';

/** Datasets, fields and jobs that came, went or are described in other words. Fields of a dataset that came or went are counted with it. */
export function diffThings(
  context: QueryContext,
  window: DiffWindow,
): {
  readonly datasets: readonly DiffItem[];
  readonly fields: readonly DiffItem[];
  readonly jobs: readonly DiffItem[];
} {
  const items: Record<EntityKind, DiffItem[]> = { dataset: [], field: [], job: [] };
  const touched = new Set(window.rows.filter(({ table }) => table === 'fact').map(({ uid }) => uid));
  const fieldsOf = Map.groupBy(
    [...touched].filter((uid) => window.known(uid)?.kind === 'field'),
    (uid) => window.holderOf(uid),
  );
  const renamed = renamesIn(window, touched, fieldsOf);
  for (const uid of touched) {
    if (renamed.olderNames.has(uid)) continue;
    const rename = renamed.byNewName.get(uid);
    const [was, is] = [standing(window.before(uid)), standing(window.after(uid))];
    const record = is ?? was;
    const what = window.nameOf(uid);
    if (record === undefined || what === null) continue;
    if (record.kind === 'field' && cameOrWent(window, window.holderOf(uid))) continue;
    const item =
      rename !== undefined
        ? renameItem(context, window, rename)
        : is === undefined
          ? { change: 'gone' as const, what, says: goneWords(record, fieldsOf.get(uid)?.length ?? 0), details: [] }
          : was === undefined
            ? { change: 'new' as const, what, says: newWords(is, fieldsOf.get(uid)?.length ?? 0), details: [] }
            : changed(context, what, was, is);
    if (item !== null) items[record.kind].push(item);
  }
  return { datasets: inOrder(items.dataset), fields: inOrder(items.field), jobs: inOrder(items.job) };
}

/** What bears another name than before: the earlier names, which are told no more, and each by its new name. */
function renamesIn(
  window: DiffWindow,
  touched: ReadonlySet<Uid>,
  fieldsOf: ReadonlyMap<Uid, readonly Uid[]>,
): { readonly olderNames: ReadonlySet<Uid>; readonly byNewName: ReadonlyMap<Uid, Rename> } {
  const visible = [...touched].filter((uid) => window.nameOf(uid) !== null);
  const side = (at: 'before' | 'after', other: 'before' | 'after'): readonly EntityRecord[] =>
    visible.flatMap((uid) => {
      const record = standing(window[at](uid));
      return record === undefined || standing(window[other](uid)) !== undefined ? [] : [record];
    });
  const [gone, come] = [side('before', 'after'), side('after', 'before')];
  const only = (all: readonly EntityRecord[], kind: EntityKind): readonly EntityRecord[] =>
    all.filter((one) => one.kind === kind && (kind !== 'field' || !cameOrWent(window, one.parent ?? '')));
  const fields = (dataset: Uid): readonly EntityRecord[] =>
    (fieldsOf.get(dataset) ?? []).flatMap((uid) => window.known(uid) ?? []);
  const found = [
    ...renamedFields(only(gone, 'field'), only(come, 'field')),
    ...renamedDatasets(only(gone, 'dataset'), only(come, 'dataset'), fields),
  ];
  return {
    olderNames: new Set(found.map(({ from }) => from.uid)),
    byNewName: new Map(found.map((rename) => [rename.to.uid, rename])),
  };
}

function renameItem(context: QueryContext, window: DiffWindow, { from, to, sure }: Rename): DiffItem {
  const [older, what] = [window.nameOf(from.uid) ?? '', window.nameOf(to.uid) ?? ''];
  const alike = to.kind === 'dataset' ? 'the very same fields' : 'the same place and type';
  const also = changed(context, what, from, to);
  return {
    change: 'changed',
    what,
    says: `${sure ? `renamed from ${older}` : `looks like ${older} under another name: ${alike}`}${also === null ? '' : `; ${also.says}`}`,
    details: [{ name: 'name', before: older, after: what }, ...(also?.details ?? [])],
  };
}

/** Only what a source asserts is there. */
function standing(record: EntityRecord | undefined): EntityRecord | undefined {
  return record !== undefined && record.assertions.length > 0 ? record : undefined;
}

function cameOrWent(window: DiffWindow, dataset: Uid): boolean {
  return (standing(window.before(dataset)) === undefined) !== (standing(window.after(dataset)) === undefined);
}

function newWords(record: EntityRecord, fields: number): string {
  if (record.kind === 'field') return typeWords(fieldFacts(record).type);
  if (record.kind === 'job') return `new ${jobView(record).kind ?? 'job'}`;
  const { kind, platform, description } = datasetView(record);
  const about = description === null ? '' : `, described as ${quoted(description)}`;
  return `new ${kind ?? 'dataset'}${platform === null ? '' : ` on ${platform}`}, ${countOf(fields, 'field')}${about}`;
}

/** Letters of a description that a sentence quotes, at most. */
const quotedLetters = 120;

function quoted(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  return `"${line.length > quotedLetters ? `${line.slice(0, quotedLetters)}…` : line}"`;
}

function goneWords(record: EntityRecord, fields: number): string {
  return record.kind === 'dataset' ? `no longer seen, nor are its ${countOf(fields, 'field')}` : 'no longer seen';
}

function typeWords(type: string | null): string {
  return type === null ? 'new field' : `new field, ${type}`;
}

function changed(context: QueryContext, what: string, was: EntityRecord, is: EntityRecord): DiffItem | null {
  const [before, after] = [described(was), described(is)];
  const sql = sqlDetails(statementsOf(was), statementsOf(is));
  const details = Object.keys(after).flatMap((name) => {
    const [older, newer] = [before[name] ?? null, after[name] ?? null];
    return older === newer ? [] : [{ name, before: older, after: newer }];
  });
  if (details.length + sql.length === 0) return null;
  const says = [
    ...details.map(({ name, before: older, after: newer }) => changeWords(name, older, newer)),
    ...sql.map(({ after: newer }) => `SQL changed: ${newer}`),
  ].join(', ');
  return { change: 'changed', what, says, details: [...details, ...sql] };
}

function changeWords(name: string, older: string | null, newer: string | null): string {
  const say = (value: string | null): string => (value === null ? 'none' : name === 'type' ? value : quoted(value));
  return name === 'type' && (older === null || newer === null)
    ? `type ${older ?? 'unknown'} became ${newer ?? 'unknown'}`
    : `${name} ${say(older)} became ${say(newer)}`;
}

/** What a thing's sources say of it that a reader would miss. */
function described(record: EntityRecord): Readonly<Record<string, string | null>> {
  const sources = list(record.assertions.map(({ source }) => source));
  if (record.kind === 'field') {
    const { type, description, tags, controls } = fieldFacts(record);
    return {
      type,
      description,
      tags: list(tags.map(({ tag }) => tagText(tag))),
      'access policies': list(controls.map(({ kind, name }) => `${kind} ${name}`)),
      sources,
    };
  }
  if (record.kind === 'job') {
    const { kind, description, owners } = jobView(record);
    return { kind, description, owners: list(owners), sources };
  }
  const { kind, platform, region, description, owners, tags } = datasetView(record);
  return { kind, platform, region, description, owners: list(owners), tags: list(tags.map(tagText)), sources };
}

function tagText({ name, value }: { readonly name: string; readonly value?: string }): string {
  return value === undefined ? name : `${name}=${value}`;
}

function list(words: readonly string[]): string | null {
  return words.length === 0 ? null : [...new Set(words)].toSorted().join(', ');
}

/** Of texts of SQL only fingerprints are kept beside the job, which nobody reads: said is how many are others. */
function sqlDetails(
  was: ReadonlySet<string>,
  is: ReadonlySet<string>,
): readonly { readonly name: string; readonly before: string; readonly after: string }[] {
  const [come, gone] = [[...is].filter((id) => !was.has(id)).length, [...was].filter((id) => !is.has(id)).length];
  if (come + gone === 0) return [];
  const parts = [...(come > 0 ? [`${come} new or rewritten`] : []), ...(gone > 0 ? [`${gone} no longer there`] : [])];
  return [
    {
      name: 'SQL',
      before: countOf(was.size, 'statement'),
      after: `${countOf(is.size, 'statement')} (${parts.join(', ')})`,
    },
  ];
}

/** Fingerprints of a job's statements: another text, another fingerprint. */
function statementsOf(record: EntityRecord): ReadonlySet<string> {
  return new Set(
    record.assertions.flatMap(({ facets }) => {
      const sql = facets['sql'] as { readonly statements?: readonly { readonly id: string }[] } | undefined;
      return sql?.statements?.map(({ id }) => id) ?? [];
    }),
  );
}
