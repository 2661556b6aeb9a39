import { createRandom } from './random.ts';
import { inventPerson } from './people.ts';
import { clinicRows } from './clinic.ts';
import { marketingRows, supportRows, webRows } from './outside.ts';
import { legacyRows, staffRows } from './staff-and-legacy.ts';
import { paymentRows } from './payments.ts';
import { referenceRows } from './reference.ts';
import { shopRows } from './shop.ts';
import type { TableRows } from './table-rows.ts';

const customers = 300;

/** Everything that the warehouse holds before the night, parents before children. The same on every machine. */
export function seedTables(): readonly TableRows[] {
  const random = createRandom(20_260_101);
  const people = Array.from({ length: customers }, (_, i) => inventPerson(random, i + 1));
  return [
    ...referenceRows(),
    ...shopRows(random, people),
    ...paymentRows(random, people),
    ...clinicRows(random, people),
    ...staffRows(random),
    ...legacyRows(random, people),
    ...supportRows(random, people),
    ...webRows(random, people),
    ...marketingRows(random, people),
  ];
}
