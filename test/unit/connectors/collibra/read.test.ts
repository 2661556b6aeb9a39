import { describe, expect, it } from 'vitest';
import { collibra } from '../../../../connectors/collibra/connector.ts';
import { collibraConfig } from '../../../../connectors/collibra/config.ts';
import type { Json } from '../../../../server/model/json.ts';
import { describeConnector } from '../../../conformance/connector.ts';
import { idOf } from '../../../fake/collibra-server.ts';
import { messagesOf, never, readAll } from '../../../connector-messages.ts';
import { listen } from '../../../fake/replay-server.ts';
import * as made from './session.ts';

describeConnector('collibra over a made-up environment', async () => {
  const url = await made.serve();
  return {
    connector: collibra,
    config: { ...made.settings, url },
    connect: () => made.connect(url),
    secrets: ['canary-'],
  };
});

async function documentsOf(environment = made.environment(), changed: object = {}) {
  const messages = await readAll(made.connect(await made.serve(environment), changed));
  const documents = messagesOf('document', messages).map(({ document }) => document);
  const datasets = new Map(documents.flatMap((one) => (one.type === 'dataset' ? [[one.name, one] as const] : [])));
  const jobs = new Map(documents.flatMap((one) => (one.type === 'job' ? [[one.name, one] as const] : [])));
  return { messages, datasets, jobs, gaps: messagesOf('gap', messages).map(({ gap }) => gap) };
}

describe('collibra over a made-up environment', () => {
  it('says its version and how much may be seen', async () => {
    const connection = made.connect(await made.serve());
    const { system, notes } = await connection.check(never);
    expect(system).toBe('Collibra 2026.11.0');
    expect(notes).toEqual(['3 tables and views with 5 columns may be seen']);
    await connection.close();
  });

  it('describes tables with their way, prose without marks, owner, tags, key and columns in order', async () => {
    const { datasets, gaps } = await documentsOf();
    expect([...datasets.keys()].sort()).toEqual(['SHOP.PUBLIC.customers', 'SHOP.PUBLIC.mails', 'SHOP.PUBLIC.staff']);
    const customers = datasets.get('SHOP.PUBLIC.customers');
    expect(customers).toMatchObject({
      kind: 'table',
      platform: 'collibra',
      description: 'People & firms\nthat buy',
      owners: ['bea'],
      tags: [{ name: 'gdpr & co', setBy: 'unknown' }],
      keys: [{ kind: 'primary', fields: [['id']] }],
      native: { id: idOf('customers') },
    });
    expect(customers?.namespace).toMatch(/^collibra:\/\/127\.0\.0\.1:\d+\/CRM$/u);
    expect(customers?.native?.url).toMatch(new RegExp(`/asset/${idOf('customers')}$`, 'u'));
    expect(customers?.fields.map(({ path, type, ordinal, tags }) => [path, type, ordinal, tags])).toEqual([
      [['id'], 'NUMBER(38,0)', 1, undefined],
      [
        ['email'],
        null,
        2,
        [
          { name: 'Personally Identifiable Information', setBy: 'unknown' },
          { name: 'gdpr & co', setBy: 'unknown' },
          { name: 'lexline_email', setBy: 'lexline' },
        ],
      ],
      [['note'], null, 3, [{ name: 'Security Classification', value: 'Confidential', setBy: 'unknown' }]],
    ]);
    expect(datasets.get('SHOP.PUBLIC.mails')?.kind).toBe('view');
    expect(datasets.get('SHOP.PUBLIC.staff')?.owners).toEqual(['HR team']);
    expect(gaps).toEqual([]);
  });

  it('takes marks off descriptions alone, and keeps types and comparisons as they are', async () => {
    const environment = made.environment();
    made.describe(environment, 'staff', made.known.description, '<div class="x">if a<b and c>d<br/>then</div>');
    made.describe(environment, 'staff.salary', made.known.dataType, 'ARRAY<STRUCT<a:STRING>>');
    const staff = (await documentsOf(environment)).datasets.get('SHOP.PUBLIC.staff');
    expect(staff?.description).toBe('if a<b and c>d\nthen');
    expect(staff?.fields[0]?.type).toBe('ARRAY<STRUCT<a:STRING>>');
  });

  it('says which columns of one name it left out', async () => {
    const environment = made.environment();
    made.table(environment, 'twice', 'public', 'hr', ['a', 'b']);
    environment.assets = environment.assets.map((one) =>
      one.id === idOf('twice.b') ? { ...one, displayName: 'a' } : one,
    );
    const { gaps, datasets } = await documentsOf(environment);
    expect(gaps.map(({ what }) => what)).toEqual(['1 column of SHOP.PUBLIC.twice']);
    expect(datasets.get('SHOP.PUBLIC.twice')?.fields).toHaveLength(1);
  });

  it('draws flows between columns, from head to tail or the other way, and none to what is not read', async () => {
    const { jobs } = await documentsOf();
    expect([...jobs.keys()]).toEqual(['collibra lineage:SHOP.PUBLIC.mails']);
    const job = jobs.get('collibra lineage:SHOP.PUBLIC.mails');
    expect(job?.inputs.map(({ name }) => name)).toEqual(['SHOP.PUBLIC.customers']);
    expect(job?.edges).toMatchObject([{ from: { field: ['email'] }, to: { field: ['address'] }, effect: 'unknown' }]);
    const turned = await documentsOf(made.environment(), {
      lineage: [{ relation: made.known.targets, flow: 'tail-to-head' }],
    });
    expect(turned.jobs.get('collibra lineage:SHOP.PUBLIC.customers')?.edges).toMatchObject([
      { from: { field: ['address'] }, to: { field: ['email'] } },
    ]);
  });

  it('takes the namespace of the database before that of the system', async () => {
    const bySystem = await documentsOf(made.environment(), { namespaces: { CRM: 'oracle://crm:1521' } });
    expect(bySystem.datasets.get('SHOP.PUBLIC.staff')).toMatchObject({
      namespace: 'oracle://crm:1521',
      platform: 'oracle',
    });
    const byBoth = await documentsOf(made.environment(), {
      namespaces: { CRM: 'oracle://crm:1521', SHOP: 'snowflake://acme-prod' },
    });
    expect(byBoth.datasets.get('SHOP.PUBLIC.staff')).toMatchObject({
      namespace: 'snowflake://acme-prod',
      platform: 'snowflake',
    });
  });

  it('reads domain by domain, of the communities that are asked for', async () => {
    const { messages } = await documentsOf();
    expect(messagesOf('scopes', messages)[0]?.scopes).toEqual(['Acme > Sales > Warehouse', 'People > HR', 'Collibra']);
    const some = await documentsOf(made.environment(), { communities: { exclude: ['People'] } });
    expect(messagesOf('scopes', some.messages)[0]?.scopes).toEqual(['Acme > Sales > Warehouse', 'Collibra']);
    const one = await documentsOf(made.environment(), { communities: { include: ['People'] } });
    expect([...one.datasets.keys()]).toEqual(['SHOP.PUBLIC.staff']);
  });

  it('makes gaps of tables of no schema, of names that come twice, of loose columns and unknown attributes', async () => {
    const environment = made.environment();
    made.asset(environment, 'lost', made.known.table, 'lost(table)', 'hr');
    made.asset(environment, 'loose', made.known.column, 'loose(column)', 'hr');
    made.table(environment, 'staff again', 'public', 'hr', ['x']);
    const again = environment.assets.find(({ id }) => id === idOf('staff again'));
    environment.assets = environment.assets.map((one) => (one === again ? { ...one, displayName: 'staff' } : one));
    const { datasets, gaps } = await documentsOf(environment, { tagAttributes: ['Data Category'] });
    expect(gaps.map(({ what }) => what).sort()).toEqual([
      '1 column of no table',
      'attribute Data Category',
      'table SHOP.PUBLIC.staff',
      'table lost',
    ]);
    for (const { remedy } of gaps) expect(remedy).not.toBe('');
    expect(datasets.size).toBe(3);
  });

  it('begins again only the domain in which a relation or a tag changed, and drops a domain that is gone', async () => {
    const environment = made.environment();
    const url = await made.serve(environment);
    const before = await readAll(made.connect(url));
    const at = JSON.parse(JSON.stringify(messagesOf('checkpoint', before).at(-1)?.cursor)) as Json;
    const since = () => readAll(made.connect(url), { kind: 'since', at });
    environment.tags.push({ id: idOf('tag pay'), name: 'pay', assetsCount: 1, on: [idOf('staff.salary')] });
    expect(messagesOf('scope-begin', await since()).map(({ scope }) => scope)).toEqual(['People > HR']);
    environment.assets = environment.assets.filter(({ domain }) => (domain as { id: string }).id !== idOf('hr'));
    const messages = await since();
    expect(messagesOf('scopes', messages)[0]?.scopes).toEqual(['Acme > Sales > Warehouse', 'Collibra']);
    expect(messagesOf('scope-begin', messages)).toEqual([]);
  });

  it.each([
    [{ username: undefined, password: undefined }, 'set username and password'],
    [{ token: 'canary-token' }, 'only one of them'],
    [{ password: undefined }, 'set username and password'],
    [{ url: 'http://collibra.example.com' }, 'not encrypted'],
    [{ url: 'https://ada:canary-password@acme.example.com' }, 'holds a user or a password'],
  ])('refuses %j', (changed, says) => {
    const config = collibraConfig.parse({ ...made.settings, url: 'https://acme.example.com', ...changed });
    expect(() => collibra.connect(config, made.context)).toThrow(says);
  });

  it('signs in with a token', async () => {
    const url = await made.serve();
    const connection = made.connect(url, { username: undefined, password: undefined, token: 'canary-token' });
    expect((await connection.check(never)).system).toContain('2026');
    await connection.close();
  });

  it('fetches tokens by client credentials, and another one where Collibra refuses the first', async () => {
    const tokens = ['canary-ended', 'canary-token', 'canary-further'];
    const given: string[] = [];
    const oauthServer = await listen(async (_, response) => {
      given.push(tokens[given.length] ?? '');
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ access_token: given.at(-1), expires_in: 600 }));
    });
    const oauth = { tokenUrl: oauthServer.url, clientId: 'c', clientSecret: 'canary-secret' };
    const connection = made.connect(await made.serve(), { username: undefined, password: undefined, oauth });
    expect(messagesOf('document', await readAll(connection)).length).toBeGreaterThan(0);
    expect(given).toEqual(['canary-ended', 'canary-token']);
    await oauthServer.close();
  });
});
