import { existsSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connectors } from '../connectors/connectors.ts';
import type { CheckResult, SourceConnection } from '../connectors/connector.ts';
import { systemClock, type Clock } from './base/clock.ts';
import { loadConfig, parseConfig, type Config, type SourceConfig } from './base/config.ts';
import { LexlineError } from './base/errors.ts';
import { createLog, logLevel, silentLog, type Log } from './base/log.ts';
import { lazily } from './base/lazily.ts';
import { redact } from './base/redact.ts';
import { productVersion } from './base/version.ts';
import type { Compose, ComposeSettings, Product } from './cli/composition.ts';
import { digestOf } from './model/json.ts';
import type { LexlineRouter } from './http/create-router.ts';
import type { Query } from './query/query.ts';
import type { Reports } from './report/create-reports.ts';
import type { ConfiguredSource } from './sync/source.ts';
import type { Sync } from './sync/sync.ts';

/** How a program starts Lexline inside itself. */
export interface LexlineOptions {
  /** A configuration file, or what would stand in one. Default: no sources, stores in ./data. */
  readonly config?: string | Readonly<Record<string, unknown>>;
  /** What relative paths of a configuration given as a value start from. Default: the working directory. */
  readonly directory?: string;
  /** Fills `${NAME}` in a configuration file. Default: the process's own environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  /** Default: nothing is logged. */
  readonly log?: Log;
}

/** Lexline inside another program. */
export interface Lexline {
  /** Mounts on an Express application: `app.use('/lexline', lexline.router)`. Answers loopback only, as there is no sign-in. */
  readonly router: (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;
  readonly sync: Sync;
  readonly query: Query;
  readonly reports: Reports;
  /** Lets `close` end the connections of the server that the router is mounted on. */
  attach(server: Server): void;
  /** Lets running requests end, then closes workers and stores. */
  close(): Promise<void>;
}

/**
 * Starts Lexline inside another program. Fails with CONFIG_INVALID, or with what the stores say: STORE_UNAVAILABLE,
 * STORE_CORRUPT, STORE_NEWER.
 */
export async function createLexline(options: LexlineOptions = {}): Promise<Lexline> {
  const { config: given = {}, directory = process.cwd(), env = process.env, clock = systemClock } = options;
  const config =
    typeof given === 'string'
      ? await loadConfig(given, env, { connectors })
      : await parseConfig(given, directory, { connectors });
  const product = await openProduct(config, clock, options.log ?? silentLog);
  try {
    const doors = await product.doors();
    const [sync, query, reports] = await Promise.all([product.sync(), product.query(), product.reports()]);
    // Express's own type would ask every user for @types/express; what it takes is Node's.
    const router = doors.router as unknown as Lexline['router'];
    return {
      router,
      sync,
      query,
      reports,
      attach: (server) => doors.attach(server),
      close: () => product.close(),
    };
  } catch (error) {
    await product.close();
    throw error;
  }
}

/** What the command line needs, made from its options. The composition behind `server/main.ts`. */
export function composeFor({ global, env, clock }: ComposeSettings): Compose {
  const log = createLog({ level: logLevel(env['LEXLINE_LOG'], 'warn'), clock });
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
    hasStores: async () => hasStores(await readConfig()),
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
      if (given.mustExist === true && !(await hasStores(config))) throw noStores(config);
      return openProduct(config, clock, given.log ?? log);
    },
  };
}

async function hasStores({ dataDirectory }: Config): Promise<boolean> {
  const { storeFile } = await import('./stores/sqlite/database.ts');
  return existsSync(storeFile(dataDirectory));
}

function noStores({ dataDirectory }: Config): LexlineError {
  const message = `[lexline] there are no stores in ${dataDirectory}: nothing was synced yet`;
  return new LexlineError('STORE_UNAVAILABLE', message, {
    remedy: 'lexline sync\nor name the folder that has them with --data',
  });
}

/** The product with what only this file may hand out. */
interface WholeProduct extends Product {
  doors(): Promise<LexlineRouter>;
}

/** Opens the stores and puts the rooms together around them; each room is loaded when it is first asked for. */
async function openProduct(config: Config, clock: Clock, log: Log): Promise<WholeProduct> {
  const { openSqliteStores } = await import('./stores/sqlite/open-stores.ts');
  const stores = await openSqliteStores({ path: config.dataDirectory, log, clock });
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
  const doors = lazily(async () => {
    const [{ createGraphql }, { createRouter }, { createPages }] = await Promise.all([
      import('./graphql/create-graphql.ts'),
      import('./http/create-router.ts'),
      import('./http/pages.ts'),
    ]);
    const rooms = { query: await query(), sync: await sync() };
    const graphql = await createGraphql({ ...rooms, memory: stores.state, clock, log, introspection: true });
    return createRouter({ query: rooms.query, graphql, pages: createPages(), log });
  });
  return {
    config,
    query,
    sync,
    reports,
    doors,
    async serve({ host, port }) {
      const { listen } = await import('./http/listen.ts');
      return listen({ router: await doors(), host, port, signIn: false, log });
    },
    async runSchedule(actor, signal) {
      const { runSchedule } = await import('./sync/schedule.ts');
      const sources = config.sources.flatMap(({ name, schedule }) => (schedule === null ? [] : [{ name, schedule }]));
      const syncOne = async (source: string): Promise<void> => {
        const report = await (await sync()).run({ source, actor, signal });
        if (report.error !== null) log.error('a scheduled sync failed', { source, ...report.error });
      };
      await runSchedule({ sources, timezone: config.timezone, clock, log, sync: syncOne, signal });
    },
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
      if (doors.made()) await (await doors()).close();
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
