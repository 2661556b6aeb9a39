import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../../../server/model/classification.ts';
import { globalId } from '../../../server/graphql/global-id.ts';
import { createQuery } from '../../../server/query/create-query.ts';
import { loadCatalogues } from '../../../server/rulebook/catalogue.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { field, publish, verdict } from './graph-rows.ts';
import { clock, serveShop, stewardOf, type ShopServer } from './serve-shop.ts';
import { customers, orders } from './shop-graph.ts';

/** What `lexline explain` says of a field that holds nothing or is left open, where no classification could say it. */
const everything = `query Explained($id: ID!) {
  field(id: $id) {
    state
    classifications { id }
    verdicts {
      decidedBy { kind } category classes derived state
      alternatives { category confidence rejectedBecause }
      citations { provision edition check quote ownWords sourceSha256 url }
    }
    dataset { subject { kind confidence evidence { signal detail weight } } }
  }
}`;

const considered = [{ category: 'user.id', confidence: 0.21, rejectedBecause: 'the values are counts' }];
const guess = [{ category: 'user.health.diagnosis', confidence: 0.44, rejectedBecause: 'too weak alone' }];
const cited = (provision: string) =>
  ({
    provision,
    edition: '2026-01-01',
    check: 'text-matched',
    quote: 'data concerning health',
    sourceSha256: 'ab12',
  }) as const;

let shop: ShopServer;
beforeAll(async () => {
  shop = await serveShop({
    viewerOf: ({ 'x-source': source }) => stewardOf({ sources: typeof source === 'string' ? [source] : 'all' }),
  });
  const judge = (one: Verdict) => ({ type: 'verdict', verdict: one }) as const;
  await publish(shop.stores.graph, 'run-explained', [
    judge(verdict(field(orders, 'total'), 'none', { alternatives: considered })),
    judge(
      verdict(field(customers, 'note'), 'none', {
        decider: 'llm',
        by: 'a-model',
        state: 'abstained',
        alternatives: guess,
        citations: [cited('GDPR:9(1)'), cited('HIPAA:160.103')],
      }),
    ),
    judge(
      verdict(field(customers, 'phone'), 'user.device.id', {
        state: 'rejected',
        classes: ['PII'],
        derived: 'hash',
      }),
    ),
  ]);
});
afterAll(() => shop.close());

const asked = async (uid: string, headers: Readonly<Record<string, string>> = {}) => {
  const { body } = await shop.ask(everything, { id: globalId('Field', uid) }, headers);
  expect(body.errors).toBeUndefined();
  return body.data?.['field'];
};

describe('what is said of a field without classifications', () => {
  it('tells what was considered where nothing is held', async () => {
    expect(await asked(field(orders, 'total'))).toMatchObject({
      state: 'NOT_SENSITIVE',
      classifications: [],
      verdicts: [{ category: 'none', classes: [], derived: null, alternatives: considered, citations: [] }],
    });
  });

  it('tells what an open question came nearest to, what was cited, and why the rows are whose', async () => {
    const answer = await asked(field(customers, 'note'));
    expect(answer).toMatchObject({
      state: 'UNDECIDED',
      classifications: [],
      dataset: { subject: { kind: 'customer', evidence: [] } },
    });
    const { verdicts } = answer as { verdicts: readonly { decidedBy: { kind: string } }[] };
    expect(verdicts.find(({ decidedBy }) => decidedBy.kind === 'LLM')).toMatchObject({
      state: 'ABSTAINED',
      alternatives: guess,
      citations: [
        {
          provision: 'GDPR:9(1)',
          check: 'TEXT_MATCHED',
          quote: 'data concerning health',
          ownWords: null,
          url: '/regulations/GDPR/9(1)',
        },
        { provision: 'HIPAA:160.103' },
      ],
    });
  });

  it('tells of what class and in what form a rejected finding was', async () => {
    const { verdicts } = (await asked(field(customers, 'phone'))) as { verdicts: readonly object[] };
    expect(verdicts).toContainEqual(expect.objectContaining({ state: 'REJECTED', classes: ['PII'], derived: 'HASH' }));
  });

  it('tells nothing of it to who does not see the source', async () => {
    expect(await asked(field(orders, 'total'), { 'x-source': 'dbt-shop' })).toBeNull();
  });

  it('names no provision of a law that is said not to bind the owner', async () => {
    const query = createQuery({
      graph: shop.stores.graph,
      state: shop.stores.state,
      taxonomy: loadTaxonomy(),
      catalogues: loadCatalogues(['gdpr', 'hipaa']),
      appliesOf: () => ({ hipaa: 'none' }),
      clock,
    });
    const { n } = await query.at();
    const [view] = await query.fieldsByUid([field(customers, 'note')], n);
    const cites = view?.verdicts.flatMap(({ citations }) => citations.map(({ provision }) => provision));
    expect(cites).toEqual(['GDPR:9(1)']);
  });
});
