import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceConnection } from '../../../connectors/connector.ts';
import { parseCustomRules } from '../../../server/classify/custom-detectors.ts';
import { createClassifier } from '../../../server/classify/create-classifier.ts';
import { detectors } from '../../../server/classify/detectors/detectors.ts';
import { fieldUid } from '../../../server/model/ids.ts';
import type { SourceTag } from '../../../server/model/document.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { otherEvidenceKind } from '../../../server/sync/judge-dataset.ts';
import { actor, namespace, openHouse, scriptedSource, sqlJob, table, wholeScope, type House } from './harness.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

function field(name: string, dataset = 'shop.public.t'): string {
  return fieldUid({ namespace, name: dataset }, [name]);
}

function tagged(tag: SourceTag) {
  const { fields, ...rest } = table('shop.public.t', ['id int', 'v1 text']);
  return { ...rest, fields: fields.map((each) => (each.path[0] === 'v1' ? { ...each, tags: [tag] } : each)) };
}

async function verdictsOf(uid: string) {
  const { graph } = house.stores;
  return graph.verdicts([uid], (await graph.head()).published);
}

describe('judging', () => {
  it('changes no verdict whose key is the same, also when all are judged again', async () => {
    const source = scriptedSource('s', () => wholeScope('public', [table('shop.public.t', ['id int', 'email'])]));
    await house.sync([source]).run({ source: 's', actor });
    const again = await house.sync([source]).run({ source: 's', actor, full: true });
    expect(again).toMatchObject({ status: 'UNCHANGED', revisions: [], fields: { judged: 2 } });
  });

  const withRules = (text: string) => {
    const taxonomy = loadTaxonomy();
    return createClassifier({ taxonomy, custom: parseCustomRules(text, 'own.yml', taxonomy) });
  };

  it('writes anew only the verdicts that a changed detector touches', async () => {
    const columns = ['id int', 'email', 'club_no'];
    const source = scriptedSource('s', () => wholeScope('public', [table('shop.public.t', columns)]));
    await house.sync([source]).run({ source: 's', actor });
    const before = (await verdictsOf(field('email')))[0]?.by;
    const classifier = withRules('detectors: [{id: club, title: Club, category: user.id, names: [club no]}]');
    const report = await house.sync([source], { classifier }).run({ source: 's', actor });
    expect(report).toMatchObject({ documents: { changed: 0 }, fields: { judged: 3 }, revisions: [3] });
    expect((await verdictsOf(field('club_no')))[0]).toMatchObject({ by: classifier.detectorSet, category: 'user.id' });
    expect((await verdictsOf(field('email')))[0]?.by).toBe(before);
    expect(await house.sync([source], { classifier }).run({ source: 's', actor })).toMatchObject({
      status: 'UNCHANGED',
    });
  });

  it('allows a finding in one source and not in another', async () => {
    const columns = ['id int', 'email'];
    const sources = ['s', 'other'].map((name) =>
      scriptedSource(name, () => wholeScope('public', [table(`${name}.public.t`, columns)])),
    );
    const classifier = withRules('allow: [{source: s, column: email, because: test addresses}]');
    for (const name of ['s', 'other']) await house.sync(sources, { classifier }).run({ source: name, actor });
    expect((await verdictsOf(field('email', 's.public.t')))[0]).toMatchObject({ category: 'none' });
    expect((await verdictsOf(field('email', 'other.public.t')))[0]).toMatchObject({ category: 'user.contact.email' });
  });

  it('says in a dry run which verdicts would be others, and writes none', async () => {
    const columns = ['id int', 'email', 'club_no'];
    const source = scriptedSource('s', () => wholeScope('public', [table('shop.public.t', columns)]));
    await house.sync([source]).run({ source: 's', actor });
    const classifier = withRules(
      'detectors: [{id: club, title: Club, category: user.id, names: [club no]}]\nallow: [{column: email, because: x}]',
    );
    const { preview } = await house.sync([source], { classifier }).run({ source: 's', actor, dryRun: true });
    expect(preview).toMatchObject({
      flips: 2,
      losses: 1,
      shown: [
        { field: 'email', losesProtection: true, after: { category: 'none' } },
        { field: 'club_no', losesProtection: false, after: { category: 'user.id' } },
      ],
    });
    expect(preview?.toProfile).toBe(preview?.awaiting.length);
    expect((await verdictsOf(field('email')))[0]).toMatchObject({ category: 'user.contact.email' });
    const same = await house.sync([source]).run({ source: 's', actor, dryRun: true });
    expect(same.preview).toMatchObject({ flips: 0, losses: 0, shown: [] });
  });

  it('writes each verdict into the ledger with the actor of the run', async () => {
    const source = scriptedSource('s', () => wholeScope('public', [table('shop.public.t', ['id int', 'email'])]));
    await house.sync([source]).run({ source: 's', actor: { kind: 'person', id: 'p7' } });
    const { items } = await house.stores.ledger.read({ kind: 'verdict', subject: field('email') }, { first: 10 });
    expect(items).toMatchObject([
      { actor: { id: 'p7' }, body: { category: 'user.contact.email', decider: 'detector' } },
    ]);
    expect(await house.stores.ledger.verify()).toMatchObject({ intact: true });
  });

  it.each([
    ['a class', { PII: 'company.privacy.personal' }, { name: 'company.privacy.personal', setBy: 'person' }, ['PII']],
    ['a category', { 'user.contact.email': 'mail' }, { name: 'MAIL', setBy: 'source' }, ['PII']],
    [
      'a name with its value',
      { PHI: 'sensitivity=health' },
      { name: 'sensitivity', value: 'health', setBy: 'person' },
      ['PHI'],
    ],
  ] as const)('imports a tag that is mapped to %s', async (_, tagMap, tag, classes) => {
    const source = scriptedSource('s', () => wholeScope('public', [tagged(tag)]), { tagMap });
    await house.sync([source]).run({ source: 's', actor });
    const imported = (await verdictsOf(field('v1'))).find(({ decider }) => decider === 'imported');
    expect(imported).toMatchObject({ by: 's', state: 'accepted', classes });
  });

  it('never takes a tag that Lexline wrote for evidence', async () => {
    const tagMap = { PII: 'pii' };
    const source = scriptedSource('s', () => wholeScope('public', [tagged({ name: 'pii', setBy: 'lexline' })]), {
      tagMap,
    });
    await house.sync([source]).run({ source: 's', actor });
    expect((await verdictsOf(field('v1'))).filter(({ decider }) => decider === 'imported')).toEqual([]);
  });

  it('shows a tag that a source propagated by itself, and starts nothing from it', async () => {
    const documents = [tagged({ name: 'pii', setBy: 'propagated' }), sqlJob('j', 'CREATE TABLE w AS SELECT v1 FROM t')];
    const source = scriptedSource('s', () => wholeScope('public', documents), {
      tagMap: { 'user.financial.iban': 'pii' },
    });
    await house.sync([source]).run({ source: 's', actor });
    expect(await verdictsOf(field('v1'))).toContainEqual(
      expect.objectContaining({ decider: 'imported', by: 'propagated:s' }),
    );
    expect(await house.stores.graph.derived([field('v1', 'shop.public.w')], 2)).toEqual([]);
  });

  it('leaves a person’s verdict alone and marks it when the evidence changes in kind', async () => {
    const source = scriptedSource('s', () =>
      wholeScope('public', [table('shop.public.t', ['id int', 'contact text'])]),
    );
    await house.sync([source]).run({ source: 's', actor });
    const { graph } = house.stores;
    const [before] = await verdictsOf(field('contact'));
    const lease = await graph.lease('person', 600_000);
    if (lease === null || before === undefined) throw new Error('no lease or no verdict');
    const open = await graph.open(lease, { run: 'review', cause: 'review', actor });
    const human = { ...before, decider: 'human', category: 'none', state: 'accepted', by: 'p1' } as const;
    await graph.apply(open, [{ type: 'verdict', verdict: human }]);
    await graph.publish(open, []);
    await graph.release(lease);

    const judged = {
      ...createClassifier({ taxonomy: loadTaxonomy() }),
      detectorSet: 'detectors:bold',
    };
    const classifier = {
      ...judged,
      classify: (input: Parameters<typeof judged.classify>[0]) => {
        const found = judged.classify(input);
        const columns = found.columns.map((column) =>
          column.id === field('contact') ? { ...column, category: 'user.contact.phone', abstain: false } : column,
        );
        return { ...found, columns };
      },
    };
    await house.sync([source], { classifier }).run({ source: 's', actor });
    const n = (await graph.head()).published;
    expect(await graph.verdicts([field('contact')], n)).toContainEqual(human);
    const marks = await graph.entered({ kind: otherEvidenceKind }, n);
    expect(marks).toMatchObject([{ uid: field('contact'), body: { decision: 'none', now: 'user.contact.phone' } }]);
  });

  it('profiles only what needs it, and only where the source allows', async () => {
    const asked: string[][] = [];
    const profile: SourceConnection['profile'] = async function* (requests, profiler) {
      asked.push(requests.map(({ path }) => path.join('.')));
      for (const request of requests) {
        if (request.path[0] === 'id') {
          yield {
            type: 'gap',
            gap: { what: 'id', reason: 'no-rights', detail: 'not allowed', remedy: 'ask its owner' },
          };
          continue;
        }
        const one = profiler.begin(request);
        for (let i = 0; i < 40; i++) one.add(`person${i}@example.com`);
        yield { type: 'profile', profile: one.end() };
      }
    };
    const documents = () => wholeScope('public', [table('shop.public.t', ['id int', 'v1'])]);
    const off = scriptedSource('off', documents, { looksAtValues: profile });
    await house.sync([off]).run({ source: 'off', actor });
    expect(asked).toEqual([]);
    const allowed = scriptedSource('s', documents, { looksAtValues: profile, profile: 'sample' });

    const first = await house.sync([allowed]).run({ source: 's', actor });
    expect(asked).toEqual([['id', 'v1']]);
    expect(first).toMatchObject({ status: 'PARTIAL', fields: { profiled: 1 } });
    expect(first.gaps).toMatchObject([{ what: 'id', reason: 'no-rights' }]);
    expect(await verdictsOf(field('v1'))).toContainEqual(expect.objectContaining({ category: 'user.contact.email' }));
    expect(JSON.stringify(await house.stores.graph.evidence([field('v1')], 4))).not.toContain('person1');

    const second = await house.sync([allowed]).run({ source: 's', actor });
    expect(asked).toHaveLength(1);
    expect(second).toMatchObject({ status: 'UNCHANGED', gaps: [{ what: 'id' }] });
  });

  it('looks again only at the values that a changed detector concerns, and says where it cannot', async () => {
    const asked: string[][] = [];
    let isDown = false;
    const profile: SourceConnection['profile'] = async function* (requests, profiler) {
      asked.push(requests.map(({ path }) => path.join('.')));
      for (const request of isDown ? [] : requests) {
        const one = profiler.begin(request);
        for (let i = 0; i < 40; i++) one.add(request.path[0] === 'v1' ? `person${i}@example.com` : i % 2 === 0);
        yield { type: 'profile', profile: one.end() };
      }
    };
    const documents = () => wholeScope('public', [table('shop.public.t', ['flag', 'v1'])]);
    const source = scriptedSource('s', documents, { looksAtValues: profile, profile: 'sample' });
    await house.sync([source]).run({ source: 's', actor });
    const raised = detectors.map((each) => (each.id === 'email' ? { ...each, version: 2 } : each));
    const classifier = createClassifier({ taxonomy: loadTaxonomy(), detectors: raised });
    const { preview } = await house.sync([source], { classifier }).run({ source: 's', actor, dryRun: true });
    expect(preview).toMatchObject({
      toProfile: 1,
      awaiting: [{ field: 'v1', isProtected: true, before: { category: 'user.contact.email' } }],
    });
    expect(preview?.shown.map(({ field: name, awaitsValues }) => [name, awaitsValues])).toEqual([['v1', true]]);
    isDown = true;
    const stale = await house.sync([source], { classifier }).run({ source: 's', actor });
    expect(asked).toEqual([['flag', 'v1'], ['v1']]);
    expect(stale.gaps).toMatchObject([{ what: 'shop.public.t', reason: 'needs-profiling' }]);
    isDown = false;
    const fresh = await house.sync([source], { classifier }).run({ source: 's', actor, full: true });
    expect(asked[2]).toEqual(['v1']);
    expect(fresh.gaps).toEqual([]);
  });
});
