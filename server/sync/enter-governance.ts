import { randomUUID } from 'node:crypto';
import { instant, type Clock } from '../base/clock.ts';
import { LexlineError } from '../base/errors.ts';
import { entriesAt, entryChanges, type EnteredObject } from '../governance/entered-objects.ts';
import type { Actor } from '../model/provenance.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import { inOneRevision } from './in-one-revision.ts';

/** One object that somebody enters or ends beside the folder. */
export interface EnterGovernance {
  /** `body` null: it is ended. */
  readonly object: Pick<EnteredObject, 'kind' | 'id' | 'validFrom'> & { readonly body: EnteredObject['body'] | null };
  /** The revision that was looked at. */
  readonly expectedRevision: number;
  readonly actor: Actor;
  /** Whether the actor proved who they are. */
  readonly signedIn: boolean;
  readonly signal: AbortSignal;
}

/**
 * Enters or ends one object in a revision of its own, with its entry in the ledger; returns the newest revision after it.
 * Fails with REVIEW_CHANGED when the object changed since the expected revision, with INPUT_INVALID when it stands in the
 * folder, names another object that is not there, or is still named by one; with NOT_FOUND when there is nothing to end.
 */
export async function enterGovernance(
  { graph, clock }: { readonly graph: GraphStore; readonly clock: Clock },
  request: EnterGovernance,
): Promise<number> {
  const { object, expectedRevision, actor, signedIn, signal } = request;
  const run = `governance-${randomUUID().slice(0, 8)}`;
  const { published } = await graph.head();
  if (expectedRevision > published)
    throw new LexlineError('INPUT_INVALID', `[governance] there is no revision ${expectedRevision} yet`);
  return inOneRevision({ graph, run: { run, cause: 'governance', actor }, clock, signal }, async (writer) => {
    const now = await entriesAt(graph, writer.open.n);
    const changes = entryChanges(now, await entriesAt(graph, expectedRevision), object, actor);
    if (changes.length === 0) {
      await graph.rollback(writer.open);
      return published;
    }
    await graph.apply(writer.open, changes);
    const { kind, id, validFrom } = object;
    const said = { run, object: `${kind}/${id}@${validFrom ?? ''}`, ended: object.body === null, signedIn };
    return writer.publish([{ kind: 'governance-entered', actor, at: instant(clock), subject: null, body: said }]);
  });
}
