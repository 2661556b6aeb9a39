import { printPath, type FieldPath } from '../../../server/model/ids.ts';
import type { WarehouseColumn } from './warehouse.ts';

/** A member of a column whose type is a structure, at any depth. */
export interface StructMember {
  readonly path: FieldPath;
  readonly type: string;
}

/** Structures nested deeper than this are not followed. */
const maxDepth = 8;
/** More members than this in one column are not listed. */
const maxMembers = 5_000;

const lists = /^(?:array|list)$/iu;
const structures = /^(?:struct|row|record)$/iu;

/**
 * The members of a structured type, as Hive and Glue (`struct<a:int,b:array<struct<c:string>>>`), Spark, Trino
 * (`row("a" bigint, b array(row(c varchar)))`) and DuckDB (`STRUCT(a INTEGER, "b c" VARCHAR)[]`) write it. Lists give the
 * members of what they hold; maps and unions are not taken apart. A type that cannot be read has no members.
 */
export function structMembers(column: FieldPath, type: string): readonly StructMember[] {
  const found = new Map<string, StructMember>();
  collect(column, type, found, 0);
  return [...found.values()];
}

/** A column and, as columns of their own without a comment, the members of its structured type. */
export function withMembers(column: WarehouseColumn): readonly WarehouseColumn[] {
  const { relation, ordinal, type } = column;
  const members = structMembers(column.path, type ?? '').map((member): WarehouseColumn => ({
    relation,
    path: member.path,
    type: member.type,
    ordinal,
    nullable: null,
    comment: null,
  }));
  return [column, ...members];
}

function collect(path: FieldPath, type: string, found: Map<string, StructMember>, depth: number): void {
  if (depth >= maxDepth) return;
  const plain = type
    .trim()
    .replace(/(?:\[\d*\])+$/u, '')
    .trim();
  const open = plain.search(/[<(]/u);
  if (open < 0 || !/[>)]$/u.test(plain)) return;
  const word = plain.slice(0, open).trim();
  const inside = plain.slice(open + 1, -1);
  if (lists.test(word)) return collect(path, inside, found, depth + 1);
  if (!structures.test(word)) return;
  for (const part of partsOf(inside)) {
    const member = memberOf(part);
    if (member === null || found.size >= maxMembers) return;
    const own = [...path, member.name];
    const key = printPath(own);
    if (found.has(key)) continue;
    found.set(key, { path: own, type: member.type });
    collect(own, member.type, found, depth + 1);
  }
}

/** Cuts at the commas that stand in no bracket and no quotes. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === '`' || char === "'") quote = char;
    else if ('<(['.includes(char)) depth += 1;
    else if ('>)]'.includes(char)) depth -= 1;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** `a:int`, `a int`, `"a b" int`, `` `a`:int ``; null for a type without a name. */
function memberOf(part: string): { readonly name: string; readonly type: string } | null {
  const quoted = /^(["`])((?:(?!\1)[^]|\1\1)*)\1\s*:?\s*/u.exec(part);
  if (quoted !== null) {
    const [whole, mark = '', name = ''] = quoted;
    return named(name.replaceAll(mark + mark, mark), part.slice(whole.length));
  }
  const single = part.replaceAll(/\s+/gu, ' ');
  const before = /^([^ :<>(),]+) ?: ?/u.exec(single) ?? spaced.exec(single);
  return before === null ? null : named(before[1] ?? '', single.slice(before[0].length));
}

/** Trino quotes no name: `post code varchar`. The name ends where what follows is one type. */
const spaced =
  /^([^:<>(),]+?) (?=(?:(?:timestamp|time)(?:\s*\(\d+\))?(?:\s+with(?:out)?(?:\s+local)?\s+time\s+zone)?|interval\s+(?:day\s+to\s+second|year\s+to\s+month)|double\s+precision|[\p{L}_][\p{L}\p{N}_]*\s*(?:\([^]*\)|<[^]*>)?(?:\[\d*\])*)\s*(?:comment\s+'[^]*')?$)/iu;

function named(name: string, type: string): { readonly name: string; readonly type: string } | null {
  const trimmed = type.replace(/\s+comment\s+'(?:[^']|'')*'\s*$/iu, '').trim();
  return name === '' || trimmed === '' ? null : { name, type: trimmed };
}
