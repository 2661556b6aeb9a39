import type { SourceConnection } from '../../connectors/connector.ts';
import { instant, type Clock } from '../base/clock.ts';
import { isLexlineError, LexlineError, messageOf } from '../base/errors.ts';
import type { CoarseClass } from '../model/classification.ts';
import type { Actor } from '../model/provenance.ts';
import type { TagWriter } from '../model/tag-writing.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import type { Ledger } from '../stores/ledger/ledger.ts';
import { inBatches } from '../stores/in-batches.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import { carryOut, ledgerEntry } from './carry-out.ts';
import { createChangeBook } from './change-book.ts';
import { describeChange, type WriteBackChange } from './change.ts';
import { planSource, type PlanContext, type WritableSource } from './plan-source.ts';
import { retagsBetween, type SourceRetags, type TwoWorlds } from './retags.ts';
import type { WriteBack, WriteBackOutcome, WriteBackPlan, WriteBackRequest } from './write-back.ts';

/** A configured source that may be written. */
export interface ConfiguredWritable extends WritableSource {
  readonly connection: () => SourceConnection;
}

export interface WriteBackOptions {
  readonly stores: { readonly graph: GraphStore; readonly ledger: Ledger; readonly state: StateStore };
  readonly sources: readonly ConfiguredWritable[];
  classesOf(category: string): readonly CoarseClass[];
  /** True when it is said of these sources that HIPAA does not bind their holder. Default: nothing is said. */
  isOutside?(sources: readonly string[]): boolean;
  readonly clock: Clock;
}

/** Statuses of changes that a person can still bring about. */
const applicable: ReadonlySet<string> = new Set([
  'proposed',
  'failed',
  'unexpected',
  'applying',
  'declined',
  'undone',
  'withdrawn',
]);

/** The front door of write-back. Opens a source for one call and closes it. */
export function createWriteBack(options: WriteBackOptions): WriteBack {
  const { stores, clock } = options;
  const book = createChangeBook(stores.state);

  function sourceOf(name: string): ConfiguredWritable {
    const source = options.sources.find((one) => one.name === name);
    if (source !== undefined) return source;
    const known = options.sources.map((one) => one.name).join(', ') || 'none';
    throw new LexlineError('INPUT_INVALID', `[write-back] there is no source "${name}": configured are ${known}`);
  }

  async function withWriter<T>(source: ConfiguredWritable, work: (writer: TagWriter) => Promise<T>): Promise<T> {
    const connection = source.connection();
    try {
      if (connection.write === undefined)
        throw new LexlineError(
          'INPUT_INVALID',
          `[write-back] source "${source.name}" cannot be written: its connector only reads`,
        );
      return await work(connection.write);
    } finally {
      await connection.close();
    }
  }

  async function planned(
    source: ConfiguredWritable,
    writer: TagWriter,
    actor: Actor,
    signal: AbortSignal,
  ): Promise<Pick<Awaited<ReturnType<typeof planSource>>, 'open' | 'refused'>> {
    const { graph } = stores;
    const n = (await graph.head()).published;
    if (n === 0) return { open: [], refused: [] };
    return planSource({ graph, ...planning(n, source, writer, actor, signal) });
  }

  function planning(
    n: number,
    source: ConfiguredWritable,
    writer: TagWriter,
    actor: Actor,
    signal: AbortSignal,
  ): Omit<PlanContext, 'graph'> {
    return {
      n,
      state: stores.state,
      book,
      source,
      writer,
      classesOf: (category) => options.classesOf(category),
      isOutside: (of) => options.isOutside?.(of) ?? false,
      actor,
      at: instant(clock),
      signal,
    };
  }

  async function retagsOf(source: ConfiguredWritable, worlds: TwoWorlds, signal: AbortSignal): Promise<SourceRetags> {
    const { mode } = source.writeBack;
    const told = { source: source.name, mode, adds: [], removes: [], withdraws: [], unknown: null };
    // Nothing is ever planned of a source that is not written.
    if (mode === 'off') return told;
    try {
      const between = await withWriter(source, (writer) =>
        retagsBetween(worlds, planning(worlds.n, source, writer, { kind: 'process', id: 'dry-run' }, signal)),
      );
      return { ...told, ...between };
    } catch (error) {
      if (signal.aborted) return { ...told, unknown: 'the source did not answer in time' };
      if (!isLexlineError(error)) throw error;
      return { ...told, unknown: messageOf(error).replace(/^\[[\w/-]+\] /u, '') };
    }
  }

  async function chosen(
    { source, ids }: Pick<WriteBackRequest, 'source' | 'ids'>,
    statuses: ReadonlySet<string>,
  ): Promise<readonly WriteBackChange[]> {
    const all = await book.all(source);
    if (ids === 'all') return all.filter(({ status }) => status === 'proposed' && statuses.has(status));
    return ids.map((id) => {
      const found = all.filter((change) => change.id.startsWith(id));
      const [only] = found;
      if (only === undefined || id === '')
        throw new LexlineError('NOT_FOUND', `[write-back] source "${source}" has no planned change ${id}`, {
          remedy: `lexline write-back ${source}`,
        });
      if (found.length > 1)
        throw new LexlineError('INPUT_INVALID', `[write-back] ${found.length} changes of "${source}" begin with ${id}`);
      if (!statuses.has(only.status))
        throw new LexlineError(
          'INPUT_INVALID',
          `[write-back] change ${only.id} is ${only.status}: ${describeChange(only)}`,
        );
      return only;
    });
  }

  async function carry(request: WriteBackRequest, changes: readonly WriteBackChange[]): Promise<WriteBackOutcome> {
    const source = sourceOf(request.source);
    if (changes.length === 0) return { source: source.name, done: [], stopped: null };
    return withWriter(source, async (writer) => {
      if (writer.kind === 'patch')
        throw new LexlineError(
          'INPUT_INVALID',
          `[write-back] source "${source.name}" is written by a patch that a person commits`,
          {
            remedy: `lexline write-back ${source.name} --dry-run`,
          },
        );
      const { state, ledger } = stores;
      const { actor, signal } = request;
      const { done, stopped } = await carryOut(changes, {
        state,
        ledger,
        book,
        writer,
        actor,
        at: instant(clock),
        signal,
      });
      return { source: source.name, done, stopped };
    });
  }

  return {
    async list({ source, status }) {
      const all = await book.all(source);
      return status === undefined ? all : all.filter((change) => change.status === status);
    },
    async preview(name, signal): Promise<WriteBackPlan> {
      const source = sourceOf(name);
      return withWriter(source, async (writer) => {
        const { open: changes, refused } = await planned(source, writer, { kind: 'process', id: 'dry-run' }, signal);
        const { mode } = source.writeBack;
        if (writer.kind === 'patch') {
          const { diff, left } = await writer.patch(changes, signal);
          return {
            source: name,
            mode,
            changes: changes.map((change) => ({ change, steps: [] })),
            diff,
            left: left.map(({ change, why }) => `${describeChange(change)}: ${why}`),
          };
        }
        const left = refused.map(
          (change) =>
            `${describeChange(change)}: ${change.detail}; it is not tried again before ${change.refusal?.until ?? 'its thing changes'}, unless its thing changes or a person applies it`,
        );
        const shown = changes.flatMap((change) => {
          try {
            return [{ change, steps: writer.steps(change) }];
          } catch (error) {
            if (!isLexlineError(error) || error.code !== 'INPUT_INVALID') throw error;
            left.push(`${describeChange(change)}: ${messageOf(error)}`);
            return [];
          }
        });
        return { source: name, mode, changes: shown, diff: null, left };
      });
    },
    async retags(worlds, seen, signal) {
      const asserting = await assertingSources(stores.graph, worlds);
      const asked = options.sources.filter(
        ({ name }) => asserting.has(name) && (seen === 'all' || seen.includes(name)),
      );
      return Promise.all(asked.map((source) => retagsOf(source, worlds, signal)));
    },
    async apply(request) {
      return carry(request, await chosen(request, applicable));
    },
    async undo(request) {
      const applied = await chosen(request, new Set(['applied']));
      const opposite = applied.map((change): WriteBackChange => ({
        ...change,
        action: change.action === 'add' ? 'remove' : 'add',
      }));
      const outcome = await carry(request, opposite);
      const undone = outcome.done.map((change): WriteBackChange => {
        const action = change.action === 'add' ? 'remove' : 'add';
        const isDone = change.status === 'applied' || change.status === 'found';
        return { ...change, action, status: isDone ? 'undone' : change.status };
      });
      await book.put(undone);
      return { ...outcome, done: undone };
    },
    async decline(request) {
      const changes = await chosen(request, new Set(['proposed', 'failed', 'unexpected']));
      const at = instant(clock);
      const declined = changes.map((change): WriteBackChange => ({
        ...change,
        status: 'declined',
        detail: 'a person declined it',
        changedAt: at,
        actor: request.actor,
      }));
      await book.put(declined);
      if (declined.length > 0) await stores.ledger.append(declined.map((change) => ledgerEntry(change)));
      return declined;
    },
  };
}

async function assertingSources(
  graph: Pick<GraphStore, 'get'>,
  { datasets, n }: Pick<TwoWorlds, 'datasets' | 'n'>,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const record of await inBatches([...datasets], (batch) => graph.get(batch, n)))
    for (const { source } of record?.assertions ?? []) found.add(source);
  return found;
}
