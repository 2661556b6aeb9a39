import type { SourceConnection } from '../../connectors/connector.ts';
import type { Gap } from '../model/provenance.ts';
import type { Json } from '../model/json.ts';
import type { SourceDocument, SourceMessage } from '../model/document.ts';
import type { Observation, StateStore } from '../stores/state/state-store.ts';
import { datasetUid, jobUid, type QualifiedName } from '../model/ids.ts';
import type { ScopeState } from '../ingest/plan-retirement.ts';
import type { Intake } from '../ingest/intake.ts';
import type { Names } from '../ingest/names.ts';
import { validateMessage } from '../ingest/validate-message.ts';
import { scrubText } from '../ingest/scrub-text.ts';
import { createCountOnce } from './count-once.ts';
import { stopIfAborted } from './pause.ts';
import type { ScopedGap } from './run-record.ts';

/** SQL held in memory until all tables are known, in UTF-16 units; beyond it the rest is resolved with what is known by then. */
const maxPending = 128 * 1024 * 1024;
/** Documents between two progress reports. */
const tick = 500;

/** Where a read stands: enough to go on after a kill. */
export interface ReadState {
  cursor: Json | null;
  epoch: number;
  readonly scopes: Map<string, ScopeState>;
  listed: readonly string[] | null;
  readonly gaps: ScopedGap[];
  read: number;
}

/**
 * Reads a source's stream into the stage. Each checkpoint that covers everything before it is kept by `save`; one that
 * comes while SQL is held back is not, because that SQL exists nowhere but in memory.
 * `events`: what was told of them may be forgotten when no read tells it again.
 */
export async function readSource(options: {
  readonly connection: SourceConnection;
  readonly resume: boolean;
  readonly since: Json | null;
  readonly progress: ReadState;
  readonly intake: Intake;
  readonly names: Names;
  /** Marks the tags that we wrote, so that nobody takes them for evidence. */
  readonly mark: (document: SourceDocument) => SourceDocument;
  readonly state: Pick<StateStore, 'observe'>;
  readonly run: string;
  readonly source: string;
  readonly resolvePending: () => Promise<void>;
  readonly save: () => Promise<void>;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
  readonly onNote: (text: string) => void;
}): Promise<{ readonly lastCursor: Json | null; readonly events: readonly string[] }> {
  const { connection, progress, intake, signal } = options;
  let lastCursor: Json | null = progress.cursor;
  const counts = createCountOnce({
    state: options.state,
    source: options.source,
    placeOf: (serial) => `${options.run}/${progress.epoch}/${serial}`,
  });
  const broken = new Set<string>();
  let allBroken = false;

  const request = { cursor: cursorOf(options), known: (asked: readonly QualifiedName[]) => options.names.known(asked) };
  for await (const raw of connection.read(request, signal)) {
    stopIfAborted(signal);
    const checked = validateMessage(raw);
    if (checked.type === 'invalid') {
      progress.gaps.push({ ...checked.gap, scope: checked.scope });
      if (checked.scope === null) allBroken = true;
      else broken.add(checked.scope);
      continue;
    }
    const { message } = checked;
    switch (message.type) {
      case 'scopes':
        progress.listed = message.scopes;
        break;
      case 'scope-begin':
        if (!progress.scopes.has(message.scope)) progress.scopes.set(message.scope, 'open');
        break;
      case 'scope-complete':
        progress.scopes.set(message.scope, broken.has(message.scope) || allBroken ? 'gap' : 'complete');
        break;
      case 'gap':
        progress.gaps.push({ ...scrubbed(message.gap), scope: message.scope });
        break;
      case 'document':
        intake.add(options.mark(message.document), message.scope);
        progress.read += 1;
        if (progress.read % tick === 0) options.onProgress(progress.read);
        break;
      case 'removed':
        intake.remove(message.kind, message.name, message.scope);
        break;
      case 'observation':
        await counts.add(observationOf(message, options.names), message.event);
        break;
      case 'note':
        options.onNote(scrubText(message.text));
        break;
      case 'checkpoint':
        lastCursor = message.cursor;
        await intake.flush(progress.epoch);
        await counts.flush();
        if (intake.pendingSize === 0) {
          progress.cursor = message.cursor;
          progress.epoch += 1;
          await options.save();
        }
        break;
      default:
        message satisfies never;
    }
    if (intake.isFull) await intake.flush(progress.epoch);
    if (intake.pendingSize > maxPending) await options.resolvePending();
  }
  stopIfAborted(signal);
  await intake.flush(progress.epoch);
  await counts.flush();
  if (allBroken) for (const scope of progress.scopes.keys()) progress.scopes.set(scope, 'gap');
  await options.resolvePending();
  options.onProgress(progress.read);
  return { lastCursor, events: counts.events };
}

function cursorOf(options: {
  readonly resume: boolean;
  readonly since: Json | null;
  readonly progress: ReadState;
}): { readonly kind: 'resume' | 'since'; readonly at: Json } | null {
  if (options.resume && options.progress.cursor !== null) return { kind: 'resume', at: options.progress.cursor };
  return options.since === null ? null : { kind: 'since', at: options.since };
}

/** A gap of a source in the form that may be kept. */
export function scrubbed(gap: Gap): Gap {
  return {
    what: scrubText(gap.what),
    reason: gap.reason,
    detail: scrubText(gap.detail),
    remedy: scrubText(gap.remedy),
  };
}

function observationOf(message: Extract<SourceMessage, { type: 'observation' }>, names: Names): Observation {
  const uid = message.kind === 'dataset' ? datasetUid(names.dataset(message.name)) : jobUid(names.job(message.name));
  const { measure, day, count, last, body } = message;
  return { uid, measure, day, count, last, ...(body === undefined ? {} : { body }) };
}
