import { careKinds } from './fine-groups.ts';
import type { NameReading } from './names/read-name.ts';

interface OtherMeaning {
  /** The whole name, without numbers. */
  readonly form: RegExp;
  /** Names beside it that give it the other meaning. */
  readonly beside: RegExp;
  readonly meaning: string;
}

/** Short forms of care that are also something else, and which neighbours say that they are. The first that holds counts. */
const others: readonly OtherMeaning[] = [
  { form: /^rx(?: .*)?$/, beside: /^tx(?: (?:bytes|packets|errors|dropped|power|rate|bps))?$/, meaning: 'received' },
  { form: /^tx(?: .*)?$/, beside: /^rx (?:bytes|packets|errors|dropped|power|rate|bps)$/, meaning: 'sent' },
  {
    form: /^tx(?: (?:id|hash|index|type|fee|status|amount|date|time|value|count))?$/,
    beside:
      /^(?:block(?: .*)?|.*hash|gas(?: .*)?|wallet.*|nonce|merchant(?: .*)?|currency|amount|amt|account(?: .*)?|acct(?: .*)?)$/,
    meaning: 'a transaction',
  },
  { form: /^hr$/, beside: /^(?:min|mins|minutes?|sec|secs|seconds?|day|dow|month|hh|mm)$/, meaning: 'an hour' },
  { form: /^hr$/, beside: /^(?:rbi|avg|ab|era|so|bb|obp|slg|ops)$/, meaning: 'a home run' },
  {
    form: /^pt$/,
    beside: /^(?:[xyz]|lat(?:itude)?|lon(?:gitude)?|lng|srid|geom(?:etry)?|radius|poly(?:gon)?|angle|font(?: .*)?)$/,
    meaning: 'a point',
  },
  { form: /^bps?$/, beside: /^(?:bid|ask|spread|yield|rate|coupon|price|maturity|notional)$/, meaning: 'basis points' },
  {
    form: /^(?:temp|temperature|ph)$/,
    beside: /^(?:humidity|rainfall|wind(?: .*)?|dew ?point|soil(?: .*)?|salinity|turbidity)$/,
    meaning: 'a reading of surroundings',
  },
  {
    form: /^(?:map|alt|cr|art|edc|para|ga|cc|k|na|cl|mg|ca)$/,
    beside: /^(?:img|image|src|href|url|tile|zoom|dr|debit|credit|seo(?: .*)?|slug)$/,
    meaning: 'something of another trade',
  },
  {
    form: /^(?:wt|ht|weight|height)$/,
    beside: /^(?:sku|width|depth|length|dim(?: .*)?|cube|pallet|carton|qty per .*|upc|ean)$/,
    meaning: 'a measure of goods',
  },
];
const axis = /^([a-z])x$/;

/**
 * What a short form means by what stands beside it, where that is nothing of care: `dx` beside `dy` is a distance, `hr` beside
 * `min` an hour. Null where nothing says so. Pure; `beside` are the names of the table's columns, word by word.
 */
function otherMeaning({ words }: NameReading, beside: ReadonlySet<string>): string | null {
  const own = words.filter((word) => !/^\d+$/.test(word)).join(' ');
  const letter = axis.exec(own)?.[1];
  if (letter !== undefined && (beside.has(`${letter}y`) || beside.has(`${letter}z`))) return 'a coordinate';
  if (own.length > 24) return null;
  for (const { form, beside: neighbour, meaning } of others)
    if (form.test(own) && [...beside].some((name) => name !== own && neighbour.test(name))) return meaning;
  return null;
}

/** The names of a table's columns, each short form of care that its neighbours give another meaning read as a thing. Pure. */
export function withOtherMeanings(names: readonly NameReading[]): readonly NameReading[] {
  const short = names.filter((name) => isShort(name));
  if (short.length === 0) return names;
  const beside = new Set(names.map(({ words }) => words.join(' ')));
  return names.map((name) => {
    const other = short.includes(name) ? otherMeaning(name, beside) : null;
    return other === null ? name : readAsThing(name, other);
  });
}

/** It has few enough letters to be a short form, and may be one of care. */
function isShort({ words, senses, calledBy }: NameReading): boolean {
  return (
    words.length <= 3 &&
    (words[0]?.length ?? 9) <= 11 &&
    (calledBy === 'patient' || senses.some(({ fine }) => careKinds.has(fine)))
  );
}

function readAsThing(name: NameReading, meaning: string): NameReading {
  return {
    ...name,
    senses: name.senses.filter(({ fine }) => !careKinds.has(fine)),
    subjects: name.subjects.filter((kind) => kind !== 'patient'),
    calledBy: null,
    personKey: null,
    head: { kind: 'thing', phrase: meaning },
  };
}
