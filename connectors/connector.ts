import type { ZodType } from 'zod';
import type { KnownName, QualifiedName } from '../server/model/ids.ts';
import type { Json } from '../server/model/json.ts';
import type { Gap } from '../server/model/provenance.ts';
import type { FieldProfile, ProfileRequest, Profiler } from '../server/model/profile.ts';
import type { SourceMessage } from '../server/model/document.ts';
import type { TagWriter } from '../server/model/tag-writing.ts';
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
  /** Where `capabilities.accept`: brings a payload for a source of this configuration into the form that may be kept. Pure. */
  accept?(payload: unknown, arrival: Arrival, config: Config): Accepted;
  /**
   * Where `capabilities.accept`: the namespaces of every dataset that each accepted event changes or relates, by all names that
   * it has: as remembered, and as `joined` by events that still wait.
   */
  reach?(
    events: readonly Json[],
    joined: readonly JoinedNames[],
    memory: Pick<EventRoom['memory'], 'getAll'>,
  ): Promise<readonly (readonly string[])[]>;
  /** Whether payloads are pushed to a source of this configuration, or only read by it. Default: where there is `accept`. */
  isPushedTo?(config: Config): boolean;
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
  /** For sources of events. Left out (a check, a test): nothing is remembered beyond one read, and nothing was pushed. */
  readonly events?: EventRoom;
}

/** A payload on its way in. */
export interface Arrival {
  readonly receivedAt: string;
  readonly clean: TextCleaners;
  /** What remained of an event that was not taken is tried again: it may be in the form that is kept already. */
  readonly again?: boolean;
}

/** How texts are made fit to be kept; connectors know neither SQL nor what counts as a value in prose. */
export interface TextCleaners {
  /** A statement with its literals blanked, such that it still parses. */
  sql(text: string, dialect: string): string;
  /** Prose without addresses and long numbers. */
  text(text: string): string;
}

/** What became of a payload. */
export type Accepted =
  | {
      readonly type: 'event';
      /** Holds no literal, no value and no free text but scrubbed descriptions. */
      readonly event: Json;
      /** Of every job and dataset that it speaks of: a caller may be bound to some. */
      readonly namespaces: readonly string[];
      /** Names that it says are one dataset. */
      readonly joined?: readonly JoinedNames[];
    }
  /** Nothing for a source of this configuration. */
  | { readonly type: 'elsewhere' }
  | {
      readonly type: 'refused';
      readonly problem: string;
      /** As much of it as may be kept: structure and names. */
      readonly remains: Json;
      /** Namespaces that can be read in it. */
      readonly namespaces: readonly string[];
    };

/** Two names that an event says are one dataset. */
export type JoinedNames = readonly [QualifiedName, QualifiedName];

/** One event in the order of its source. */
export interface PlacedEvent {
  /** Unlike every other of its source, and growing. */
  readonly position: string;
  readonly event: Json;
  /** The namespaces that its sender was bound to; left out: none. */
  readonly boundTo?: readonly string[];
}

/** An event that could not be taken. */
export interface DeadEvent {
  readonly position: string;
  readonly problem: string;
  readonly remains: Json;
  /** As of {@link PlacedEvent}: it is tried again under the same bounds. */
  readonly boundTo?: readonly string[];
}

/** Where sources of events remember what was said so far, find what was pushed, and leave what cannot be taken. */
export interface EventRoom {
  readonly clean: TextCleaners;
  /** Kept by source beyond runs and processes. What an event makes of it must not depend on order or repetition. */
  readonly memory: {
    getAll(keys: readonly string[]): Promise<readonly (Json | null)[]>;
    putAll(entries: readonly { readonly key: string; readonly body: Json }[]): Promise<void>;
    /** Every key, in code unit order. */
    keys(): AsyncIterable<readonly string[]>;
  };
  /** What was accepted and waits, in batches. What was read is let go once the run that read it has ended well. */
  pushed(): AsyncIterable<readonly PlacedEvent[]>;
  bury(events: readonly DeadEvent[]): Promise<void>;
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
  /**
   * Where a source tells of changes by itself (a topic): one item each time that a read would find something new, until the
   * signal ends it by an error. Fails with a typed error, and may be asked again.
   */
  changes?(signal: AbortSignal): AsyncIterable<unknown>;
  /** Where `capabilities.write`: tags on their way back. Used only where the configuration asks for it. */
  readonly write?: TagWriter;
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
  /**
   * What the graph calls names, in the order asked. Ingest decides which names are one dataset; a connector that itself has to
   * put together what was said under several names asks here, and leaves apart what another source knows. Left out (a check, a
   * test): nobody else knows a name.
   */
  readonly known?: KnownNames;
}

export type KnownNames = (names: readonly QualifiedName[]) => Promise<readonly KnownName[]>;

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
