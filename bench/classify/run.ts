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
    const make = makers[kind];
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
  for (const row of given.slice(0, 500)) classifyLine({ ...row }, classifier);
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
  for (const kind of process.argv.includes('--each')
    ? kinds
    : ['notepii', 'clinical', 'jsonperson', 'street_address', 'person_name', 'phone', 'iban', 'card_number'])
    measure(`only ${kind}`, rows(1_500, [kind]));
}
