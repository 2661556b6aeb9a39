import { maySee, seesEverything, type Viewer } from '../access/viewer.ts';
import type { Actor as ModelActor } from '../model/provenance.ts';
import { writerActor } from './actors.ts';
import type { Actor } from './generated.ts';

/** Causes that name no source, as those who publish write them. */
const plain: ReadonlySet<string> = new Set([
  'a decision of a person',
  'a stop was ended',
  'a stop was set',
  'baseline',
  'governance',
]);
const ofSource = /^(?:a model on|judging|retirement of|sync of) (?<source>.+)$/su;
const hiddenName = 'not shown to you';

/**
 * Why a revision was made. To who does not see everything, a source is named only where they see it; words that are not
 * known to be free of names are not shown to them.
 */
export function shownCause({ cause }: { readonly cause: string }, { scope }: Viewer): string {
  if (seesEverything(scope) || plain.has(cause)) return cause;
  const source = ofSource.exec(cause)?.groups?.['source'];
  return source !== undefined && maySee(scope, [source]) ? cause : 'a change that is not shown to you';
}

/** Who made it: to who does not see everything, named only when it was they themselves. */
export function shownWriter(actor: ModelActor, { scope, actor: own }: Viewer): Actor {
  const isOwn = actor.kind === own.kind && actor.id === own.id;
  return isOwn || seesEverything(scope) ? writerActor(actor) : { ...writerActor(actor), name: hiddenName };
}
