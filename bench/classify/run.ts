import { classifyLine } from '../../server/classify/classify-line.ts';
import { createClassifier } from '../../server/classify/create-classifier.ts';
import { loadTaxonomy } from '../../server/rulebook/taxonomy.ts';
import { makers, random } from '../../test/fixtures/classify/values.ts';

/**
 * Columns a second on one core, 30 values each. `node bench/classify/run.ts` prints our figures over a mixed set and over
 * the worst kind; `--rows` prints the mixed rows as JSON Lines for the peers (see compare.py).
 */
const valuesPerColumn = 30;
const kinds = Object.keys(makers);

type Make = (next: () => number) => unknown;

/** So many letters of sentences with persons, numbers and dates in them, no two alike. */
function textOf(length: number, kind: 'notepii' | 'clinical' | 'noteclean'): Make {
  return (next) => {
    let text = '';
    while (text.length < length) text += `${String(makers[kind]?.(next))}. `;
    return text.slice(0, length);
  };
}

/** A JSON document of so many letters: members of many names, nested, some of them of persons. */
function documentOf(length: number): Make {
  return (next) => {
    const items: string[] = [];
    for (let i = 0, size = 0; size < length; i++) {
      const item = `{"line_${i}":{"sku":"${String(makers['sku']?.(next))}","customer":"${String(makers['person_name']?.(next))}","at":"${String(makers['ts']?.(next))}","price":${String(makers['price']?.(next))},"note":"${String(makers['noteclean']?.(next))}"}}`;
      items.push(item);
      size += item.length;
    }
    return `{"order":"${String(makers['uuid']?.(next))}","items":[${items.join(',')}`.slice(0, length);
  };
}

/** Lines of a log: times, addresses, identifiers, paths. */
function logOf(length: number): Make {
  return (next) => {
    let text = '';
    while (text.length < length)
      text += `${String(makers['ts']?.(next))} INFO [${String(makers['host']?.(next))}] ${String(makers['url']?.(next))} id=${String(makers['bigint']?.(next))} ${String(makers['sha1']?.(next))} took ${String(makers['int']?.(next))} ms\n`;
    return text.slice(0, length);
  };
}

/** Longer values than the fixtures make: what stands in notes, logs and documents. */
const long: Readonly<Record<string, Make>> = {
  'notes of 500 B': textOf(500, 'notepii'),
  'notes of 2 KB': textOf(2_000, 'notepii'),
  'notes of 8 KB': textOf(8_000, 'notepii'),
  'plain text of 2 KB': textOf(2_000, 'noteclean'),
  'clinical text of 2 KB': textOf(2_000, 'clinical'),
  'JSON of 500 B': documentOf(500),
  'JSON of 2 KB': documentOf(2_000),
  'JSON of 8 KB': documentOf(8_000),
  'log of 2 KB': logOf(2_000),
  'log of 8 KB': logOf(8_000),
};

interface Row {
  readonly id: number;
  readonly table: string;
  readonly column: string;
  readonly samples: readonly unknown[];
  readonly table_columns: readonly string[];
}

function rows(count: number, only?: readonly string[]): Row[] {
  const next = random(7);
  const used = only ?? kinds;
  return Array.from({ length: count }, (_, id) => {
    const kind = used[id % used.length] ?? 'word';
    const make: Make | undefined = makers[kind] ?? long[kind];
    return {
      id,
      table: id % 3 === 0 ? 'customers' : 'stg_raw',
      column: id % 2 === 0 ? kind : `c${id % 40}`,
      table_columns: ['id', 'first_name', 'email', 'created_at', 'status'],
      samples: make === undefined ? [] : Array.from({ length: valuesPerColumn }, () => make(next)),
    };
  });
}

function measure(name: string, given: readonly Row[]): void {
  const classifier = createClassifier({ taxonomy: loadTaxonomy() });
  for (const row of given.slice(0, Math.min(500, given.length / 2))) classifyLine({ ...row }, classifier);
  const started = process.cpuUsage();
  for (const row of given) classifyLine({ ...row }, classifier);
  const { user, system } = process.cpuUsage(started);
  const seconds = (user + system) / 1_000_000;
  console.log(
    `${name}: ${given.length} columns of ${valuesPerColumn} values in ${seconds.toFixed(2)} s of processor time, ${Math.round(given.length / seconds)} columns a second`,
  );
}

if (process.argv.includes('--rows')) {
  for (const row of rows(400)) console.log(JSON.stringify(row));
} else {
  measure('mixed', rows(4_000));
  measure('the rows of compare.py', rows(400));
  for (const kind of process.argv.includes('--each')
    ? kinds
    : ['notepii', 'clinical', 'jsonperson', 'street_address', 'person_name', 'phone', 'iban', 'card_number'])
    measure(`only ${kind}`, rows(1_500, [kind]));
  for (const kind of Object.keys(long)) measure(`only ${kind}`, rows(500, [kind]));
}
