import type { TextLine } from './clean-pages.ts';

/** A section's heading as it was chosen among all lines that look like one. */
export interface SectionLines {
  readonly section: string;
  readonly heading: string;
  readonly lines: readonly TextLine[];
  /** Nothing but its heading was found: a reserved number, or an entry of a list of contents. */
  readonly isEmpty: boolean;
}

export interface SectionStyle {
  /** First group: the section; second: the rest of the line. */
  readonly heading: RegExp;
  /** Numbers that sort as the sections do. */
  readonly order: (section: string) => readonly number[];
  /** Does the text begin on the line of the heading? Otherwise the rest of the line, and what follows it, is a title. */
  readonly textInline: boolean;
  /** The heading of a part of several sections: what follows it up to the next section is of neither. */
  readonly partHeading?: RegExp;
}

interface Candidate {
  readonly line: number;
  readonly section: string;
  readonly rest: string;
  readonly order: readonly number[];
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    if (x !== y) return x < y;
  }
  return false;
}

/** Lists of contents end in dots and a page number. */
const contents = /\.{4,}|\.\s\.\s\.|\s\d{1,3}$/u;

/**
 * Finds the sections of a document. A number occurs as a heading, in lists of contents and in cross-references; chosen is
 * the chain of rising numbers that holds most text, so that a reference at the beginning of a line is no heading.
 */
export function sectionsOf(lines: readonly TextLine[], style: SectionStyle): readonly SectionLines[] {
  const candidates: Candidate[] = [];
  for (const [line, { text }] of lines.entries()) {
    const [, section, rest = ''] = style.heading.exec(text) ?? [];
    if (section !== undefined && !/\.{4,}|(?:\.\s){3,}/u.test(rest))
      candidates.push({ line, section, rest, order: style.order(section) });
  }
  const weight = candidates.map(({ line }, i) => {
    const end = candidates[i + 1]?.line ?? lines.length;
    const size = lines.slice(line, end).reduce((sum, { text }) => sum + (contents.test(text) ? 0 : text.length), 0);
    return 300 + Math.min(size, 20_000);
  });
  const best: number[] = [];
  const from: number[] = [];
  for (const [i, candidate] of candidates.entries()) {
    best[i] = weight[i] ?? 0;
    from[i] = -1;
    for (let j = 0; j < i; j += 1) {
      const before = candidates[j];
      if (before === undefined || !isBefore(before.order, candidate.order)) continue;
      const sum = (best[j] ?? 0) + (weight[i] ?? 0);
      if (sum > (best[i] ?? 0)) {
        best[i] = sum;
        from[i] = j;
      }
    }
  }
  const chain: Candidate[] = [];
  for (let i = best.indexOf(Math.max(...best)); i >= 0; i = from[i] ?? -1) {
    const candidate = candidates[i];
    if (candidate !== undefined) chain.unshift(candidate);
  }
  return chain.map((candidate, i) => {
    const end = chain[i + 1]?.line ?? lines.length;
    const body = beforePart(lines.slice(candidate.line + 1, end), style.partHeading);
    const page = lines[candidate.line]?.page ?? null;
    if (style.textInline) {
      const { heading, rest } = inlineTitle(candidate.rest, body);
      const own = rest.first === '' ? rest.more : [{ text: rest.first, page }, ...rest.more];
      return { section: candidate.section, heading, lines: own, isEmpty: own.length === 0 };
    }
    const { title, rest } = titleOf(candidate.rest, body);
    return { section: candidate.section, heading: title, lines: rest, isEmpty: rest.length === 0 };
  });
}

/** The lines of a section without the headings of the part that begins behind it, and what is said of that part. */
function beforePart(lines: readonly TextLine[], heading: RegExp | undefined): readonly TextLine[] {
  const at = heading === undefined ? -1 : lines.findIndex(({ text }) => heading.test(text));
  return at < 0 ? lines : lines.slice(0, at);
}

/** A title goes on until a line that ends it with a full stop, or a line that begins the text. */
function titleOf(
  first: string,
  body: readonly TextLine[],
): { readonly title: string; readonly rest: readonly TextLine[] } {
  const title = [first];
  let taken = 0;
  while (taken < 4 && !/[.\]]$/u.test(title.at(-1) ?? '') && !/^(?:\(|\d+\.\s)/u.test(body[taken]?.text ?? '(')) {
    title.push(body[taken]?.text ?? '');
    taken += 1;
  }
  return { title: title.join(' ').trim(), rest: body.slice(taken) };
}

/** `1798.194. This title shall …`: text without a title. A title holds no verb of duty and is not ended by a full stop. */
function inlineTitle(
  first: string,
  body: readonly TextLine[],
): { readonly heading: string; readonly rest: { readonly first: string; readonly more: readonly TextLine[] } } {
  const isText =
    /\b(?:shall|is|are|may|has|have|means|whenever|any|no|for each|notwithstanding)\b/iu.test(first) ||
    /[,.;]$/u.test(first);
  if (first === '' || isText) return { heading: '', rest: { first, more: body } };
  const heading = [first];
  let taken = 0;
  while (taken < 2 && !/^(?:\(|For purposes|A |The |An |This )/u.test(body[taken]?.text ?? '(')) {
    heading.push(body[taken]?.text ?? '');
    taken += 1;
  }
  return { heading: heading.join(' '), rest: { first: '', more: body.slice(taken) } };
}
