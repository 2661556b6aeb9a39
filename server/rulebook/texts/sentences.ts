/** Where a sentence stands in a text; the end is exclusive. */
export interface SentenceSpan {
  readonly start: number;
  readonly end: number;
}

/** A full stop after these ends no sentence. */
const shortForms =
  /(?:^|[\s(])(?:art|arts|no|nos|nr|para|paras|sec|secs|sect|abs|buchst|lit|ziff|unterabs|cf|e\.g|i\.e|etc|u\.s|u\.s\.c|c\.f\.r|cal|civ|gov|inc|co|mr|ms|dr|st|vgl|z\.\s?b|d\.\s?h|u\.\s?a|i\.\s?d\.\s?r|bzw|ggf|usw|p|pp|vol|ch|reg|stat|amend|approx)\.$/iu;
const boundary = /(?:[.!?;]["”’»)]*|[:](?=\n))(?=\s|$)/gu;

/**
 * The sentences of a passage: a citation points at one of them. Ends at `.`, `!`, `?`, `;` and at the points of a list;
 * abbreviations, numbers and single letters do not end one. White space around a sentence is no part of it.
 */
export function sentencesOf(text: string): readonly SentenceSpan[] {
  const spans: SentenceSpan[] = [];
  let from = 0;
  const take = (end: number): void => {
    const raw = text.slice(from, end);
    const start = from + (raw.length - raw.trimStart().length);
    const stop = from + raw.trimEnd().length;
    if (stop > start) spans.push({ start, end: stop });
    from = end;
  };
  for (const match of text.matchAll(boundary)) {
    const end = match.index + match[0].length;
    const before = text.slice(Math.max(0, end - 14), end);
    if (match[0].startsWith(';') && standsInBrackets(text, from, match.index)) continue;
    if (match[0].startsWith('.') && (shortForms.test(before) || /(?:^|[\s(§])(?:\p{L}|\d{1,3})\.$/u.test(before)))
      continue;
    take(end);
  }
  take(text.length);
  return spans;
}

/** A bracket that closes within so many characters holds what stands in it together. */
const longestBracket = 300;

/** Does a place lie in brackets that were opened after `from` and are closed again? */
function standsInBrackets(text: string, from: number, at: number): boolean {
  const before = text.slice(from, at);
  const opened = before.lastIndexOf('(');
  if (opened < 0 || before.includes(')', opened)) return false;
  const closed = text.indexOf(')', at);
  return closed >= 0 && closed - at <= longestBracket && !text.slice(at, closed).includes('(');
}
