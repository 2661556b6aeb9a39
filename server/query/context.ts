import type { Scope } from '../access/viewer.ts';
import type { Clock } from '../base/clock.ts';
import type { QualifiedName, Uid } from '../model/ids.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import type { Quotations } from '../rulebook/quotations.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import type { Exposure } from './exposures.ts';
import type { Readings } from './readings.ts';
import type { RegulationWords } from './regulation-words.ts';
import type { VouchedFunctions } from '../model/vouched-functions.ts';

/** What every question of this room stands on. */
export interface QueryContext {
  readonly graph: GraphStore;
  readonly state: Pick<StateStore, 'get' | 'list' | 'count'>;
  readonly taxonomy: Taxonomy;
  readonly words: RegulationWords;
  /** The official texts that are indexed now; null: none are asked. */
  readonly quotations: Quotations | null;
  readonly clock: Clock;
  /** What single regulations make of a revision; null: none differs from the others. */
  readings(n: number): Promise<Readings | null>;
  /** What the team's functions do by the rules of a revision, and who answers for it. */
  vouched(n: number): Promise<VouchedFunctions>;
  /** All exposures of a revision, remembered. */
  exposures(n: number): Promise<readonly Exposure[]>;
  /** Domains of the configuration that a dataset lies in; none are told to who does not see everything. */
  domainsOf(dataset: QualifiedName): readonly string[];
  /** What the viewer may see. */
  readonly scope: Scope;
  /** Datasets that hold what the viewer may not see; asked for once a revision. Absent: none is looked for. */
  readonly hidden?: ReadonlySet<Uid>;
  /** Fires when nobody waits for the answer any longer. */
  readonly signal: AbortSignal | undefined;
  /** A source that was not read for longer is stale. */
  readonly staleAfterMs: number;
  /** Where a date without a time ends. */
  readonly timezone: string;
}
