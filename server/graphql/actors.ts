import type { Decider } from '../model/classification.ts';
import type { SourceTag } from '../model/document.ts';
import type { Actor as ModelActor } from '../model/provenance.ts';
import type { Actor, ActorKind } from './generated.ts';

const kindOfDecider: Record<Decider | 'propagation' | 'source', ActorKind> = {
  human: 'PERSON',
  imported: 'SOURCE',
  detector: 'DETECTOR',
  llm: 'LLM',
  propagation: 'PROPAGATION',
  source: 'SOURCE',
};

/** Whoever judged or changed something, as the API shows it. */
export function judgeActor(kind: Decider | 'propagation' | 'source', name: string): Actor {
  return { kind: kindOfDecider[kind], name };
}

/** Whoever wrote something. */
export function writerActor({ kind, id }: ModelActor): Actor {
  return { kind: kind === 'person' ? 'PERSON' : kind === 'key' ? 'KEY' : 'PROCESS', name: id };
}

/** Whoever set a tag in a source; sources rarely say which person it was. */
export function tagActor(setBy: SourceTag['setBy'], source: string | null): Actor {
  const where = source === null ? '' : ` in ${source}`;
  switch (setBy) {
    case 'person':
      return { kind: 'PERSON', name: `someone${where}` };
    case 'lexline':
      return { kind: 'LEXLINE', name: 'lexline' };
    case 'source':
      return { kind: 'SOURCE', name: source ?? 'its source' };
    case 'propagated':
      return { kind: 'PROPAGATION', name: source ?? 'its source' };
    default:
      return { kind: 'UNKNOWN', name: `not said${where}` };
  }
}
