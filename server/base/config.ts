import { dirname, resolve } from 'node:path';
import type { ZodType } from 'zod';
import { configValue, readConfigFile, type ConfigProblem, type ConfigText } from './config-file.ts';
import { detectorPaths } from './config-detectors.ts';
import type { AccessConfig } from './config-access.ts';
import type { EmitConfig } from './config-emit.ts';
import { sourceLlmProblems, type LlmConfig } from './config-llm.ts';
import type { NotifyConfig } from './config-notify.ts';
import type { RetentionPolicy } from './config-retention.ts';
import { vectorStoreOf, type RulebookConfig, type VectorStoreConfig } from './config-rulebook.ts';
import { graphStoreOf, type GraphStoreConfig } from './config-stores.ts';
import { commonSourceSchema, configSchema } from './config-schema.ts';
import type { TracingConfig } from './config-tracing.ts';
import type { WriteBackConfig } from './config-write-back.ts';
import { LexlineError, messageOf } from './errors.ts';
import { problemsOf } from './config-problems.ts';
import { parseCron } from './cron.ts';
import { suggest } from './nearest.ts';
import { namingOf } from './source-naming.ts';

/** One configured source. `settings` is what its connector's own schema made of the members that not all sources share. */
export interface SourceConfig {
  readonly name: string;
  readonly connector: string;
  readonly schedule: string | null;
  readonly profile: 'none' | 'in-database' | 'sample';
  readonly applies: Readonly<Record<string, string>>;
  /** Our class or category → the tag that people already use for it in this source. */
  readonly tagMap: Readonly<Record<string, string>>;
  readonly writeBack: WriteBackConfig;
  /** Null: no webhook. */
  readonly webhook: { readonly secret: string } | null;
  /** The model endpoint that may see this source's metadata; null: none. */
  readonly llm: string | null;
  readonly settings: unknown;
  /** Settings that say how names in its files are read; there also where `settings` were not looked at. */
  readonly naming: Readonly<Record<string, string>>;
}

/** The configuration, checked and with every default in place. */
export interface Config {
  readonly sources: readonly SourceConfig[];
  /** Absolute folder of the embedded stores. */
  readonly dataDirectory: string;
  /** The engine of graph, ledger and state. */
  readonly graphStore: GraphStoreConfig;
  /** The engine of the passages of regulation texts. */
  readonly vectorStore: VectorStoreConfig;
  /** Which regulations, from where. */
  readonly rulebook: RulebookConfig;
  /** What relative paths in it start from: the configuration file's folder. */
  readonly directory: string;
  /** Null: detectors only. */
  readonly llm: LlmConfig | null;
  /** Null: no sign-in. */
  readonly access: AccessConfig | null;
  readonly http: {
    readonly host: string;
    readonly port: number;
    readonly origins: readonly string[];
    /** Absolute folder of listed operations; null: none. */
    readonly operations: string | null;
    readonly onlyOperations: boolean;
  };
  readonly namespaces: Readonly<Record<string, readonly string[]>>;
  readonly precedence: readonly string[];
  /** Who is told, in OpenLineage events, what is known. */
  readonly emit: EmitConfig;
  /** Who is told when something needs a person. */
  readonly notify: NotifyConfig;
  readonly timezone: string;
  /** Absolute files and folders of a user's own detectors, allow-lists and tuning. */
  readonly detectors: readonly string[];
  /** Absolute folders and files; null where the configuration names none. */
  readonly masking: string | null;
  readonly governance: string | null;
  readonly policies: string | null;
  /** Null: every revision is kept. */
  readonly retention: RetentionPolicy | null;
  /** Null: no traces. */
  readonly tracing: TracingConfig | null;
  readonly signing: { readonly keyFile: string; readonly previous: readonly string[] } | null;
}

/** The connectors that sources may name; only their schemas are asked for. */
export type ConnectorSchemas = Readonly<Record<string, () => Promise<ConnectorSchema>>>;

interface ConnectorSchema {
  readonly configSchema: ZodType;
  readonly capabilities?: { readonly profile: readonly string[]; readonly write?: boolean };
}

export interface ConfigOptions {
  readonly connectors: ConnectorSchemas;
  /** The folder given by `--data`; together with `stores.graph.path` it is refused. */
  readonly data?: string | undefined;
  /**
   * Nothing will sign in at a source: what only a connector needs is neither checked nor kept, and environment variables of
   * sources may be missing.
   */
  readonly sourcesUnread?: boolean;
}

/** Members of the contract that belong to later releases: named, so that nobody believes them to be in force. */
const notYet: Readonly<Record<string, string>> = {};
const notYetInSources: Readonly<Record<string, string>> = {};

/** Reads a configuration file, `${NAME}` filled in from `env`. Fails with CONFIG_INVALID, naming every mistake with its line. */
export async function loadConfig(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
  options: ConfigOptions,
): Promise<Config> {
  const unread = options.sourcesUnread === true ? 'sources' : undefined;
  return checkConfig(readConfigFile(file, env, unread), dirname(resolve(file)), options);
}

/** The same checks on a value that a program hands in. Relative paths start from `directory`. */
export async function parseConfig(value: unknown, directory: string, options: ConfigOptions): Promise<Config> {
  return checkConfig(configValue(value), resolve(directory), options);
}

async function checkConfig(text: ConfigText, directory: string, options: ConfigOptions): Promise<Config> {
  const parsed = configSchema.safeParse(text.value);
  if (!parsed.success) throw text.fail(problemsOf(parsed.error, configSchema, [], notYet));
  const {
    sources: given,
    stores,
    precedence,
    access = null,
    http,
    llm = null,
    tracing = null,
    detectors,
    masking,
    governance,
    policies,
    retention = null,
    signing,
    regulations,
    rulebook,
    ...rest
  } = parsed.data;
  const entries = given ?? [];
  const problems: ConfigProblem[] = [];
  const sources: SourceConfig[] = [];
  for (const [i, entry] of entries.entries()) {
    const source = await parseSource(entry, i, options, problems);
    if (source === null) continue;
    if (sources.some((other) => other.name === source.name))
      problems.push({ path: ['sources', i, 'name'], message: `there are two sources named "${source.name}"` });
    problems.push(...sourceLlmProblems(source, llm, ['sources', i, 'llm']));
    sources.push(source);
  }
  const names = entries.flatMap((entry) => (typeof entry['name'] === 'string' ? [entry['name']] : []));
  const known = [...names, ...Object.keys(options.connectors)];
  for (const [i, name] of precedence.entries())
    if (!known.includes(name))
      problems.push({
        path: ['precedence', i],
        message: `no source or connector of that name; ${suggest(name, known)}`,
      });
  if (options.data !== undefined && stores.graph.path !== undefined)
    problems.push({
      path: ['stores', 'graph', 'path'],
      message: 'says where the stores are, and so does --data: take one of the two out',
    });
  if (problems.length > 0) throw text.fail(problems);
  const dataDirectory =
    options.data === undefined ? resolve(directory, stores.graph.path ?? './data') : resolve(options.data);
  const place = (path: string | undefined): string | null => (path === undefined ? null : resolve(directory, path));
  const key = signing === undefined ? null : resolve(directory, signing.keyFile);
  return {
    ...rest,
    access,
    http: { ...http, operations: place(http.operations) },
    llm,
    tracing,
    sources,
    precedence,
    dataDirectory,
    graphStore: graphStoreOf(stores.graph),
    vectorStore: vectorStoreOf(stores.vectors),
    rulebook: { ...rulebook, regulations, folders: rulebook.folders.map((folder) => resolve(directory, folder)) },
    directory,
    detectors: detectorPaths(detectors).map((path) => resolve(directory, path)),
    masking: place(masking),
    governance: place(governance),
    policies: place(policies),
    retention,
    signing:
      signing === undefined || key === null
        ? null
        : { keyFile: key, previous: signing.previous.map((file) => resolve(directory, file)) },
  };
}

async function parseSource(
  entry: Readonly<Record<string, unknown>>,
  index: number,
  { connectors, sourcesUnread = false }: ConfigOptions,
  problems: ConfigProblem[],
): Promise<SourceConfig | null> {
  const path = ['sources', index];
  const common = commonSourceSchema.safeParse(entry);
  if (!common.success) {
    problems.push(...problemsOf(common.error, commonSourceSchema, path, {}));
    return null;
  }
  const { connector: connectorName, schedule = null, llm = null, webhook = null, ...shared } = common.data;
  if (schedule !== null) problems.push(...scheduleProblems(schedule, [...path, 'schedule']));
  const load = Object.hasOwn(connectors, connectorName) ? connectors[connectorName] : undefined;
  if (load === undefined) {
    const hint = suggest(connectorName, Object.keys(connectors));
    problems.push({ path: [...path, 'connector'], message: `no connector of that name; ${hint}` });
    return null;
  }
  const applies = Object.fromEntries(
    Object.entries(shared.applies).filter(
      (entry): entry is [string, Exclude<(typeof entry)[1], undefined>] => entry[1] !== undefined,
    ),
  );
  const source = { ...shared, applies, connector: connectorName, schedule, llm, webhook, naming: namingOf(entry) };
  if (sourcesUnread) return { ...source, settings: null };
  const { configSchema: own, capabilities } = await load();
  if (shared.profile !== 'none' && capabilities?.profile.includes(shared.profile) === false)
    problems.push({
      path: [...path, 'profile'],
      message: `the ${connectorName} connector cannot do that: take it out`,
    });
  if (shared.writeBack.mode !== 'off' && capabilities?.write === false)
    problems.push({
      path: [...path, 'writeBack'],
      message: `the ${connectorName} connector only reads: take it out`,
    });
  const commonKeys = Object.keys(commonSourceSchema.shape);
  const settings = own.safeParse(
    Object.fromEntries(Object.entries(entry).filter(([key]) => !commonKeys.includes(key))),
  );
  if (!settings.success) {
    problems.push(...problemsOf(settings.error, own, path, notYetInSources, commonKeys));
    return null;
  }
  return { ...source, settings: settings.data };
}

function scheduleProblems(schedule: string, path: ConfigProblem['path']): ConfigProblem[] {
  try {
    parseCron(schedule);
    return [];
  } catch (error) {
    return [{ path, message: error instanceof LexlineError ? error.message : messageOf(error) }];
  }
}
