import type { CallExpr, Expr } from '../ast/nodes.ts';

/** A value and the constant names that lead to a member of it. */
export interface MemberPath {
  readonly base: Expr;
  readonly path: readonly string[];
}

/** Functions whose second argument is a path: `$.a.b[0]`, `a.b`. */
const byPath = new Set(
  'JSON_EXTRACT JSON_VALUE JSON_QUERY JSON_EXTRACT_SCALAR JSON_EXTRACT_STRING GET_JSON_OBJECT GET_PATH JSON_EXTRACT_ARRAY JSON_QUERY_ARRAY JSON_UNQUOTE VARIANT_GET TRY_VARIANT_GET'.split(
    ' ',
  ),
);
/** Functions and signs whose other arguments are names, one a level. */
const byName = new Set(
  (
    '[] -> ->> GET GET_IGNORE_CASE ELEMENT_AT STRUCT_EXTRACT TUPLEELEMENT MAP_EXTRACT JSON_EXTRACT_PATH JSON_EXTRACT_PATH_TEXT ' +
    'JSONB_EXTRACT_PATH JSONB_EXTRACT_PATH_TEXT JSONEXTRACTSTRING JSONEXTRACTINT JSONEXTRACTUINT JSONEXTRACTFLOAT JSONEXTRACTBOOL JSONEXTRACTRAW SIMPLEJSONEXTRACTSTRING'
  ).split(' '),
);

/** The way that a call takes into a structured value; null when it takes none, or one that is not constant. */
export function memberPathOf(call: CallExpr): MemberPath | null {
  const [base, ...rest] = call.args;
  if (base === undefined || rest.length === 0) return null;
  const texts = rest.map((arg) => (arg.kind === 'literal' ? arg : null));
  if (texts.includes(null)) return null;
  const constants = texts.flatMap((text) => (text === null ? [] : [text]));
  const [first] = constants;
  if (call.name === '#>' || call.name === '#>>') {
    const names = /^\{(.*)\}$/s.exec(first?.value ?? '')?.[1];
    return names === undefined ? null : { base, path: names.split(',').map((name) => name.replaceAll('"', '').trim()) };
  }
  if (byPath.has(call.name)) {
    const path = first?.type === 'string' ? jsonPath(first.value) : null;
    return path === null ? null : { base, path };
  }
  if (!byName.has(call.name)) return null;
  // ClickHouse's `tupleElement(t, 2)`, DuckDB's `struct_extract(row, 2)`: members by their places.
  const isByPlace = call.name === 'TUPLEELEMENT' || call.name === 'STRUCT_EXTRACT';
  const names = constants.filter(({ type }) => type === 'string' || isByPlace).map((text) => text.value);
  // MySQL, SQLite, DuckDB: the arrow takes a path as well.
  const arrow = call.name === '->' || call.name === '->>';
  const paths = names.map((name) => (arrow && name.startsWith('$') ? jsonPath(name) : [name]));
  return paths.includes(null) ? null : { base, path: paths.flatMap((path) => path ?? []) };
}

/** The names of `$.a."b c"[0]['d']`; places in arrays are left out. Null for wildcards, filters and anything else. */
export function jsonPath(text: string): readonly string[] | null {
  const names: string[] = [];
  const part =
    /\.?"([^"]+)"|\.?([\p{L}_][\p{L}\p{N}_$-]*)|\[\s*(?:\d+|last)\s*\]|\[\s*'([^']+)'\s*\]|\[\s*"([^"]+)"\s*\]/uy;
  part.lastIndex = /^\s*(?:(?:lax|strict)\s+)?(?:\$\.?)?/i.exec(text)?.[0].length ?? 0;
  while (part.lastIndex < text.length) {
    const found = part.exec(text);
    if (found === null) return null;
    const name = found[1] ?? found[2] ?? found[3] ?? found[4];
    if (name !== undefined) names.push(name);
  }
  return names;
}
