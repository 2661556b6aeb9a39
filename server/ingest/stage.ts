import type { Json } from '../model/json.ts';
import type { Uid } from '../model/ids.ts';
import { everyPage } from '../stores/every-page.ts';
import type { StagedDocument, StateStore } from '../stores/state/state-store.ts';
import { invariant } from '../base/errors.ts';
import type { NamedDocument } from './named-document.ts';

/** One document of a run between reading and writing. */
export interface Staged {
  readonly uid: Uid;
  readonly kind: 'dataset' | 'job';
  readonly scope: string;
  readonly digest: string;
  /** The checkpoint interval in which it was read: what came after the last checkpoint kept is read again after a kill. */
  readonly epoch: number;
  /** `same`: the graph holds this digest already. `removed`: the source said that it is gone. `stale`: read after the last checkpoint of a killed read, counts for nothing. */
  readonly state: 'differs' | 'same' | 'removed' | 'stale';
  /** The named document's text; only where it differs. */
  readonly text: string | null;
}

const pageSize = 500;

/** Keeps documents of a run in the state store: a kill loses nothing that a checkpoint covers. */
export interface Stage {
  put(documents: readonly Staged[]): Promise<void>;
  /** Datasets first, then jobs, each by uid. */
  all(): AsyncIterable<Staged>;
  clear(): Promise<void>;
}

export function createStage(state: Pick<StateStore, 'stage' | 'staged' | 'unstage'>, run: string): Stage {
  return {
    async put(documents) {
      if (documents.length > 0) await state.stage(run, documents.map(toRow));
    },
    async *all() {
      for await (const row of everyPage((page) => state.staged(run, undefined, page), pageSize)) yield fromRow(row);
    },
    clear: () => state.unstage(run),
  };
}

/** The named document of a staged text that this store wrote. */
export function namedOf(staged: Staged): NamedDocument {
  invariant(staged.text !== null, 'a staged document without text was asked for its text');
  return JSON.parse(staged.text) as NamedDocument;
}

function toRow({ uid, kind, scope, digest, epoch, state, text }: Staged): StagedDocument {
  const body: Json = { epoch, state, text };
  return { key: `${kind === 'dataset' ? 'd' : 'j'}:${uid}`, scope, digest, body };
}

function fromRow({ key, scope, digest, body }: StagedDocument): Staged {
  const { epoch, state, text } = body as { epoch: number; state: Staged['state']; text: string | null };
  return { uid: key.slice(2), kind: key.startsWith('d:') ? 'dataset' : 'job', scope, digest, epoch, state, text };
}
