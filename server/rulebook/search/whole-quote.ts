import { listPointsOf, type Sentenced } from './list-points.ts';

/** A list or a sentence before is taken along as long as the quotation stays this short. */
const longest = 700;
const conjunction = /^(?:and|or|und|oder|sowie|et|ou|y|o|e)\s+(?=\(|\d+\.|[a-z]\))/u;
const wordless = /^(?:and|or|und|oder|sowie|et|ou|y|o|e)?[\s.;:,]*$/u;
/** `Re-identification.`: a title inside a paragraph. */
const inlineTitle = /^(?:\([a-zA-Z0-9]{1,5}\)\s*)*[^\s.:;]+(?:\s+[^\s.:;]+){0,3}\.$/u;

/**
 * A quotation around a sentence that begins where its sentence begins and, where a list follows, goes on to its end: `;` parts
 * the clauses of one sentence, `:` opens what it says. `excluded`: sentences that must not be taken along.
 */
export function wholeQuote(passage: Sentenced, sentence: number, excluded: readonly boolean[]): string {
  const { text, sentences } = passage;
  const points = listPointsOf(passage);
  const words = (i: number): string => text.slice(sentences[i]?.start, sentences[i]?.end);
  const fits = (from: number, to: number): boolean =>
    (sentences[to]?.end ?? 0) - (sentences[from]?.start ?? 0) <= longest;
  let first = sentence;
  while (
    first > 0 &&
    !points.isPoint(first) &&
    /^\p{Ll}/u.test(words(first)) &&
    excluded[first - 1] !== true &&
    fits(first - 1, sentence)
  )
    first -= 1;
  let last = sentence;
  const isTitle = inlineTitle.test(words(sentence).replaceAll(/\s+/gu, ' '));
  if (isTitle && last + 1 < sentences.length && !points.isPoint(last + 1) && excluded[last + 1] !== true) last += 1;
  if (points.opensList(last)) {
    let end = points.listEnd(last) - 1;
    const taken = excluded.indexOf(true, last + 1);
    if (taken >= 0) end = Math.min(end, taken - 1);
    if (end > last && fits(first, end)) last = end;
  }
  return text.slice(sentences[first]?.start, sentences[last]?.end).trim().replace(conjunction, '');
}

/** What a passage says, where it is a single sentence: a point of a list that was cut apart, an article of one sentence. */
export function onlySentence({ text, sentences }: Sentenced): string | null {
  const said = sentences.map(({ start, end }) => text.slice(start, end)).filter((words) => !wordless.test(words));
  return said.length === 1 ? (said[0] ?? null) : null;
}
