import type { ZodType } from 'zod';
import type { Json } from '../server/model/json.ts';
import type { Gap } from '../server/model/provenance.ts';
import type { FieldProfile, ProfileRequest, Profiler } from '../server/model/profile.ts';
import type { SourceMessage } from '../server/model/document.ts';
import type { Clock } from '../server/base/clock.ts';
import type { Log } from '../server/base/log.ts';

/** What a kind of source can do; the stages ask these, never a connector's name. */
export interface ConnectorCapabilities {
  readonly mode: 'snapshot' | 'events' | 'window';
  /** `read` makes use of the cursor of an earlier read. */
  readonly incremental: boolean;
  readonly profile: readonly ('in-database' | 'sample')[];
  readonly accept: boolean;
  readonly write: boolean;
}

/** Code that reads one kind of source. One folder each, registered in `connectors.ts`, put through `test/conformance/connector.ts`. */
export interface Connector<Config = unknown> {
  readonly name: string;
  /** Strict: unknown keys are refused. Members common to all sources (name, schedule, profile …) are parsed by the configuration. */
  readonly configSchema: ZodType<Config>;
  readonly capabilities: ConnectorCapabilities;
  /** Opens nothing yet: connections are made on first use. */
  connect(config: Config, context: ConnectorContext): SourceConnection;
}

export interface ConnectorContext {
  /** The source's name in the configuration. */
  readonly source: string;
  readonly clock: Clock;
  readonly log: Log;
  /** What relative paths in the settings start from: the configuration's folder. Default: the working directory. */
  readonly directory?: string;
}

export interface SourceConnection {
  /** Signs in and looks at the rights. Throws a typed error when the source cannot be read at all. */
  check(signal: AbortSignal): Promise<CheckResult>;
  /** `cursor` null: a full read. Otherwise goes on from an earlier `checkpoint` of the same read, or reads what changed since. */
  read(request: ReadRequest, signal: AbortSignal): AsyncIterable<SourceMessage>;
  profile?(
    requests: readonly ProfileRequest[],
    profiler: Profiler,
    options: ProfileOptions,
    signal: AbortSignal,
  ): AsyncIterable<ProfileMessage>;
  close(): Promise<void>;
}

export interface CheckResult {
  /** The product and version that answered. */
  readonly system: string;
  /** What can be read, what cannot, and the remedy (a GRANT to run) for each thing that cannot. */
  readonly gaps: readonly Gap[];
  readonly notes: readonly string[];
}

export interface ReadRequest {
  /** Where a killed read goes on (`resume`), or what an earlier whole read ended with (`since`). */
  readonly cursor: { readonly kind: 'resume' | 'since'; readonly at: Json } | null;
}

export interface ProfileOptions {
  readonly mode: 'in-database' | 'sample';
  /** Rows looked at per dataset, at most. */
  readonly maxRows: number;
  /** Makes the choice of rows repeatable. */
  readonly seed: number;
}

export type ProfileMessage =
  | { readonly type: 'profile'; readonly profile: FieldProfile }
  | { readonly type: 'gap'; readonly gap: Gap };
