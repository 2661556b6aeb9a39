/** How the names begin that stand for parts of a text which only a run knows. */
export const gapStart = ':run_time_';

/** The part is a value between quotes, whatever it holds. */
export const valueEnd = 'value_';

/** Behind {@link gapStart}: the part is what a variable of text holds. */
export const textGap = 'text_';

/** The part is the text of a variable, put in as it is: not a value, which would be no text, but a piece of SQL. */
export function isSqlGap(name: string): boolean {
  return /^:?run_time_text_\d+_$/.test(name);
}

/** The name stands for a part that is put into a text as it is: it may be a value, a column or a list of columns. */
export function isBareGap(name: string): boolean {
  return /^:?run_time_(?:text_)?\d+_$/.test(name);
}

/** The name stands for a part of a text, quoted or not. */
export function isGapName(name: string): boolean {
  return /^:?run_time_(?:text_)?\d+_/.test(name);
}
