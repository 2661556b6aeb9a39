import type { CheckResult } from '../../connectors/connector.ts';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../base/config.ts';
import type { Log } from '../base/log.ts';
import type { Tally } from '../classify/model-confidence.ts';
import type { ModelSession } from '../classify/model-tier.ts';
import type { Actor } from '../model/provenance.ts';
import type { Head, SourceRecord } from '../stores/graph/graph-store.ts';
import type { LedgerCheck } from '../stores/ledger/ledger.ts';
import type { GovernanceRoom } from '../governance/governance-room.ts';
import type { Notifier } from '../notify/create-notifier.ts';
import type { Query, Revision } from '../query/query.ts';
import type { ImportedBaseline } from '../sync/baseline/import-baseline.ts';
import type { Reports } from '../report/create-reports.ts';
import type { PackRoom } from '../report/packs/pack-room.ts';
import type { WordEraser } from '../report/erase-words.ts';
import type { ReportDesk } from '../report/report-desk.ts';
import type { Retention } from '../sync/retention/create-retention.ts';
import type { StopList } from '../sync/stop-list.ts';
import type { DeadLetters } from '../sync/dead-letters.ts';
import type { Replay } from '../sync/replay-letters.ts';
import type { Catalogue } from '../rulebook/catalogue.ts';
import type { Library } from '../rulebook/create-library.ts';
import type { Rulebook } from '../rulebook/rulebook.ts';
import type { ReviewDesk } from '../sync/review-desk.ts';
import type { Sync } from '../sync/sync.ts';
import type { WriteBack } from '../writeback/write-back.ts';

/** The composed product, room by room: each is loaded when it is first asked for. `server/lexline.ts` builds it. */
export interface Product {
  readonly config: Config;
  sync(): Promise<Sync>;
  query(): Promise<Query>;
  reports(): Promise<Reports>;
  stops(): Promise<StopList>;
  /** Whoever is told when something needs a person. */
  notifier(): Promise<Notifier>;
  /** Tags on their way back to the sources. */
  writeBack(): Promise<WriteBack>;
  /** Writes down who stands for a report and which left the house. */
  reportDesk(): Promise<ReportDesk>;
  /** Erases names and reasons that stand beside the ledger. */
  wordEraser(): Promise<WordEraser>;
  /** A revision as lines that `check` lays a change over. */
  baseline(asOf?: string): Promise<{ readonly revision: Revision; readonly lines: AsyncIterable<string> }>;
  /** Puts a baseline into empty stores. */
  importBaseline(file: string): Promise<ImportedBaseline>;
  /** Signs packs of evidence and heads of the ledger. */
  packs(): Promise<PackRoom>;
  /** What people know: the configured folder, and what the graph says of it. */
  governance(): Promise<GovernanceRoom>;
  /** Events that could not be taken. */
  deadLetters(): Promise<DeadLetterDesk>;
  /** Lets go of old revisions by policy. */
  retention(): Promise<Retention>;
  /** What waits for people, and their decisions. */
  review(): Promise<ReviewDesk>;
  /** The newest revision, and the one that is being written. */
  head(): Promise<Head>;
  /** The sources that the graph knows, configured or not. */
  sources(): Promise<readonly SourceRecord[]>;
  /** Takes back everything that a source asserted. Fails with NOT_FOUND for one that the graph does not know. */
  retireSource(
    source: string,
    by: { readonly actor: Actor; readonly signal: AbortSignal },
  ): Promise<{ readonly documents: number; readonly revision: number | null }>;
  /** Recomputes every hash of the ledger. */
  verifyLedger(): Promise<LedgerCheck>;
  /** GraphQL, pages and the rest at an address. Fails with PORT_IN_USE, or SIGN_IN_REQUIRED beyond loopback. */
  serve(at: { readonly host: string; readonly port: number }): Promise<Serving>;
  /** Syncs sources at their times until the signal ends it. */
  runSchedule(actor: Actor, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Dead letters, to be looked at and tried again. */
export interface DeadLetterDesk extends Pick<DeadLetters, 'list'> {
  /** All, or those of one source. */
  replay(source: string | undefined): Promise<Replay>;
}

export interface Serving {
  readonly url: string;
  /** Lets running requests end first. */
  close(): Promise<void>;
}

/** Makes the product for one command. */
export interface Compose {
  /** Reads `--config` (or ./lexline.yaml, or, when that does not exist, no sources at all) and `--data`. */
  readConfig(): Promise<Config>;
  /** Checks a configuration that a command makes up for itself. Relative paths in it start from `directory`. */
  parseConfig(value: unknown, directory: string): Promise<Config>;
  /** Signs in at a configured source and looks at the rights. */
  checkSource(source: string, signal: AbortSignal): Promise<CheckResult>;
  /** Where the stores are and what answers there, without changing anything. Fails as opening them does. */
  inspectStores(): Promise<StoresState>;
  /** Reads all of the embedded file, if there is one. Fails with STORE_CORRUPT where a part of it is damaged. */
  checkStores(): Promise<void>;
  /** Are there stores yet? The first sync makes them. */
  hasStores(): Promise<boolean>;
  /** Copies the embedded stores into one file. */
  backUp(file: string): Promise<void>;
  /** Puts a back-up into a data folder that has no stores. */
  restore(file: string): Promise<void>;
  /**
   * The regulations, without the rest of the product. `writes` false: where nothing was indexed yet, the catalogues alone,
   * and nothing is made. `alone`: other members of the configuration are not looked at.
   */
  openRulebook(options: { readonly writes: boolean; readonly alone?: boolean }): Promise<OpenRulebook>;
  /** A model for rows of `lexline classify`: the endpoint that is named, or the only one; null where none is configured. */
  lineModel(endpoint: string | undefined): Promise<LineModel | null>;
  open(options?: OpenOptions): Promise<Product>;
}

/** One endpoint for the rows of a command. */
export interface LineModel {
  readonly session: ModelSession;
  /** What people decided of its findings so far. */
  readonly tally: Tally;
  close(): Promise<void>;
}

/** The rulebook with what only those may hold who close it. */
export interface OpenRulebook {
  readonly rulebook: Rulebook;
  /** Those that the configuration names. */
  readonly catalogues: readonly Catalogue[];
  /** Null where it was opened for reading and nothing is indexed. */
  readonly library: Library | null;
  readonly close: () => Promise<void>;
}

/** What is known of the stores before they are opened. */
export interface StoresState {
  /** A folder, or a host and port. */
  readonly where: string;
  /** The engine, with its version and that of the stores where they can be told. */
  readonly what: string;
  /** Was anything kept there yet? */
  readonly exist: boolean;
  /** What works and should not be so. */
  readonly gap: { readonly detail: string; readonly remedy: string } | null;
}

export interface OpenOptions {
  /** Given instead of reading the file: what `lexline scan` makes up for itself. */
  readonly config?: Config;
  readonly log?: Log;
  /** For commands that only read: do not make empty stores where there are none, fail with STORE_UNAVAILABLE. */
  readonly mustExist?: boolean;
  /**
   * For commands that sign in at no source: what stands in the configuration for connectors is not looked at, and its
   * environment variables may be missing. Such a product cannot sync or write back.
   */
  readonly storesOnly?: boolean;
}

/** The options that every command takes. */
export interface GlobalOptions {
  readonly config: string | undefined;
  readonly data: string | undefined;
  readonly json: boolean;
}

/** What {@link Compose} is made from. */
export interface ComposeSettings {
  readonly global: GlobalOptions;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly actor: Actor;
}
