import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Clock } from '../base/clock.ts';
import { LexlineError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { productVersion } from '../base/version.ts';
import type { Classifier } from '../classify/classifier.ts';
import type { ModelTier } from '../classify/model-tier.ts';
import type { Json } from '../model/json.ts';
import type { PropagationRules } from '../propagate/propagation-rules.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import type { SqlEngine } from '../sql/sql-lineage.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import type { Ledger } from '../stores/ledger/ledger.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import { runSync } from './run-sync.ts';
import type { ConfiguredSource } from './source.ts';
import type { Sync, SyncReport } from './sync.ts';

/** Everything the conductor needs; it names no engine and reads no environment. */
export interface SyncOptions {
  readonly stores: { readonly graph: GraphStore; readonly ledger: Ledger; readonly state: StateStore };
  readonly sources: readonly ConfiguredSource[];
  readonly sqlEngine: SqlEngine;
  readonly classifier: Classifier;
  readonly taxonomy: Taxonomy;
  readonly rules: PropagationRules;
  /** Canonical namespace → the others that mean the same. */
  readonly namespaces: Readonly<Record<string, readonly string[]>>;
  /** The model endpoints that sources may name; default: none, detectors only. */
  readonly models?: ModelTier | null;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a lease lives without renewal; what a killed process leaves behind is free after it. Default 15,000 ms. */
  readonly leaseMs?: number;
  /** How long to wait for another writer before giving up with STORE_BUSY. Default 10 minutes. */
  readonly waitMs?: number;
  /** Makes names of runs unlike each other; default random. */
  readonly nonce?: () => string;
  /** What a later release would read, name or resolve otherwise is read again by it; default the release that runs. */
  readonly release?: string;
  /** Who this process is, so that a restart can tell a dead holder; default this machine and process. */
  readonly process?: { readonly host: string; readonly pid: number; isAlive(pid: number): boolean };
}

/** The conductor's needs with every default filled in. */
export interface SyncContext extends Required<Omit<SyncOptions, 'sources'>> {
  readonly sources: ReadonlyMap<string, ConfiguredSource>;
}

/** Makes the conductor: one run of a source through read, resolve, write, judge and propagate. */
export function createSync(options: SyncOptions): Sync {
  const context: SyncContext = {
    leaseMs: 15_000,
    waitMs: 600_000,
    models: null,
    release: productVersion(),
    nonce: () => randomUUID().slice(0, 8),
    process: { host: hostname(), pid: process.pid, isAlive },
    ...options,
    sources: new Map(options.sources.map((source) => [source.name, source])),
  };
  const { state } = context.stores;
  return {
    run(request) {
      const source = context.sources.get(request.source);
      if (source === undefined) throw unknownSource(request.source, [...context.sources.keys()]);
      return runSync(context, source, request);
    },
    knows: (source) => context.sources.has(source),
    async lastReport(source) {
      return asReport(await state.get('last-sync-run', source));
    },
    async reports(source, first) {
      const found: SyncReport[] = [];
      let after: string | undefined;
      while (found.length < first) {
        const page = await state.list('sync-run', {
          first: 200,
          newest: true,
          ...(source === undefined ? {} : { prefix: `${source}@` }),
          ...(after === undefined ? {} : { after }),
        });
        for (const { body } of page.items) {
          const report = asReport(body);
          if (report !== null && (source === undefined || report.source === source)) found.push(report);
        }
        if (page.cursor === null) break;
        after = page.cursor;
      }
      return found.slice(0, first);
    },
  };
}

function asReport(body: Json): SyncReport | null {
  return body === null ? null : (body as unknown as SyncReport);
}

/** Signal 0 asks whether a process exists without touching it. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function unknownSource(name: string, known: readonly string[]): LexlineError {
  const list = known.length === 0 ? 'no source is configured' : `configured are ${known.join(', ')}`;
  return new LexlineError('INPUT_INVALID', `[sync] there is no source "${name}": ${list}`);
}
