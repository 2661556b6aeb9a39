import type { Filter } from '../../server/query/answers.ts';
import type { Query } from '../../server/query/query.ts';
import type { Gap } from '../../server/model/provenance.ts';
import type { Uid } from '../../server/model/ids.ts';

const cardNumber = 'user.payment.card.number';
/** Where no card number belongs. */
const forbidden = 'marketing.export';
const holding: Filter = { any: [{ all: [{ on: 'CATEGORY', not: false, values: [cardNumber] }] }] };

/** The four lines that a person repeats to a colleague. */
export async function summaryLines(query: Query, address: string): Promise<readonly string[]> {
  const { n } = await query.at();
  const { datasets, fields, sensitive, undecided, notJudged, gaps } = await query.coverage(n);
  const cards = await cardNumbers(query, n);
  const ways = cards.flatMap(({ way }) => (way === null ? [] : [way]));
  return [
    `${datasets} tables, views and reports with ${fields} fields: ${sensitive} sensitive, ${undecided} undecided, ${notJudged} not judged`,
    `${counted(cards.length, 'card number')}; ${ways.length} ${ways.length === 1 ? 'reaches' : 'reach'} ${forbidden}${ways.map((way) => `: ${way.join(' → ')}`).join('')}`,
    gapLine(gaps),
    `next: open ${address}, or ask why: npx lexline explain ${forbidden}.customer_ref --config examples/shop-clinic/lexline.yaml`,
  ];
}

interface CardNumber {
  readonly uid: Uid;
  /** How it gets to where it must not be; null when it does not. */
  readonly way: readonly string[] | null;
}

/** The fields that hold card numbers by themselves: those that no other such field flows into. */
async function cardNumbers(query: Query, n: number): Promise<readonly CardNumber[]> {
  const [lookup] = await query.datasetsByRef([{ text: forbidden }], n);
  const found: CardNumber[] = [];
  const copies = new Set<Uid>();
  for (let after: string | null | undefined; after !== null;) {
    const page = await query.fieldsWhere(holding, n, { first: 100, ...(after === undefined ? {} : { after }) });
    for (const { uid, classifications } of page.items) {
      if (!classifications.some(({ category, derived }) => category === cardNumber && derived === null)) continue;
      const hits = await query.impactList({ origin: uid, direction: 'DOWNSTREAM', n }, holding, { first: 100 });
      for (const { field } of hits.items) copies.add(field.uid);
      const end = hits.items.find(({ field }) => field.dataset === lookup?.dataset?.uid);
      found.push({ uid, way: end?.path ?? null });
    }
    after = page.cursor;
  }
  return found.filter(({ uid }) => !copies.has(uid));
}

/** How many gaps there are, as the pages count them, and what the first are about. */
function gapLine(gaps: readonly Gap[]): string {
  const things = [...new Set(gaps.map(({ what }) => what.replaceAll('warehouse.', '')))].sort();
  const listed = things.slice(0, 3).join('; ');
  return `${counted(gaps.length, 'gap')}${listed === '' ? '' : `: ${listed}`}${things.length > 3 ? ` and ${things.length - 3} more` : ''}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
