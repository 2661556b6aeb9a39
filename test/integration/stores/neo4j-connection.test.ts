import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../server/base/log.ts';
import { checkServer } from '../../../server/stores/neo4j/migrate.ts';
import { inspectNeo4j, openNeo4jStores } from '../../../server/stores/neo4j/open-stores.ts';
import { schemaVersion } from '../../../server/stores/neo4j/schema.ts';
import { datasetUid } from '../../../server/model/ids.ts';
import { assertion, commit, dataset, named } from '../../conformance/graph-documents.ts';
import { runLexline } from '../cli/run-in-process.ts';
import { describeOnNeo4j, emptyDatabase, freshNeo4j, neo4jConnection, onDatabase } from './neo4j-database.ts';

describe('a server that is not supported', () => {
  it.each(['Neo4j/4.4.30', 'Neo4j/5.25.1', 'Neo4j/v5.11.0 compatible graph database server - Memgraph', ''])(
    'is refused by what it says of itself: %s',
    (agent) => {
      expect(() => checkServer(agent, 'db:7687')).toThrow(expect.objectContaining({ code: 'STORE_UNSUPPORTED' }));
    },
  );

  it.each([
    ['Neo4j/5.26.30', '5.26.30'],
    ['Neo4j/2026.08.1', '2026.08.1'],
    ['Neo4j/2025.01.0-aura', '2025.01.0-aura'],
  ])('is told from one that is: %s', (agent, version) => {
    expect(checkServer(agent, 'db:7687')).toBe(version);
  });
});

it('a server that does not answer is told by its address, without the password', async () => {
  const opening = openNeo4jStores({
    url: 'bolt://127.0.0.1:9',
    username: 'neo4j',
    password: 'secret-of-tests',
    log: silentLog,
  });
  await expect(opening).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  await expect(opening).rejects.toThrow('127.0.0.1:9');
  await expect(opening).rejects.not.toThrow('secret-of-tests');
});

describeOnNeo4j('opening a Neo4j', () => {
  const connection = () => {
    if (neo4jConnection === null) throw new Error('NEO4J_URI is not set');
    return neo4jConnection;
  };
  const open = () => openNeo4jStores({ ...connection(), log: silentLog });
  beforeEach(emptyDatabase);

  it('refuses a wrong password and says nothing of it', async () => {
    const opening = openNeo4jStores({ ...connection(), password: 'not-the-password', log: silentLog });
    await expect(opening).rejects.toMatchObject({ code: 'STORE_AUTH_FAILED' });
    await expect(opening).rejects.not.toThrow('not-the-password');
  });

  it('leaves a graph alone that is not ours', async () => {
    await onDatabase((run) => run("CREATE (:Customer {name: 'Example'}), (:Head {one: 1, disposable: true})"));
    await expect(open()).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    expect(await onDatabase((run) => run('MATCH (n) RETURN count(*) AS nodes'))).toEqual([{ nodes: 2 }]);
  });

  it('refuses stores that a newer release has migrated, also while this one has them open', async () => {
    const stores = await freshNeo4j();
    await onDatabase((run) => run('MATCH (h:Head) SET h.schema = 99'));
    await expect(open()).rejects.toMatchObject({ code: 'STORE_NEWER' });
    await expect(stores.graph.lease('late', 1000)).rejects.toMatchObject({ code: 'STORE_NEWER' });
    await stores.close();
  });

  it('finds after the migration what version 1 indexed by other words', async () => {
    const stores = await freshNeo4j();
    await commit(stores.graph, [
      assertion('a', dataset('Straße', ['id', 'w'.repeat(300)], { description: 'of Ωμέγας' })),
    ]);
    await stores.close();
    await onDatabase(async (run) => {
      await run("MATCH (x:Entity|Fact) WHERE x.words STARTS WITH 'strasse' SET x.words = 'straße ωμεγας'");
      await run(`MATCH (x:Entity) WHERE x.words STARTS WITH 'www' SET x.words = '${'w'.repeat(300)}'`);
      await run('MATCH (h:Head) SET h.schema = 1');
    });
    const again = await open();
    const found = async (text: string) =>
      (await again.graph.search(text, {}, 1, { first: 5 })).items.map(({ path, name }) => path?.[0] ?? name);
    expect(await found('strasse')).toEqual(['Straße']);
    expect(await found('ωμεγασ')).toEqual(['Straße']);
    expect(await found('w'.repeat(280))).toEqual(['w'.repeat(300)]);
    expect(await found('id')).toEqual(['id']);
    await again.close();
  });

  it('brings older stores up and keeps what is in them', async () => {
    const stores = await freshNeo4j();
    await commit(stores.graph, [assertion('a', dataset('orders', ['id']))]);
    await stores.close();
    await onDatabase(async (run) => {
      await run('DROP INDEX words');
      await run('MATCH (h:Head) SET h.schema = 0');
    });
    const again = await open();
    expect((await again.graph.search('orders', {}, 1, { first: 5 })).items).toHaveLength(1);
    expect(await inspectNeo4j(connection())).toMatchObject({ schema: schemaVersion });
    await again.close();
  });

  it('gives fields to their datasets that version 2 hung nowhere, and lets every dataset be judged again', async () => {
    const stores = await freshNeo4j();
    await commit(stores.graph, [
      assertion('a', dataset('orders', ['id', 'email'])),
      assertion('a', dataset('t', ['c'])),
    ]);
    await stores.state.put('judged', 'a', 'digest');
    await stores.close();
    await onDatabase(async (run) => {
      await run('MATCH ({path: \'["email"]\'})<-[r:HAS]-() DELETE r');
      await run('MATCH (d {uid: $uid}) DETACH DELETE d', { uid: datasetUid(named('t')) });
      await run('MATCH (h:Head) SET h.schema = 2');
    });
    const again = await open();
    const fieldsOf = async (name: string) =>
      (await again.graph.fieldsOf([datasetUid(named(name))], 1)).flat().map(({ path }) => path?.[0]);
    expect(await fieldsOf('orders')).toEqual(['email', 'id']);
    expect(await fieldsOf('t')).toEqual(['c']);
    expect(await again.state.get('judged', 'a')).toBeNull();
    expect((await again.graph.search('t', { alive: false }, 1, { first: 5 })).items).toHaveLength(1);
    await again.close();
  });

  it('lets many processes make the schema at the same moment', async () => {
    const opened = await Promise.all(Array.from({ length: 4 }, open));
    await onDatabase((run) => run('MATCH (h:Head {one: 1}) SET h.disposable = true'));
    expect((await Promise.all(opened.map(({ graph }) => graph.head()))).map(({ published }) => published)).toEqual([
      0, 0, 0, 0,
    ]);
    for (const stores of opened) await stores.close();
    expect(await onDatabase((run) => run('MATCH (h:Head) RETURN count(*) AS heads'))).toEqual([{ heads: 1 }]);
  });

  it('is told by doctor and check-config, before and after the stores are made', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lexline-neo4j-cli-'));
    const { url, username, password } = connection();
    const file = join(folder, 'lexline.yaml');
    writeFileSync(
      file,
      `sources: []\nstores:\n  graph: { engine: neo4j, url: "${url}", username: ${username}, password: "\${NEO4J_PASSWORD}" }\n`,
    );
    const run = (command: string, secret: string) =>
      runLexline([command, '--config', file], { env: { NEO4J_PASSWORD: secret } });
    try {
      expect((await run('check-config', password)).out).toMatch(/stores: Neo4j [\d.]+, empty, 127\.0\.0\.1:\d+/u);
      const stores = await freshNeo4j();
      await commit(stores.graph, [assertion('a', dataset('orders', ['id']))]);
      await stores.close();
      const doctor = await run('doctor', password);
      expect(doctor.out).toMatch(/ok +store engine: Neo4j [\d.]+, stores of version \d+, 127\.0\.0\.1:\d+/u);
      expect(doctor.out).toContain(`stores of version ${schemaVersion},`);
      expect(doctor.out).toMatch(/ok +stores: revision 1 of/u);
      const refused = await run('check-config', 'not-the-password');
      expect(refused.status).toBe(1);
      expect(refused.out).toContain('STORE_AUTH_FAILED');
      expect((await run('doctor', 'not-the-password')).out).toContain('STORE_AUTH_FAILED');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
