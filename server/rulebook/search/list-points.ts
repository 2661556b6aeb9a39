/** A passage as far as its sentences are read. */
export interface Sentenced {
  readonly text: string;
  readonly sentences: readonly { readonly start: number; readonly end: number }[];
}

const opensList = /(?::|\b(?:the following|following)\s*[.:]?)["”’)\s]*$/iu;
const designators =
  /^(?:(?:and|or|und|oder|et|ou|y|o|e)\s+)?((?:\([a-zA-Z]{1,5}\)\s*|\(\d{1,3}\)\s*|\d{1,2}\.\s+|[a-z]\)\s+)+)/u;

/** Single letters that are also Roman numbers: counted as letters after the one before them. */
const before: Readonly<Record<string, string>> = { i: 'h', v: 'u', x: 'w' };

/**
 * How a designator counts: two of a kind stand side by side, one of another kind below. `open`: the kinds that are open;
 * `last`: the last designator of each.
 */
function kindOf(token: string, open: readonly string[], last: ReadonlyMap<string, string>): string {
  if (/^\d/u.test(token)) return 'number';
  const small = token.toLowerCase();
  const side = token === small ? 'small' : 'capital';
  const letter = `${side} letter`;
  const roman = `${side} roman`;
  if (!/^[ivxlc]+$/u.test(small) || small === 'c' || small === 'l') return letter;
  if (token.length > 1) return roman;
  if (open.at(-1) !== roman && last.get(letter)?.toLowerCase() === before[small]) return letter;
  return small === 'i' || open.includes(roman) ? roman : letter;
}

/** The points of the lists in a passage, by the designators that its sentences begin with. */
export interface ListPoints {
  /** Does a sentence begin with a designator: `(2)`, `and (iii)`? */
  isPoint(sentence: number): boolean;
  /** Does it end where a list follows? */
  opensList(sentence: number): boolean;
  /**
   * The first sentence after the list that a sentence opens: one that counts as what stands around the list does. What follows
   * the list without a designator of its own still counts to it.
   */
  listEnd(sentence: number): number;
}

/** Reads which sentences are points of lists. */
export function listPointsOf({ text, sentences }: Sentenced): ListPoints {
  const open: string[] = [];
  const last = new Map<string, string>();
  const read = sentences.map(({ start, end }) => {
    const sentence = text.slice(start, end);
    const kinds = [...(designators.exec(sentence)?.[1] ?? '').matchAll(/[a-zA-Z]+|\d+/gu)].map(([token]) => {
      const kind = kindOf(token, open, last);
      last.set(kind, token);
      const at = open.indexOf(kind);
      if (at >= 0) open.length = at;
      open.push(kind);
      return kind;
    });
    return { kinds, around: [...open], opens: opensList.test(sentence) };
  });
  return {
    isPoint: (sentence) => (read[sentence]?.kinds.length ?? 0) > 0,
    opensList: (sentence) => read[sentence]?.opens === true,
    listEnd: (sentence) => {
      const around = read[sentence]?.around ?? [];
      let points: string | null = null;
      for (let next = sentence + 1; next < read.length; next += 1)
        for (const kind of read[next]?.kinds ?? []) {
          points ??= kind;
          if (kind !== points && around.includes(kind)) return next;
        }
      return read.length;
    },
  };
}
