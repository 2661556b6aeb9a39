/** The statements of a text that move a value between two things. */
export interface StatementExcerpt {
  readonly text: string;
  /** Their places in the text, from 1. */
  readonly places: readonly number[];
  /** Statements that the text has. */
  readonly of: number;
}

/**
 * Of a text whose statements were kept together (a script's intermediates are folded away), those that name both ends of an
 * edge, and of these the ones with its functions and columns. Where the value goes through tables of the script itself, those
 * that name either end. A text of one statement is itself; where nothing fits, so is the whole. Pure.
 */
export function statementExcerpt(
  normalised: string,
  { from, to, fn }: { readonly from: EdgeName; readonly to: EdgeName; readonly fn: string },
): StatementExcerpt {
  const all = normalised.split(';\n').map((text, at) => ({ text, place: at + 1 }));
  const has = (text: string, name: string | undefined): boolean => name === undefined || namesWord(text, name);
  const functions = fn.split('>').map((name) => name.split('.').at(-1));
  const both = all.filter(({ text }) => namesTable(text, from) && namesTable(text, to));
  const either = all.filter(({ text }) => namesTable(text, from) || namesTable(text, to));
  const named = both.length > 0 ? both : either.length > 0 ? either : all;
  const scored = named.map((one) => ({
    ...one,
    score:
      (fn !== '' && functions.every((name) => has(one.text, name)) ? 2 : 0) +
      (has(one.text, from.column) ? 1 : 0) +
      (mayWrite(one.text, to) ? 1 : 0),
  }));
  const best = Math.max(...scored.map(({ score }) => score));
  const chosen = both.length > 0 ? scored.filter(({ score }) => score === best) : scored;
  return {
    text: chosen.map(({ text }) => text).join(';\n'),
    places: chosen.map(({ place }) => place),
    of: all.length,
  };
}

/** One end of an edge, as its statement names it. */
export interface EdgeName {
  /** `shop.people` */
  readonly dataset: string;
  readonly column: string | undefined;
}

function namesTable(text: string, { dataset }: EdgeName): boolean {
  return namesWord(text, dataset.split('.').at(-1) ?? dataset);
}

/** False where the statement lists the columns of the table that it writes, and this one is not among them. */
function mayWrite(text: string, { dataset, column }: EdgeName): boolean {
  const table = escaped(dataset.split('.').at(-1) ?? dataset);
  const list = new RegExp(`${wordStart}${table}["\`\\]]?\\s*\\(([^()]*)\\)`, 'iu').exec(text)?.[1];
  return list === undefined || column === undefined || namesWord(list, column);
}

/** A word that stands by itself, in whatever quotes and letters. */
function namesWord(text: string, word: string): boolean {
  return new RegExp(`${wordStart}${escaped(word)}${wordEnd}`, 'iu').test(text);
}

const wordStart = String.raw`(?<![\p{L}\p{N}_])`;
const wordEnd = String.raw`(?![\p{L}\p{N}_])`;

function escaped(word: string): string {
  return word.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
}
