import type { ParsedProvision } from './parsed-text.ts';

/** A provision in the making: a number, its own words, and what stands below it. */
export interface ProvisionNode {
  readonly number: string;
  /** Its own words: lead text before the points, and what follows them. */
  readonly lead: string;
  readonly page: number | null;
  readonly points: readonly ProvisionNode[];
}

/** A text written out with all its points is one passage up to this many characters; a longer one is its lead. */
const longestPassage = 1_800;

/** Writes provisions one after another into one text and remembers where each stands. */
export interface TextWriter {
  /** Adds an article, section or recital with everything below it. */
  add(node: ProvisionNode, heading: string): void;
  readonly provisions: readonly ParsedProvision[];
  text(): string;
}

export function createTextWriter(): TextWriter {
  const provisions: ParsedProvision[] = [];
  const parts: string[] = [];
  let length = 0;
  const write = (text: string): void => {
    parts.push(text);
    length += text.length;
  };
  const put = (node: ProvisionNode, heading: string): string => {
    const start = length;
    const at = provisions.length;
    const own: ParsedProvision = { number: node.number, heading, text: '', page: node.page, span: [start, start] };
    provisions.push(own);
    const lead = node.lead.trim();
    if (lead !== '') write(`${lead}\n`);
    const whole = [lead, ...node.points.map((point) => put(point, heading))].filter((text) => text !== '').join('\n');
    const isWhole = whole.length <= longestPassage || lead === '' || node.points.length === 0;
    const text = isWhole ? whole : lead;
    provisions[at] = { ...own, text, span: [start, start + text.length] };
    return whole;
  };
  return {
    provisions,
    text: () => parts.join(''),
    add(node, heading) {
      if (heading !== '') write(`${heading}\n`);
      put(node, heading);
      write('\n');
    },
  };
}
