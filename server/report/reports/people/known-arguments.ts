import type { Uid } from '../../../model/ids.ts';
import type { LineageGraph } from '../../../model/lineage-graph.ts';
import type { PathStep } from '../../../query/path.ts';
import { castToText, trimsOfBlanks, type IdentifierForm } from './identifier-forms.ts';

/** True where a look at the statements may tell what the functions were given, and nothing else stands in the way. */
export function mayBeSettled({ functions, treated }: IdentifierForm): boolean {
  return treated === null && functions.some((name) => name === 'CAST' || Object.hasOwn(trimsOfBlanks, name));
}

/**
 * The form with what its functions were given, where the statements on the way say it of every call of that name: trimming of
 * blanks, a cast to text of any length. Where they do not, or the steps are not those of the form, it stays as it is.
 */
export function settledForm(form: IdentifierForm, steps: readonly PathStep[]): IdentifierForm {
  const chain = steps.flatMap(({ fn, statement, to }) => {
    const text = partsAbout(to, statement?.toLowerCase() ?? '');
    const names = fn.split('>').filter((name) => name !== '');
    return names.map((name) => ({ name, statement: text }));
  });
  if (chain.map(({ name }) => name).join('>') !== form.functions.join('>')) return form;
  return { ...form, functions: chain.map(({ name, statement }) => settled(name, statement)) };
}

/** True where one edge after the other is the only one into its field: then the one way that is asked for is the way. */
export function isOnlyWay({ edges, direction }: LineageGraph, origin: Uid, place: Uid): boolean {
  const down = direction === 'DOWNSTREAM';
  const seen = new Set<Uid>();
  for (let at = place; at !== origin;) {
    const own = edges.filter(({ from, to }) => (down ? to : from) === at);
    const [edge] = own;
    if (edge === undefined || own.length > 1 || seen.has(at)) return false;
    seen.add(at);
    at = down ? edge.from : edge.to;
  }
  return true;
}

/** Of a script, the statements that name the table of a field (`dw.people.mail`); all where none does. */
function partsAbout(field: string, script: string): string {
  const table = field.toLowerCase().split('.').at(-2) ?? '';
  const about = script.split(';').filter((part) => table !== '' && part.match(/[\p{L}\p{N}_$]+/gu)?.includes(table));
  return about.length === 0 ? script : about.join(';');
}

function settled(name: string, statement: string): string {
  if (name === 'CAST') return castsToText(statement) ? castToText : name;
  const plain = trimsOfBlanks[name];
  return plain !== undefined && trimsBlanks(statement, name.toLowerCase()) ? plain : name;
}

/** Every call of that name has one argument and says of no other character that it is trimmed. */
function trimsBlanks(statement: string, name: string): boolean {
  const calls = [...statement.matchAll(new RegExp(`(?<![\\w.])${name}\\s*\\(`, 'gu'))];
  return (
    calls.length > 0 &&
    calls.every((call) => {
      const inside = argumentsFrom(statement, call.index + call[0].length);
      return inside !== null && !/^\s*(?:both|leading|trailing)\b|\bfrom\b|\0/u.test(inside);
    })
  );
}

/** What stands in the parentheses that are open at a place, its own commas as NUL; calls inside are left out. Null: never closed. */
function argumentsFrom(text: string, start: number): string | null {
  let depth = 0;
  let inside = '';
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === ')' && depth === 0) return inside;
    if (char === ')') depth -= 1;
    if (depth === 0) inside += char === ',' ? '\0' : char;
    if (char === '(') depth += 1;
  }
  return null;
}

const textTypes = /^(?:text|string|varchar|character varying|nvarchar|longtext|clob)$/u;

/** Every cast of the statement is one to text, of no length that it would be cut to. */
function castsToText(statement: string): boolean {
  const named = [...statement.matchAll(/\b(?:try_|safe_)?cast\s*\(/gu)].map((call) => {
    const inside = argumentsFrom(statement, call.index + call[0].length) ?? '';
    // A length in parentheses leaves them behind: no type of the list ends with them.
    return /\bas\s+([a-z][\w ]*\(?\)?)\s*$/u.exec(inside)?.[1] ?? '';
  });
  const short = [...statement.matchAll(/::\s*((?:character\s+varying|\w+)(?:\s*\()?)/gu)].map(([, type = '']) => type);
  const all = [...named, ...short].map((type) => type.replaceAll(/\s+/gu, ' '));
  return all.length > 0 && all.every((type) => textTypes.test(type));
}
