import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadConfig, parseConfig, type Config, type ConfigOptions } from '../../../server/base/config.ts';
import { isLexlineError } from '../../../server/base/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shopConnector = z.strictObject({
  url: z.string().min(1),
  tables: z.strictObject({ include: z.array(z.string()).optional() }).default({}),
});
const connectors: ConfigOptions['connectors'] = {
  warehouse: async () => ({
    configSchema: shopConnector,
    capabilities: { profile: ['in-database', 'sample'], write: false },
  }),
};

async function load(text: string, env: Record<string, string> = {}, data?: string): Promise<Config> {
  const file = join(folder, 'lexline.yaml');
  writeFileSync(file, text);
  return loadConfig(file, env, { connectors, data });
}

async function mistakeOf(text: string, env: Record<string, string> = {}, data?: string): Promise<string> {
  try {
    await load(text, env, data);
  } catch (error) {
    if (isLexlineError(error) && error.code === 'CONFIG_INVALID') return error.message;
    throw error;
  }
  throw new Error('the configuration was taken');
}

const whole = `
sources:
  - name: shop
    connector: warehouse
    url: "\${SHOP_URL}"
    schedule: "*/15 * * * *"
    profile: in-database
    applies: { gdpr: controller, hipaa: covered-entity, pci-dss: merchant }
    tagMap: { PII: company.privacy.personal }
stores:
  graph: { engine: embedded, path: ./stores }
namespaces: { "postgres://db.internal:5432": ["postgres://10.0.0.5:5432"] }
precedence: [shop]
timezone: Europe/Berlin
`;

describe('a configuration file', () => {
  it('is read with secrets from the environment, defaults in place and paths from its own folder', async () => {
    const config = await load(whole, { SHOP_URL: 'postgres://reader:p4ss@db.example.com/shop' });
    expect(config.sources).toEqual([
      {
        name: 'shop',
        naming: {},
        connector: 'warehouse',
        llm: null,
        schedule: '*/15 * * * *',
        profile: 'in-database',
        applies: { gdpr: 'controller', hipaa: 'covered-entity', 'pci-dss': 'merchant' },
        tagMap: { PII: 'company.privacy.personal' },
        writeBack: { mode: 'off', threshold: 0.9, maxChanges: 100, tables: false },
        webhook: null,
        settings: { url: 'postgres://reader:p4ss@db.example.com/shop', tables: {} },
      },
    ]);
    expect(config.dataDirectory).toBe(join(folder, 'stores'));
    expect(config.timezone).toBe('Europe/Berlin');
    expect(config.http).toMatchObject({ host: '127.0.0.1', port: 4000, origins: [] });
  });

  it('may be empty: no sources, stores in ./data beside it', async () => {
    const config = await load('');
    expect(config).toMatchObject({ sources: [], dataDirectory: join(folder, 'data'), timezone: 'UTC' });
  });

  it('puts the stores where --data says', async () => {
    expect((await load('sources: []', {}, join(folder, 'elsewhere'))).dataDirectory).toBe(join(folder, 'elsewhere'));
  });

  it('refuses --data together with stores.graph.path', async () => {
    expect(await mistakeOf('stores: { graph: { path: ./x } }', {}, './y')).toMatch(
      /line 1.*stores\.graph\.path.*--data/u,
    );
  });

  it('keeps a written-out ${NAME} when it is escaped', async () => {
    const config = await load('sources: [{ name: a, connector: warehouse, url: "$${HOME}" }]', { HOME: '/root' });
    expect(config.sources[0]?.settings).toMatchObject({ url: '${HOME}' });
  });

  it('does not let a value from the environment become YAML', async () => {
    const config = await load('sources: [{ name: a, connector: warehouse, url: "${U}" }]', { U: '"\nname: b' });
    expect(config.sources[0]).toMatchObject({ name: 'a', settings: { url: '"\nname: b' } });
  });
});

describe('a mistake in the configuration', () => {
  const source = 'sources:\n  - name: shop\n    connector: warehouse\n    url: x\n';

  it.each([
    [
      'an unknown member at the top',
      'precedense: []',
      /line 1: unknown member "precedense"; did you mean "precedence"\?/u,
    ],
    [
      'an unknown member of a source',
      `${source}    profil: none`,
      /line 5: sources\.0: unknown member "profil"; did you mean "profile"\?/u,
    ],
    ['an unknown member of the connector', `${source}    tabels: {}`, /line 5: .*did you mean "tables"\?/u],
    [
      'an unknown member far inside',
      `${source}    tables: { inclde: [] }`,
      /line 5: sources\.0\.tables: .*did you mean "include"\?/u,
    ],
    ['an unknown member like nothing', 'qqqqqqqq: 1', /unknown member "qqqqqqqq"; known here: .*precedence/u],
    [
      'an unknown connector',
      'sources: [{ name: a, connector: warehose }]',
      /sources\.0\.connector: .*did you mean "warehouse"\?/u,
    ],
    ['a missing member', 'sources: [{ name: a, connector: warehouse }]', /sources\.0\.url: is missing \(string\)/u],
    ['a wrong type', 'timezone: [UTC]', /timezone: expected a text, received a list/u],
    ['a time zone that is none', 'timezone: Europe/Nowhere', /not a time zone/u],
    [
      'a role that is none',
      `${source}    applies: { hipaa: coverd-entity }`,
      /line 5: sources\.0\.applies\.hipaa: expected one of/u,
    ],
    [
      'a schedule that never comes',
      `${source}    schedule: "0 0 30 2 *"`,
      /line 5: sources\.0\.schedule: .*never comes/u,
    ],
    [
      'two sources of one name',
      `${source}  - name: shop\n    connector: warehouse\n    url: y`,
      /two sources named "shop"/u,
    ],
    ['a precedence of nobody', `${source}precedence: [shopp]`, /precedence\.0: .*did you mean "shop"\?/u],
    [
      'a name with a space',
      'sources: [{ name: my shop, connector: warehouse, url: x }]',
      /sources\.0\.name: use lower case/u,
    ],
    ['a mode of write-back that is none', `${source}    writeBack: { mode: always }`, /writeBack\.mode: /u],
    [
      'write-back to what only reads',
      `${source}    writeBack: { mode: auto }`,
      /writeBack: the warehouse connector only reads/u,
    ],
    ['YAML that is none', 'a: [1\nb: 2', /line 2, column 1: not valid YAML/u],
    ['a member twice', 'timezone: UTC\ntimezone: UTC', /line 2.*not valid YAML/u],
    ['a list instead of members', '- 1', /expected members \(name: value\), received a list/u],
  ])('is named with its line: %s', async (_, text, expected) => {
    expect(await mistakeOf(text)).toMatch(expected);
  });

  it('is one of several, each on a line of its own', async () => {
    const text = await mistakeOf(`timezone: nowhere\nprecedense: []\n`);
    expect(text).toMatch(/has 2 mistakes:\n {2}line 1: timezone.*\n {2}line 2: unknown member/u);
  });

  it('never shows a value of the file or of the environment', async () => {
    const texts = [
      await mistakeOf(`${source}    pasword: hunter2-canary`),
      await mistakeOf('sources: [{ name: a, connector: warehouse, url: ["${S}"] }]', { S: 'hunter2-canary' }),
      await mistakeOf('timezone: hunter2-canary'),
      await mistakeOf('a: "hunter2-canary" "b"'),
      await mistakeOf('a: *hunter2-canary'),
    ];
    for (const text of texts) expect(text).not.toContain('hunter2-canary');
  });

  it('names an environment variable that is not set', async () => {
    expect(await mistakeOf('sources:\n  - name: a\n    connector: warehouse\n    url: "${SHOP_URL}"')).toMatch(
      /line 4: sources\.0\.url: the environment variable SHOP_URL is not set/u,
    );
  });

  it('asks for no variable of a source where nothing will sign in there, and for all others all the same', async () => {
    const file = join(folder, 'unread.yaml');
    const unread = { connectors, sourcesUnread: true };
    writeFileSync(
      file,
      'sources:\n  - { name: a, connector: warehouse, namespace: "postgres://${DB}", url: "${SHOP_URL}", applies: { gdpr: controller } }',
    );
    const { sources } = await loadConfig(file, {}, unread);
    expect(sources).toMatchObject([
      {
        name: 'a',
        connector: 'warehouse',
        applies: { gdpr: 'controller' },
        naming: { namespace: 'postgres://${DB}' },
        settings: null,
      },
    ]);
    writeFileSync(file, 'sources: [{ name: a, connector: warehaus, url: x }]');
    await expect(loadConfig(file, {}, unread)).rejects.toThrow(/warehouse/u);
    writeFileSync(
      file,
      'stores: { graph: { engine: neo4j, url: "bolt://db", username: a, password: "${NEO4J_PASSWORD}" } }',
    );
    await expect(loadConfig(file, {}, unread)).rejects.toThrow(/NEO4J_PASSWORD is not set/u);
  });

  it('says how to make the file when there is none', async () => {
    await expect(loadConfig(join(folder, 'none.yaml'), {}, { connectors })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      remedy: 'lexline init',
    });
  });

  it('is no folder and a text in UTF-8', async () => {
    await expect(loadConfig(folder, {}, { connectors })).rejects.toMatchObject({
      message: expect.stringContaining('cannot be read: it is a folder') as string,
      remedy: 'name a file in it',
    });
    const file = join(folder, 'latin.yaml');
    writeFileSync(file, Buffer.from('timezone: caf\u00e9', 'latin1'));
    await expect(loadConfig(file, {}, { connectors })).rejects.toMatchObject({
      message: expect.stringContaining('latin.yaml is not a text in UTF-8') as string,
      remedy: expect.stringContaining('UTF-8') as string,
    });
  });
});

describe('a configuration given by a program', () => {
  it('goes through the same checks, without line numbers', async () => {
    const value = { sources: [{ name: 'a', connector: 'warehouse', url: 'x', tabels: {} }] };
    await expect(parseConfig(value, folder, { connectors })).rejects.toThrow(
      '[config] the configuration, sources.0: unknown member "tabels"; did you mean "tables"?',
    );
  });
});
