import { canonicalJson, type Json } from '../../model/json.ts';
import type { ChangeRecord } from '../../stores/graph/graph-store.ts';
import type { QueryContext } from '../context.ts';
import { categoryLabel } from '../labels.ts';
import { NONE } from '../../model/classification.ts';
import { enteredWords, type EnteredWords, type Wording } from './entered-words.ts';
import { byText, inOrder, type DiffItem } from './diff.ts';
import { isUid, members, textMember, type DiffWindow } from './window.ts';

/**
 * What people entered, changed or took back: decisions, stops, purposes, facts of the governance folder. Decisions and stops read
 * as sentences; of anything else the members are told.
 */
export function diffEntered(context: Pick<QueryContext, 'taxonomy'>, window: DiffWindow): readonly DiffItem[] {
  const rows = window.rows.filter(({ table }) => table === 'entered');
  const groups = Map.groupBy(rows, ({ uid, body }) => JSON.stringify([uid, textMember(body, 'kind')]));
  const items = [...groups.values()].flatMap((group): readonly DiffItem[] => {
    const was = group.find(({ change }) => change === 'closed');
    const is = group.find(({ change }) => change === 'opened');
    const row = is ?? was;
    const what = row === undefined ? null : subjectOf(window, row);
    if (row === undefined || what === null) return [];
    const kind = (textMember(row.body, 'kind') ?? 'entry').replace(/\/.*$/u, '');
    const say = (one: ChangeRecord | undefined): EnteredWords | null =>
      one === undefined ? null : enteredWords(kind, entryOf(one), wordingOf(context, window, one));
    const [before, after] = [say(was), say(is)];
    return before === null && after === null
      ? memberItems(window, { what, kind: kind.replaceAll('-', ' '), was, is })
      : sentenceItems(what, before, after);
  });
  return inOrder(items);
}

function wordingOf({ taxonomy }: Pick<QueryContext, 'taxonomy'>, window: DiffWindow, row: ChangeRecord): Wording {
  return {
    by: actorOf(row),
    label: (category) => (category === NONE ? 'nothing sensitive' : categoryLabel(category, taxonomy)),
    thing: (uid) => (isUid(uid) ? (window.nameOf(uid) ?? notNamed) : notNamed),
  };
}

function sentenceItems(what: string, was: EnteredWords | null, is: EnteredWords | null): readonly DiffItem[] {
  const details = differing(was?.pieces ?? {}, is?.pieces ?? {});
  if (was === null) return is === null ? [] : [{ change: 'new', what, says: is.says, details }];
  if (is === null) return [{ change: 'gone', what, says: `no longer stands: ${was.ended}`, details }];
  if (details.length === 0) return [];
  const isSameAct = is.act !== null && is.act === was.act;
  const over = details.flatMap(({ name, before, after }) => (after === null ? [`${name} ${before ?? ''}`] : []));
  const says = isSameAct ? `ended in part (${over.join(', ')}): ${was.ended}` : `${is.says}. Before: ${was.ended}`;
  return [{ change: 'changed', what, says, details }];
}

/** An entry of a kind that is not put in words: what its members say. */
function memberItems(
  window: DiffWindow,
  { what, kind, was, is }: { what: string; kind: string; was: ChangeRecord | undefined; is: ChangeRecord | undefined },
): readonly DiffItem[] {
  const details = differing(
    was === undefined ? {} : wordsOf(window, bodyOf(was)),
    is === undefined ? {} : wordsOf(window, bodyOf(is)),
  );
  if (is === undefined)
    return [{ change: 'gone', what, says: `${kind} taken back or run out${listed(details, 'before')}`, details }];
  const by = actorOf(is);
  if (was === undefined)
    return [{ change: 'new', what, says: `${kind} entered by ${by}${listed(details, 'after')}`, details }];
  if (details.length === 0) return [];
  return [
    {
      change: 'changed',
      what,
      says: `${kind} changed by ${by}: ${details.map(({ name }) => name).join(', ')}`,
      details,
    },
  ];
}

/** Members that only machines read. */
const unread: ReadonlySet<string> = new Set(['id', 'key', 'name']);

/** A thing that an entry names and that the viewer may not see, or that nobody knows any longer. */
const notNamed = '(a thing that cannot be named to you)';

const namesOf: Readonly<Record<string, string>> = { expiresAt: 'until', to: 'only towards' };

/** Members and letters of a new or ended entry that its sentence says, at most. */
const saidMembers = 6;
const saidLetters = 160;

/** `: category user.name, until 2027-06-30, reason …`. */
function listed(details: DiffItem['details'], side: 'before' | 'after'): string {
  const said = details
    .slice(0, saidMembers)
    .map(({ name, [side]: value }) => `${name} ${(value ?? '').replaceAll(/\s+/gu, ' ').slice(0, saidLetters)}`);
  return said.length === 0 ? '' : `: ${said.join(', ')}`;
}

/** Members under the names that people know them by; identities as the names of the things. */
function wordsOf(window: DiffWindow, body: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]): readonly (readonly [string, Json])[] => {
      if (unread.has(name) || value === null) return [];
      return [[namesOf[name] ?? name, isUid(value) ? (window.nameOf(value) ?? notNamed) : value]];
    }),
  );
}

/** The thing's name; what stands for itself (an entity of the governance folder) is called by its own. */
function subjectOf(window: DiffWindow, row: ChangeRecord): string | null {
  const record = window.known(row.uid);
  if (record !== undefined) return window.nameOf(row.uid);
  const { name, id } = bodyOf(row);
  return typeof name === 'string' ? name : typeof id === 'string' ? id : notNamed;
}

function entryOf({ body }: ChangeRecord): Json | undefined {
  return members(body)['body'];
}

function bodyOf(row: ChangeRecord): Readonly<Record<string, Json>> {
  return members(entryOf(row));
}

function actorOf({ body }: ChangeRecord): string {
  return textMember(members(body)['actor'], 'id') ?? 'nobody named';
}

function differing(before: Readonly<Record<string, Json>>, after: Readonly<Record<string, Json>>): DiffItem['details'] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted(byText).flatMap((name) => {
    const [older, newer] = [textOf(before[name]), textOf(after[name])];
    return older === newer ? [] : [{ name, before: older, after: newer }];
  });
}

function textOf(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : canonicalJson(value);
}
