/** A duration as people write it: in ISO 8601, dates only, or why it is none. */
export type ReadDuration = { readonly duration: string } | { readonly why: string };

type Unit = 'Y' | 'M' | 'W' | 'D';
type Amounts = Partial<Record<Unit, number>>;

const units: readonly Unit[] = ['Y', 'M', 'W', 'D'];
const unitWords =
  '(?:(?<Y>years?|yrs?|jahr(?:en?|es)?|ans?|annees?)|(?<M>months?|monat(?:en?|s)?|mois)|(?<W>weeks?|wochen?|semaines?)|(?<D>days?|tag(?:en?|es)?|jours?))';
/** `10 years`, `1.5 Jahre`; a number before it that lacks its own unit makes a range of it: `3 to 10 years`. */
const inWords = new RegExp(
  String.raw`(?<range>\d+\s*(?:-|–|to|or|bis|oder|ou|a|/)\s*)?(?<![\d.,])(?<amount>\d+(?:[.,]\d+)?)[\s()-]*${unitWords}(?![a-z])`,
  'gu',
);
const iso = /(?<![a-z0-9])p(?=[\dt])[0-9.,ymwdths-]+(?![a-z0-9])/gu;
const isoDates = /^p(?=\d)(?:(?<Y>\d+)y)?(?:(?<M>\d+)m)?(?:(?<W>\d+)w)?(?:(?<D>\d+)d)?$/u;

/** A longer cell is no time limit; patterns over it would take long. */
const mostLetters = 2000;
const none = { why: 'is no duration' } as const;
const several = { why: 'names several durations: enter a rule for each' } as const;

/**
 * Reads `P10Y`, `P1Y6M`, `10 years`, `1 Jahr und 6 Monate`, `18 mois` and the same inside a sentence. What names several
 * durations, a range or a part of a day is none: nothing is chosen for people.
 */
export function readDuration(text: string): ReadDuration {
  if (text.length > mostLetters) return none;
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const found: Amounts[] = [];
  for (const [written] of plain.matchAll(iso)) {
    const groups = isoDates.exec(written.replaceAll(/[.,-]+$/gu, ''))?.groups;
    if (groups === undefined) return { why: 'is no duration in whole years, months, weeks or days' };
    found.push(amounts((unit) => (groups[unit] === undefined ? undefined : Number(groups[unit]))));
  }
  let end = -1;
  for (const match of plain.matchAll(inWords)) {
    const { groups = {} } = match;
    if (groups['range'] !== undefined) return several;
    const one = inWhole(groups);
    if (one === null) return { why: 'is no duration in whole years, months, weeks or days' };
    const last = found.at(-1);
    const between = end < 0 ? null : plain.slice(end, match.index);
    if (
      last !== undefined &&
      between !== null &&
      /^[\s,]*(?:and|und|et|plus|\+|&)?\s*$/u.test(between) &&
      goesOn(last, one)
    )
      found[found.length - 1] = { ...last, ...one };
    else found.push(one);
    end = match.index + match[0].length;
  }
  const different = [...new Set(found.map(written))];
  const [duration] = different;
  if (duration === undefined) return none;
  return different.length > 1 ? several : { duration };
}

function amounts(of: (unit: Unit) => number | undefined): Amounts {
  return Object.fromEntries(units.flatMap((unit) => (of(unit) === undefined ? [] : [[unit, of(unit)]])));
}

/** Half a year is six months; other parts, and `2,000` that may be two or two thousand, are none. */
function inWhole(groups: Readonly<Record<string, string | undefined>>): Amounts | null {
  const unit = units.find((one) => groups[one] !== undefined);
  const [whole = '', part] = (groups['amount'] ?? '').split(/[.,]/u);
  if (unit === undefined) return null;
  if (part === undefined) return { [unit]: Number(whole) };
  const months = Number(`${whole}.${part}`) * 12;
  if (unit !== 'Y' || part.length > 2 || !Number.isInteger(months)) return null;
  return months % 12 === 0 ? { Y: months / 12 } : { Y: Math.floor(months / 12), M: months % 12 };
}

/** `1 year` and then `6 months`, each unit smaller than those before. */
function goesOn(before: Amounts, one: Amounts): boolean {
  const smallest = units.findLastIndex((unit) => before[unit] !== undefined);
  return units.findIndex((unit) => one[unit] !== undefined) > smallest;
}

function written(one: Amounts): string {
  const parts = units.flatMap((unit) => (one[unit] === undefined || one[unit] === 0 ? [] : [`${one[unit]}${unit}`]));
  return `P${parts.length === 0 ? '0D' : parts.join('')}`;
}
