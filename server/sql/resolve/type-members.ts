import { column, lazily, own } from './rowset.ts';
import type { ColumnSlot } from './rowset.ts';

/** A member that a type declares. */
export interface TypeMember {
  readonly name: string;
  readonly type: string;
}

const structs = /^(?:struct|row|record|object|nested|tuple)\s*([<(])/i;
const lists = /^(?:array|list|nullable)\s*([<(])/i;

/**
 * The members of `STRUCT<a INT, b STRING>`, `struct<a:int>`, `ROW(a INT)`, `Tuple(a Int8)`, and of a list of such; null for any
 * other type. Nested brackets and quotes are kept together.
 */
export function typeMembers(type: string): readonly TypeMember[] | null {
  const text = type.trim();
  const list = lists.exec(text);
  if (list !== null) return typeMembers(text.slice(list[0].length, -1));
  if (text.endsWith('[]')) return typeMembers(text.slice(0, -2));
  const opening = structs.exec(text);
  if (opening === null || !/[>)]$/.test(text)) return null;
  const members = pieces(text.slice(opening[0].length, -1)).map((piece) => {
    const found = /^\s*(?:"([^"]+)"|`([^`]+)`|([\p{L}_][\p{L}\p{N}_$]*))\s*:?\s*(.+)$/su.exec(piece);
    const name = found?.[1] ?? found?.[2] ?? found?.[3];
    return name === undefined ? null : { name, type: (found?.[4] ?? '').trim() };
  });
  return members.length === 0 || members.includes(null) ? null : members.flatMap((member) => member ?? []);
}

/** The parts between the commas outside of brackets and quotes. */
function pieces(text: string): readonly string[] {
  const found: string[] = [];
  let [depth, from] = [0, 0];
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (/["'`]/.test(sign)) quote = sign;
    else if (/[<([]/.test(sign)) depth += 1;
    else if (/[>)\]]/.test(sign)) depth -= 1;
    else if (sign === ',' && depth === 0) {
      found.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...found, text.slice(from)];
}

/** A known table's column; the members that its type declares are named `column.member`. */
export function typedColumn(table: string, name: string, type: string, path = name): ColumnSlot {
  const members = type === '' || type.length > 20_000 ? null : typeMembers(type);
  const slot = column(name, [own(table, path)]);
  if (members === null) return slot;
  return {
    ...slot,
    members: lazily(() =>
      members.map((member) => typedColumn(table, member.name, member.type, `${path}.${member.name}`)),
    ),
  };
}
