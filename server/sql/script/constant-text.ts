import type { Expr } from '../ast/nodes.ts';

/** Stands for a part that is known only at run time: a variable wherever a value may stand. */
export const unknownPart = ':run_time';

/** The texts a string expression may have; null when nothing of it is constant. */
export function constantTexts(expr: Expr, constants: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const texts = fold(expr, constants);
  const isKnown = texts?.some((text) => !text.includes(unknownPart) || text.replaceAll(unknownPart, '').trim() !== '');
  return isKnown === true ? texts : null;
}

const most = 4;

function fold(expr: Expr, constants: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  switch (expr.kind) {
    case 'literal':
      return expr.type === 'other' ? null : [expr.value];
    case 'variable':
      return constants.get(expr.name.toLowerCase().replace(/^:/, '')) ?? null;
    case 'column':
      return expr.parts.length === 1 ? (constants.get((expr.parts[0]?.text ?? '').toLowerCase()) ?? null) : null;
    case 'cast':
    case 'named':
      return fold(expr.kind === 'cast' ? expr.arg : expr.value, constants);
    case 'call':
      return foldCall(expr.name, expr.args, constants);
    default:
      return null;
  }
}

function foldCall(
  name: string,
  args: readonly Expr[],
  constants: ReadonlyMap<string, readonly string[]>,
): readonly string[] | null {
  switch (name) {
    case '||':
    case '+':
    case 'CONCAT':
      return join(args.map((arg) => fold(arg, constants) ?? [unknownPart]));
    case 'FORMAT':
    case 'FORMATMESSAGE':
      return foldFormat(args, constants);
    case 'QUOTE_IDENT':
    case 'QUOTENAME':
    case 'TRIM':
    case 'RTRIM':
    case 'LTRIM':
    case 'DBMS_ASSERT.SQL_OBJECT_NAME':
    case 'DBMS_ASSERT.ENQUOTE_NAME':
      return args[0] === undefined ? null : fold(args[0], constants);
    case 'CHR':
    case 'CHAR':
      return args[0]?.kind === 'literal' ? [' '] : null;
    default:
      return null;
  }
}

/** All ways to put one text of each list behind the other, but no more than a few. */
function join(parts: readonly (readonly string[])[]): readonly string[] {
  let texts: readonly string[] = [''];
  for (const part of parts) texts = texts.flatMap((text) => part.map((piece) => text + piece)).slice(0, most);
  return texts;
}

/** PostgreSQL's format(): `%s`, `%I`, `%L` with or without positions. */
function foldFormat(
  args: readonly Expr[],
  constants: ReadonlyMap<string, readonly string[]>,
): readonly string[] | null {
  const [first, ...rest] = args;
  const templates = first === undefined ? null : fold(first, constants);
  if (templates === null) return null;
  const values = rest.map((arg) => fold(arg, constants)?.[0] ?? null);
  return templates.map((template) => {
    let at = 0;
    return template.replaceAll(
      /%(?:(\d+)\$)?([sILd%])|\{(\d*)\}/g,
      (all, position: string | undefined, kind: string | undefined) => {
        if (kind === '%') return '%';
        const value = position === undefined ? values[at] : values[Number(position) - 1];
        at += 1;
        if (value === null || value === undefined) return unknownPart;
        return kind === 'L' ? `'${value.replaceAll("'", "''")}'` : all === '' ? all : value;
      },
    );
  });
}
