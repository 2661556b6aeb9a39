import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../server/access/viewer.ts';
import { buildGraphqlSchema } from '../../../server/graphql/build-schema.ts';
import { globalId } from '../../../server/graphql/global-id.ts';
import { datasetUid } from '../../../server/model/ids.ts';
import { field } from './graph-rows.ts';
import { serveShop, stewardOf, type GraphqlAnswer, type ShopServer } from './serve-shop.ts';
import { customers, marketing, orders, stgCustomers } from './shop-graph.ts';

let shop: ShopServer;
/** When the first revision was published. */
let first = '';
/** Who asks next: the sign-in of this server believes the header. */
const scopes = new Map<string, Scope>([
  ['all', { sources: 'all' }],
  ['source', { sources: ['shop'] }],
  ['domain', { sources: 'all', datasets: [['shop.public.customers', 'shop.public.ref*']] }],
  ['domain with namespace', { sources: 'all', datasets: [['postgres://db.example.com:5432/shop.public.c*']] }],
  ['no card data', { sources: 'all', sees: ['PII', 'PHI'] }],
  ['nothing sensitive', { sources: 'all', sees: [] }],
  ['two domains that never meet', { sources: 'all', datasets: [['shop.public.*'], ['mkt.*']] }],
]);

/** Names of a dataset that must not come up for who may not see it: its own, and those of fields that only it has. */
const namesOf = {
  orders: ['shop.public.orders', 'order_id', datasetUid(orders), globalId('Dataset', datasetUid(orders))],
  customers: ['shop.public.customers', 'first_name', 'Where we write to', datasetUid(customers)],
  stgCustomers: ['stg_customers', 'email_sha', datasetUid(stgCustomers)],
  marketing: ['mkt.public', 'growth', datasetUid(marketing)],
} as const;

const hiddenFor: readonly (readonly [scope: string, hidden: readonly (keyof typeof namesOf)[]])[] = [
  ['source', ['stgCustomers', 'marketing']],
  ['domain', ['orders', 'stgCustomers', 'marketing']],
  ['domain with namespace', ['orders', 'stgCustomers', 'marketing']],
  ['no card data', ['orders']],
  ['nothing sensitive', ['orders', 'customers', 'stgCustomers', 'marketing']],
  ['two domains that never meet', ['orders', 'customers', 'stgCustomers', 'marketing']],
];

beforeAll(async () => {
  shop = await serveShop({
    viewerOf: (headers) => stewardOf(scopes.get(String(headers['x-scope'])) ?? { sources: [] }),
  });
  first = (await shop.query.revision(1)).publishedAt;
});
afterAll(() => shop.close());

async function ask(scope: string, query: string): Promise<GraphqlAnswer> {
  return (await shop.ask(query.replace('FIRST', first), {}, { 'x-scope': scope })).body;
}

const id = { of: (uid: string, type: 'Dataset' | 'Field' = 'Field') => globalId(type, uid) };
const uids = [orders, customers, stgCustomers, marketing];
const fieldIds = [
  field(orders, 'note'),
  field(customers, 'email'),
  field(stgCustomers, 'email_sha'),
  field(marketing, 'email'),
];
const datasetParts = `id namespace name description owners region kind platform tags { name } sources { name } openInSource url
  summary { label categories } subject { kind keyField { path } } fields(first: 50) { nodes { path description label because } }`;
const fieldParts = `id path description label because tags { name } controls { name } dataset { name }
  classifications { category label origin { name field { path dataset { name } } }
    explanation { sentence steps { from { path } to { path dataset { name } } statement } wouldEndIf { detail } }
    history { reason } }
  impact { counts { fields } incompleteBecause byCategory { category } list(first: 50) { edges { path node { path dataset { name } } } } }`;
const lineageParts = (how: string) => `lineage(direction: BOTH, depth: 5, first: 100${how}) {
  nodes { key hidden label field { path } dataset { name } job { name } } hiddenNodes
  edges { from to job { name } assertedBy { name } statement { whole text } } }
  lineageDiagram(format: MERMAID, direction: BOTH) { content }`;
const refs = (names: readonly { namespace: string; name: string }[]) =>
  names.map(({ namespace, name }) => `{ openLineage: { namespace: "${namespace}", name: "${name}" } }`).join(' ');
const aliased = (texts: readonly string[]) => texts.map((text, i) => `a${i}: ${text}`).join('\n');

/** What is asked of every root field, so that whatever it could show of anything comes up. */
const questions: Readonly<Record<string, readonly string[]>> = {
  changes: ['{ changes(from: "FIRST", first: 50) { nodes { summary field { path } } } }'],
  classification: fieldIds.map(
    (uid) =>
      `{ classification(id: "${globalId('Classification', `${uid}:user.contact.email`)}") { label field { path } origin { name } } }`,
  ),
  coverage: ['{ coverage { datasets complete gaps(first: 50) { nodes { what reason } } } }'],
  dataset: uids.map(
    (one) => `{ dataset(id: "${id.of(datasetUid(one), 'Dataset')}") { ${datasetParts} ${lineageParts('')} } }`,
  ),
  datasets: [`{ datasets { nodes { ${datasetParts} } } }`, '{ datasets(text: "shop") { nodes { name } } }'],
  datasetsByRef: [
    `{ datasetsByRef(refs: [${refs(uids)} { text: "orders" } { text: "stg_customers" } { native: { source: "shop", id: "5c1e" } }]) { status dataset { name } } }`,
  ],
  diff: ['{ diff(from: "FIRST") { hidden sections { key items { what says details { name before after } } } } }'],
  jointIdentifications: [
    '{ jointIdentifications { nodes { datasets { name } parts { fields { path } } joins { dataset { name } field { path } } } } }',
  ],
  governanceObjects: ['{ governanceObjects { id body } }'],
  stops: ['{ stops { complete nodes { field { path } dataset { name } reason } } }'],
  writeBackChanges: ['{ writeBackChanges { nodes { datasetName path } } }'],
  field: fieldIds.flatMap((uid) => [
    `{ field(id: "${id.of(uid)}") { ${fieldParts} } }`,
    `{ field(id: "${id.of(uid)}") { ${lineageParts(', includeIndirect: true, throughJobs: true')} } }`,
    `{ field(id: "${id.of(uid)}") { lineage(granularity: DATASET, direction: BOTH) { nodes { dataset { name } } } } }`,
  ]),
  fieldByRef: [
    `{ ${aliased(uids.map((one) => `fieldByRef(ref: ${refs([one])}, path: "note") { path dataset { name } }`))} }`,
  ],
  fields: [
    `{ fields(first: 100) { nodes { path dataset { name } label } } }`,
    '{ fields(filter: { any: [{ all: [{ on: CLASS, values: ["PCI"] }] }] }) { nodes { path dataset { name } } } }',
  ],
  lineagePath: [
    `{ lineagePath(from: "${id.of(field(customers, 'email'))}", to: "${id.of(field(marketing, 'email'))}") { steps { from { path } to { path } job { name } assertedBy { name } statement { whole text } } } }`,
    `{ lineagePath(from: "${id.of(field(customers, 'email'))}", to: "${id.of(field(stgCustomers, 'email_sha'))}") { steps { to { path } statement { whole } } } }`,
  ],
  node: [...uids.map((one) => id.of(datasetUid(one), 'Dataset')), ...fieldIds.map((uid) => id.of(uid))].map(
    (one) => `{ node(id: "${one}") { id ... on Dataset { name } ... on Field { path dataset { name } } } }`,
  ),
  previewReview: [
    '{ previewReview(input: { groupId: "none", decision: REJECT }) { fields lowers retags { sources { source changes { tag datasetName path } } } } }',
  ],
  report: [`{ report(id: "${globalId('Report', 'abc')}") { name } }`],
  reportKinds: ['{ reportKinds { name } }'],
  reports: ['{ reports { name scope { sources } } }'],
  reviewQueue: ['{ reviewQueue { totalFields nodes { question sample { path datasetName } } } }'],
  revision: ['{ revision { number } }'],
  ledgerEntries: ['{ ledgerEntries { nodes { kind body subject { id } } } }'],
  policies: ['{ policies { name title } }'],
  policyFindings: ['{ policyFindings { totalCount nodes { sentence path field { path } dataset { name } } } }'],
  provision: ['{ provision(name: "GDPR:4(1)") { name ownWords } }'],
  provisions: ['{ provisions { totalCount nodes { name } } }'],
  regulation: ['{ regulation(name: "GDPR") { title } }'],
  regulations: ['{ regulations { name } }'],
  search: [
    '{ search(first: 250) { nodes { ... on Dataset { name } ... on Field { path dataset { name } } } counts { totalCount facets { on values { value } } } } }',
    '{ search(text: "orders") { nodes { ... on Dataset { name } ... on Field { path dataset { name } } } } }',
    '{ search(text: "email") { nodes { ... on Field { path dataset { name } } } } }',
  ],
  source: [
    '{ source(name: "shop") { name lastRun { missed { what reason } error { message } } coverage { gaps { nodes { what } } } } }',
  ],
  sources: ['{ sources { name lastRun { missed { what } } runs { nodes { missed { what } } } } }'],
  syncRequest: [`{ syncRequest(id: "${globalId('SyncRequest', 'abc')}") { source run { missed { what } } } }`],
  syncRuns: ['{ syncRuns { nodes { source missed { what reason } error { message } } } }'],
};

describe('what a scope hides', () => {
  it('is asked of every question there is', () => {
    const known = Object.keys(buildGraphqlSchema().getQueryType()?.getFields() ?? {});
    expect(Object.keys(questions).toSorted()).toEqual(known.toSorted());
  });

  it('comes up for who sees everything: the questions below would show it', async () => {
    const answers = await Promise.all(
      Object.values(questions)
        .flat()
        .map((text) => ask('all', text)),
    );
    const text = JSON.stringify(answers);
    for (const names of Object.values(namesOf)) for (const name of names) expect(text).toContain(name);
  });

  it.each(hiddenFor.flatMap(([scope, hidden]) => Object.keys(questions).map((root) => [root, scope, hidden] as const)))(
    '%s shows nothing of it within scope "%s"',
    async (root, scope, hidden) => {
      for (const question of questions[root] ?? []) {
        const answer = await ask(scope, question);
        const asked = JSON.stringify(answer);
        for (const name of hidden.flatMap((one) => namesOf[one])) expect(asked, question).not.toContain(name);
        const codes = answer.errors?.map(({ extensions }) => extensions?.['code']) ?? [];
        for (const code of codes) expect(['NOT_FOUND', 'INPUT_INVALID'], question).toContain(code);
      }
    },
  );

  it('is in no figure, and that there is some is said', async () => {
    const coverage = async (scope: string) =>
      (
        await ask(
          scope,
          '{ coverage { datasets fields sensitive complete } syncRuns { nodes { fields { sensitive } } } }',
        )
      ).data as { coverage: Record<string, number | boolean>; syncRuns: { nodes: readonly { fields: unknown }[] } };
    const all = await coverage('all');
    expect(all.coverage['complete']).toBe(true);
    expect(all.syncRuns.nodes.every(({ fields }) => fields !== null)).toBe(true);
    for (const [scope, hidden] of hiddenFor) {
      const seen = await coverage(scope);
      expect(seen.coverage['complete'], scope).toBe(false);
      expect(Number(all.coverage['datasets']) - Number(seen.coverage['datasets']), scope).toBeGreaterThanOrEqual(
        hidden.length,
      );
      if (scope !== 'source')
        expect(
          seen.syncRuns.nodes.map(({ fields }) => fields),
          scope,
        ).toEqual([null, null]);
    }
  });

  it('is counted as places on a path', async () => {
    const path = await ask(
      'domain',
      `{ field(id: "${id.of(field(customers, 'email'))}") { lineage(depth: 5) { hiddenNodes nodes { hidden } } } }`,
    );
    expect(path.data).toMatchObject({ field: { lineage: { hiddenNodes: 3 } } });
  });

  it('by sensitivity is as it was then: before the card number was found, its dataset may be seen', async () => {
    const text = (asOf: string) => `{ dataset(id: "${id.of(datasetUid(orders), 'Dataset')}"${asOf}) { name } }`;
    expect((await ask('no card data', text(''))).data).toEqual({ dataset: null });
    expect((await ask('no card data', text(', asOf: "FIRST"'))).data).toEqual({
      dataset: { name: 'shop.public.orders' },
    });
  });
});
