import {
  articles,
  lawsBefore,
  lawsInCapitals,
  ofWords,
  ownRules,
  pluralArticles,
  pluralRecitals,
  recitals,
  requirements,
} from './citation-words.ts';
import { namedAt } from './citation-places.ts';
import { numberAt, provisionsFrom, written } from './citation-lists.ts';
import { isAttached, isEnd, joinAt, tokensOf, type Read, type Token } from './citation-tokens.ts';

/**
 * Reads citations by a small grammar:
 *
 *     citation  = id | section | ("PCI" | requirement) dotted | own dotted | places "of" article | article | recital | law number
 *     article   = ARTICLE provision { join (provision | place) }
 *     provision = number { place }
 *     place     = "(" token ")" | "." token | [","] LEVEL token | ROMAN | letter
 *     join      = "," | "and" | "to" | …
 *
 * A number that a rule of its own leaves open (`Art. 33, 72 hours`) cites only where the sentence ends behind it or a law is
 * named there, or where the word before spoke of several.
 */

/** What a text cites, and where: from (inclusive) and to (exclusive). An id that begins with `*` leaves the regulation open. */
export interface Citation {
  readonly ids: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** The citations of a text, as they follow each other. */
export function citationsIn(text: string): readonly Citation[] {
  const tokens = tokensOf(text);
  const found: Citation[] = [];
  for (let at = 0; at < tokens.length;) {
    const read = citationAt(tokens, at);
    if (read !== null)
      found.push({ ids: read.value, start: tokens[at]?.start ?? 0, end: tokens[read.next - 1]?.end ?? text.length });
    at = read?.next ?? at + 1;
  }
  return found;
}

function citationAt(tokens: readonly Token[], at: number): Read<readonly string[]> | null {
  const token = tokens[at];
  if (token?.kind === 'id') return { value: [token.text], next: at + 1 };
  return (
    sectionAt(tokens, at) ??
    requirementAt(tokens, at) ??
    ownAt(tokens, at) ??
    pointOfAt(tokens, at) ??
    articleAt(tokens, at)
  );
}

/** `164.514(b)`, `1798.140(ae)(1)`: numbers that only one law has. */
function sectionAt(tokens: readonly Token[], at: number): Read<readonly string[]> | null {
  const read = dottedAt(tokens, isOwnWord(tokens[at]) ? at + 1 : at, 3);
  if (read === null) return null;
  const regulation = /^16[024]\.\d{3}$/u.test(read.value)
    ? 'HIPAA'
    : /^1798\.\d{2,3}(?:\.\d{1,3})?$/u.test(read.value)
      ? 'CCPA'
      : null;
  if (regulation === null) return null;
  const { value, next } = provisionsFrom(tokens, read.next, { number: read.value, levels: [] }, null);
  return { value: value.map((one) => `${regulation}:${written(one)}`), next };
}

/** `PCI DSS 8.3.6`, `requirements 3.4 and 3.5.1`. */
function requirementAt(tokens: readonly Token[], at: number): Read<readonly string[]> | null {
  const first = tokens[at];
  if (first?.folded !== 'pci' && !requirements.has(first?.folded ?? '')) return null;
  let next = at + 1;
  const far = first?.folded === 'pci' ? 12 : 2;
  while (
    tokens[next] !== undefined &&
    tokens[next]?.kind !== 'number' &&
    (tokens[next]?.end ?? 0) - (first?.end ?? 0) <= far
  )
    next += 1;
  const ids: string[] = [];
  for (
    let read = dottedAt(tokens, next, 4);
    read !== null;
    read = dottedAt(tokens, joinAt(tokens, next)?.next ?? next, 4)
  ) {
    // Editions have zeros in them, requirements do not.
    if (!/^[1-9]\d?(?:\.[1-9]\d?)+$/u.test(read.value)) break;
    ids.push(`PCI:${read.value}`);
    next = read.next;
    if (joinAt(tokens, next) === null) break;
  }
  return ids.length === 0 ? null : { value: ids, next };
}

function isOwnWord(token: Token | undefined): boolean {
  return token?.text === '§' || ownRules.has(token?.folded ?? '');
}

/** `rule 4.1`, `§ 3`: a number of the user's own rules. */
function ownAt(tokens: readonly Token[], at: number): Read<readonly string[]> | null {
  if (!isOwnWord(tokens[at])) return null;
  const read = dottedAt(tokens, at + 1, 4);
  return read !== null && /^\d{1,3}(?:\.\d{1,3})*$/u.test(read.value)
    ? { value: [`*OWN:${read.value}`], next: read.next }
    : null;
}

/** Numbers with dots between them and nothing else at them: `3.5.1`. */
function dottedAt(tokens: readonly Token[], at: number, most: number): Read<string> | null {
  const parts: string[] = [];
  let next = at;
  while (tokens[next]?.kind === 'number') {
    parts.push(tokens[next]?.text ?? '');
    next += 1;
    if (!isAttached(tokens, next, '.') || tokens[next + 1]?.kind !== 'number' || tokens[next + 1]?.spaced !== false)
      break;
    next += 1;
  }
  const isCut = tokens[next]?.kind === 'word' && tokens[next]?.spaced === false;
  return parts.length === 0 || parts.length > most || isCut ? null : { value: parts.join('.'), next };
}

/** `point (d) of Article 33(3)`, `lettera f) dell'articolo 6`: what is inside stands first. */
function pointOfAt(tokens: readonly Token[], at: number): Read<readonly string[]> | null {
  const inner = namedAt(tokens, at);
  if (inner === null || inner.value.length === 0) return null;
  const inside = provisionsFrom(tokens, inner.next, { number: '', levels: inner.value }, null);
  let next = inside.next;
  if (!ofWords.has(tokens[next]?.folded ?? '')) return null;
  while (ofWords.has(tokens[next]?.folded ?? '') || /^['’]$/u.test(tokens[next]?.text ?? '')) next += 1;
  const around = pointOfAt(tokens, next) ?? articleAt(tokens, next);
  const [outer] = around?.value ?? [];
  if (around === null || outer === undefined) return null;
  return { value: inside.value.map((one) => `${outer}${written(one)}`), next: around.next };
}

/** `Art. 6 Abs. 1 lit. a und f`, `recitals 26 and 30`, `GDPR 17`. */
function articleAt(tokens: readonly Token[], at: number): Read<readonly string[]> | null {
  const word = tokens[at];
  if (word?.kind !== 'word') return null;
  const isLaw = lawsInCapitals.has(word.text) || lawsBefore.has(word.folded) || word.folded === 'dsgvo';
  const isRecital = recitals.has(word.folded);
  if (!isLaw && !isRecital && !articles.has(word.folded)) return null;
  const first = numberAt(tokens, tokens[at + 1]?.text === '.' ? at + 2 : at + 1);
  if (first === null) return null;
  const several = pluralArticles.has(word.folded) || pluralRecitals.has(word.folded);
  const { value, next } = provisionsFrom(
    tokens,
    first.next,
    { number: first.value, levels: [] },
    several ? 'many' : 'one',
  );
  // `GDPR 72 hours`: nothing but its place says that it is an article.
  if (isLaw && !isEnd(tokens, next)) return null;
  return { value: value.map((one) => `*GDPR:${isRecital ? 'R' : ''}${written(one)}`), next };
}
