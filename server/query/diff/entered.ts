import { canonicalJson, type Json } from '../../model/json.ts';
import type { ChangeRecord } from '../../stores/graph/graph-store.ts';
import { byText, inOrder, type DiffItem } from './diff.ts';
import { members, textMember, type DiffWindow } from './window.ts';

/** What people entered, changed or took back: stops, waivers, purposes, facts of the governance folder. */
export function diffEntered(window: DiffWindow): readonly DiffItem[] {
  const rows = window.rows.filter(({ table }) => table === 'entered');
  const groups = Map.groupBy(rows, ({ uid, body }) => JSON.stringify([uid, textMember(body, 'kind')]));
  const items = [...groups.values()].flatMap((group): readonly DiffItem[] => {
    const was = group.find(({ change }) => change === 'closed');
    const is = group.find(({ change }) => change === 'opened');
    const row = is ?? was;
    if (row === undefined) return [];
    const what = subjectOf(window, row);
    if (what === null) return [];
    const kind = (textMember(row.body, 'kind') ?? 'entry').replaceAll('-', ' ');
    const by = actorOf(row);
    if (was === undefined) return [{ change: 'new', what, says: `${kind} entered by ${by}`, details: [] }];
    if (is === undefined) return [{ change: 'gone', what, says: `${kind} taken back`, details: [] }];
    const details = differing(bodyOf(was), bodyOf(is));
    if (details.length === 0) return [];
    const names = details.map(({ name }) => name).join(', ');
    return [{ change: 'changed', what, says: `${kind} changed by ${by}: ${names}`, details }];
  });
  return inOrder(items);
}

/** The thing's name; what stands for itself (an entity of the governance folder) is called by its own. */
function subjectOf(window: DiffWindow, row: ChangeRecord): string | null {
  const record = window.known(row.uid);
  if (record !== undefined) return window.nameOf(row.uid);
  const { name, id } = bodyOf(row);
  return typeof name === 'string' ? name : typeof id === 'string' ? id : row.uid;
}

function bodyOf({ body }: ChangeRecord): Readonly<Record<string, Json>> {
  return members(members(body)['body']);
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
