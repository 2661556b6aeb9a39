import { apply, merge } from './inputs.ts';
import { findColumn, tailsFor, throughTail } from './rowset.ts';
import type { Input, Step } from './inputs.ts';
import type { ColumnSlot, Rowset } from './rowset.ts';

const step: Step = { kind: 'TRANSFORMATION', effect: 'keep', fn: '' };

/** What the member of a structured value is made from: of a value whose members are not known, all that it is made from. */
export function memberInputs(slot: ColumnSlot, path: readonly string[]): readonly Input[] {
  const members = path.length === 0 ? null : (slot.members?.() ?? null);
  const [name, ...rest] = path;
  if (name === undefined) return slot.inputs;
  const found = members === null ? null : pickMember(members, name);
  return found === null ? apply(slot.inputs, step) : memberInputs(found, rest);
}

/** The member of that name, or of that place from 1 on; null when it is not known to be there. */
export function pickMember(members: Rowset, name: string): ColumnSlot | null {
  const found = findColumn(members, name);
  if (found !== null) return found;
  if (/^[1-9]\d{0,3}$/.test(name) && members.every((slot) => slot.kind === 'column'))
    return members[Number(name) - 1] ?? null;
  const tails = tailsFor(members, name);
  if (tails.length === 0) return null;
  return { kind: 'column', name, named: true, inputs: merge(...tails.map((slot) => throughTail(slot, name))) };
}
