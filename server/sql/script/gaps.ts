import { gapStart, textGap, valueEnd } from '../text/gap-name.ts';
import type { Input } from '../resolve/inputs.ts';

const start = gapStart;
const gap = `${start}(?:${textGap})?\\d+_`;
const names = new RegExp(gap, 'g');
const quoted = new RegExp(`'(${gap})'`, 'g');
/** The gap touches letters or a quote of names: a part of a name is not known. */
const inName = new RegExp(`[\\w\`[]${gap}|${gap}[\\w\`\\]]`);
const inQuotedName = new RegExp(`"${gap}|${gap}"`);

/**
 * Parts of a dynamic text that are known only at run time: a variable of our own stands for each, wherever a value may stand.
 * Gaps that are made from the same columns have the same name, so that texts of one loop's turn and the next can be compared.
 */
export class Gaps {
  readonly #names = new Map<string, string>();
  readonly #inputs = new Map<string, readonly Input[]>();

  /** The name that stands for a part made from these. `isText`: what a variable of text holds. */
  nameFor(inputs: readonly Input[], isText: boolean): string {
    const parts = inputs.map(({ table, column, kind, effect }) => [table, column, kind, effect].join('\u0000'));
    const key = [isText ? textGap : '', ...parts].join('\u0001');
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = `${start}${isText ? textGap : ''}${this.#names.size}_`;
    this.#names.set(key, name);
    this.#inputs.set(name, inputs);
    return name;
  }

  inputsOf(name: string): readonly Input[] {
    return this.#inputs.get(name) ?? [];
  }
}

export function isGap(name: string): boolean {
  return name.startsWith(start);
}

/** The gaps of a text, each once. */
export function gapsIn(text: string): readonly string[] {
  return [...new Set(text.match(names))];
}

/** What a text says outside of its gaps. */
export function withoutGaps(text: string): string {
  return text.replaceAll(names, '');
}

/** All gaps under one name: what the text says whatever was put in. */
export function withPlainGaps(text: string): string {
  return text.replaceAll(names, start.slice(0, -1));
}

/** A value put between quotes of the text is a value all the same. */
export function unquotedGaps(text: string): string {
  return text.replaceAll(quoted, `$1${valueEnd}`);
}

/** A name of the text is known only in part. */
export function hasUnknownName(text: string, isDoubleQuotedName: boolean): boolean {
  return inName.test(text) || (isDoubleQuotedName && inQuotedName.test(text));
}
