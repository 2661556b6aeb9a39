import { existsSync } from 'node:fs';
import { connectors } from '../connectors/connectors.ts';
import type { CheckResult, SourceConnection } from '../connectors/connector.ts';
import type { Clock } from './base/clock.ts';
import { loadConfig, parseConfig, type Config, type SourceConfig } from './base/config.ts';
import { LexlineError } from './base/errors.ts';
import { createLog, type Log } from './base/log.ts';
import { lazily } from './base/lazily.ts';
import { redact } from './base/redact.ts';
import { productVersion } from './base/version.ts';
import type { Compose, ComposeSettings, Product } from './cli/composition.ts';
import { digestOf } from './model/json.ts';
import type { ConfiguredSource } from './sync/source.ts';

/** What the command line needs, made from its options. The composition behind `server/main.ts`. */
export function composeFor({ global, env, clock }: ComposeSettings): Compose {
  const log = createLog({ level: logLevel(env['LEXLINE_LOG']), clock });
  const readConfig = lazily(async () => {
    const file = global.config ?? 'lexline.yaml';
    const options = { connectors, data: global.data };
    return global.config !== undefined || existsSync(file)
      ? loadConfig(file, env, options)
      : parseConfig({}, process.cwd(), options);
  });
  return {
    readConfig,
    parseConfig: (value, directory) => parseConfig(value, directory, { connectors }),
    checkSource: async (name, signal) => checkSource(name, await readConfig(), clock, log, signal),
    async backUp(file) {
      const { backUpStores } = await import('./stores/sqlite/backup.ts');
      backUpStores((await readConfig()).dataDirectory, file);
    },
    async restore(file) {
      const { restoreStores } = await import('./stores/sqlite/backup.ts');
      restoreStores(file, (await readConfig()).dataDirectory);
    },
    async open(given = {}) {
      const config = given.config ?? (await readConfig());
      if (given.mustExist === true) await expectStores(config);
      return openProduct(config, clock, given.log ?? log);
    },
  };
}

async function expectStores({ dataDirectory }: Config): Promise<void> {
  const { storeFile } = await import('./stores/sqlite/database.ts');
  if (!existsSync(storeFile(dataDirectory)))
    throw new LexlineError(
      'STORE_UNAVAILABLE',
      `[lexline] there are no stores in ${dataDirectory}: nothing was synced yet`,
      {
        remedy: 'lexline sync\nor name the folder that has them with --data',
      },
    );
}

function logLevel(wanted: string | undefined): 'debug' | 'info' | 'warn' | 'error' {
  return wanted === 'debug' || wanted === 'info' || wanted === 'error' ? wanted : 'warn';
}

/** Opens the stores and puts the rooms together around them; each room is loaded when it is first asked for. */
async function openProduct(config: Config, clock: Clock, log: Log): Promise<Product> {
  const { openSqliteStores } = await import('./stores/sqlite/open-stores.ts');
  const stores = await openSqliteStores({ path: config.dataDirectory, log });
  const taxonomy = lazily(async () => (await import('./rulebook/taxonomy.ts')).loadTaxonomy());
  const sqlEngine = lazily(async () => (await import('./sql/create-sql-engine.ts')).createSqlEngine({}));

  const query = lazily(async () => {
    const { createQuery } = await import('./query/create-query.ts');
    const applies = new Map(config.sources.map((source) => [source.name, source.applies]));
    const { graph, state } = stores;
    return createQuery({
      graph,
      state,
      taxonomy: await taxonomy(),
      appliesOf: (source) => applies.get(source) ?? {},
      clock,
      timezone: config.timezone,
    });
  });
  const sync = lazily(async () => {
    const [{ createSync }, { createClassifier }, { loadPropagationRules }] = await Promise.all([
      import('./sync/create-sync.ts'),
      import('./classify/create-classifier.ts'),
      import('./rulebook/functions.ts'),
    ]);
    return createSync({
      stores,
      sources: await Promise.all(config.sources.map((source) => configuredSource(source, config, clock, log))),
      sqlEngine: await sqlEngine(),
      classifier: createClassifier({ taxonomy: await taxonomy() }),
      taxonomy: await taxonomy(),
      rules: loadPropagationRules(),
      namespaces: config.namespaces,
      clock,
      log,
    });
  });
  const reports = lazily(async () => {
    const { createReports } = await import('./report/create-reports.ts');
    return createReports({ query: await query(), version: productVersion() });
  });
  return {
    config,
    query,
    sync,
    reports,
    head: () => stores.graph.head(),
    sources: () => stores.graph.sources(),
    async retireSource(name, { actor, signal }) {
      const source = (await stores.graph.sources()).find((one) => one.name === name);
      if (source === undefined) throw new LexlineError('NOT_FOUND', `[lexline] the graph knows no source "${name}"`);
      const { retireSource } = await import('./sync/retire-source.ts');
      const { loadPropagationRules } = await import('./rulebook/functions.ts');
      const { graph, state } = stores;
      return retireSource({ graph, state, rules: loadPropagationRules(), clock, actor, source, signal });
    },
    verifyLedger: () => stores.ledger.verify(),
    async close() {
      if (sqlEngine.made()) await (await sqlEngine()).close();
      await stores.close();
    },
  };
}

async function checkSource(
  name: string,
  config: Config,
  clock: Clock,
  log: Log,
  signal: AbortSignal,
): Promise<CheckResult> {
  const source = config.sources.find((one) => one.name === name);
  if (source === undefined) throw new LexlineError('INPUT_INVALID', `[lexline] no source "${name}" is configured`);
  const connection = (await configuredSource(source, config, clock, log)).connection();
  try {
    return await connection.check(signal);
  } finally {
    await connection.close();
  }
}

async function configuredSource(
  source: SourceConfig,
  config: Config,
  clock: Clock,
  log: Log,
): Promise<ConfiguredSource> {
  const load = connectors[source.connector];
  if (load === undefined) throw new LexlineError('INTERNAL', `[lexline] connector ${source.connector} was not checked`);
  const connector = await load();
  const { name, connector: connectorName, profile, applies, tagMap, settings } = source;
  const connect = (): SourceConnection =>
    connector.connect(settings, { source: name, clock, log, directory: config.directory });
  return {
    name,
    connectorName,
    capabilities: connector.capabilities,
    connection: connect,
    profile,
    applies,
    precedence: precedenceOf(source, config),
    tagMap,
    fingerprint: digestOf(redact({ settings, namespaces: config.namespaces })),
  };
}

/** Sources that `precedence` names come first, in its order; the others follow in the order of the file. */
function precedenceOf({ name, connector }: SourceConfig, config: Config): number {
  const { precedence, sources } = config;
  const named = precedence.findIndex((one) => one === name || one === connector);
  return named >= 0 ? named : precedence.length + sources.findIndex((source) => source.name === name);
}
