import { mostTexts } from '../statement/held.ts';
import { withoutGaps } from './gaps.ts';
import type { Expr } from '../ast/nodes.ts';
import type { Texts } from '../statement/held.ts';

/** What is known of the texts of a script. */
export interface KnownTexts {
  /** What a variable may hold as text; null: nothing was ever put into it. */
  of(variable: string): Texts | null;
  /** The name that stands for an expression which only a run knows. */
  gap(expr: Expr): string;
}

/** The texts a string expression may have, gaps in them; null when nothing of it is constant. */
export function constantTexts(expr: Expr, known: KnownTexts): Texts | null {
  const texts = fold(expr, known);
  if (texts === null) return null;
  const told = texts.filter((text) => withoutGaps(text).trim() !== '' || text === '');
  if (told.every((text) => text === '') && told.length < texts.length) return null;
  return { known: told.slice(0, mostTexts), isOpen: told.length < texts.length || told.length > mostTexts };
}

/** All a value may be, the unknown among them; one more than are followed, so that too many can be told. */
type Folded = readonly string[] | null;

function fold(expr: Expr, known: KnownTexts): Folded {
  switch (expr.kind) {
    case 'literal':
      return expr.type === 'other' ? null : [expr.value];
    case 'variable':
      return foldVariable(expr, known.of(expr.name), known);
    case 'column':
      return expr.parts.length === 1 ? foldVariable(expr, known.of(expr.parts[0]?.text ?? ''), known) : null;
    case 'cast':
    case 'named':
      return fold(expr.kind === 'cast' ? expr.arg : expr.value, known);
    case 'case':
      return expr.values.flatMap((value) => fold(value, known) ?? [known.gap(value)]);
    case 'call':
      return foldCall(expr.name, expr.args, known);
    default:
      return null;
  }
}

/** What is quoted as a literal is a value. */
function gapOf(expr: Expr, known: KnownTexts): string {
  const isValue = expr.kind === 'call' && /^QUOTE(?:_LITERAL|_NULLABLE)?$/.test(expr.name);
  return isValue ? `'${known.gap(expr)}'` : known.gap(expr);
}

function foldVariable(expr: Expr, texts: Texts | null, known: KnownTexts): Folded {
  if (texts === null || texts.known.length === 0) return null;
  return texts.isOpen ? [...texts.known, known.gap(expr)] : texts.known;
}

function foldCall(name: string, args: readonly Expr[], known: KnownTexts): Folded {
  switch (name) {
    case '||':
    case '+':
    case 'CONCAT':
      return join(args.map((arg) => fold(arg, known) ?? [gapOf(arg, known)]));
    case 'FORMAT':
    case 'FORMATMESSAGE':
      return foldFormat(args, known);
    case 'QUOTE_IDENT':
    case 'QUOTENAME':
    case 'TRIM':
    case 'RTRIM':
    case 'LTRIM':
    case 'DBMS_ASSERT.SQL_OBJECT_NAME':
    case 'DBMS_ASSERT.ENQUOTE_NAME':
      return args[0] === undefined ? null : fold(args[0], known);
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
  for (const part of parts) texts = texts.flatMap((text) => part.map((piece) => text + piece)).slice(0, mostTexts + 1);
  return texts;
}

/** PostgreSQL's format(): `%s`, `%I`, `%L` with or without positions. */
function foldFormat(args: readonly Expr[], known: KnownTexts): Folded {
  const [first, ...rest] = args;
  const templates = first === undefined ? null : fold(first, known);
  if (templates === null) return null;
  const values = rest.map((arg) => onlyText(fold(arg, known)) ?? { gap: known.gap(arg) });
  return templates.map((template) => {
    let at = 0;
    return template.replaceAll(
      /%(?:(\d+)\$)?([sILd%])|\{(\d*)\}/g,
      (all, position: string | undefined, kind: string | undefined) => {
        if (kind === '%') return '%';
        const value = position === undefined ? values[at] : values[Number(position) - 1];
        at += 1;
        if (value === undefined) return all;
        if (typeof value !== 'string') return kind === 'L' ? `'${value.gap}'` : value.gap;
        return kind === 'L' ? `'${value.replaceAll("'", "''")}'` : all === '' ? all : value;
      },
    );
  });
}

/** Of several texts none is put into a format: which of them it is, only a run knows. */
function onlyText(texts: Folded): string | null {
  return texts?.length === 1 ? (texts[0] ?? null) : null;
}
