/** Largest answer that is read: a judgement of forty columns needs a few thousand characters. */
const maxLength = 200_000;
const maxDepth = 20;

/** What is wrong with a text that should be one JSON object; null when nothing is. */
export type JsonReading =
  | { readonly value: unknown; readonly problem: null }
  | {
      readonly value: null;
      readonly problem:
        | 'not JSON'
        | 'a member twice'
        | 'a member that no answer has'
        | 'too long'
        | 'too deep'
        | 'a number out of range';
    };

/**
 * Reads a model's answer. A byte order mark before it and a single code fence around it are taken off; a member that is
 * there twice, a number beyond what can be counted and `__proto__` are refused, because JSON.parse would take the last,
 * infinity, and the prototype.
 */
export function readStrictJson(text: string): JsonReading {
  const bad = (problem: Exclude<JsonReading['problem'], null>): JsonReading => ({ value: null, problem });
  if (text.length > maxLength) return bad('too long');
  // A byte order mark counts as a blank to `trim`, and as a fault to JSON.parse.
  const trimmed = text.trim();
  const fenced = /^```(?:json)?\s*\n?(?<inner>[\s\S]*?)\n?\s*```$/iu.exec(trimmed);
  const bare = (fenced?.groups?.['inner'] ?? trimmed).trim();
  let value: unknown;
  let range = true;
  try {
    value = JSON.parse(bare, (key, member: unknown) => {
      if (typeof member === 'number' && !Number.isFinite(member)) range = false;
      return key === '__proto__' ? undefined : member;
    });
  } catch {
    return bad('not JSON');
  }
  if (!range) return bad('a number out of range');
  return scan(bare) ?? { value, problem: null };
}

/** Walks a text that is known to be JSON and looks at the members of each object. */
function scan(text: string): JsonReading | null {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '{') open.push(new Set());
    else if (char === '[') open.push(null);
    else if (char === '}' || char === ']') open.pop();
    else if (char === '"') {
      const end = endOfString(text, at);
      const members = open.at(-1);
      if (members !== null && members !== undefined && isBeforeColon(text, end + 1)) {
        const name = JSON.parse(text.slice(at, end + 1)) as string;
        if (name === '__proto__') return { value: null, problem: 'a member that no answer has' };
        if (members.has(name)) return { value: null, problem: 'a member twice' };
        members.add(name);
      }
      at = end;
    }
    if (open.length > maxDepth) return { value: null, problem: 'too deep' };
  }
  return null;
}

function isBeforeColon(text: string, from: number): boolean {
  let at = from;
  while (/\s/u.test(text[at] ?? '')) at += 1;
  return text[at] === ':';
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
