import { LexlineError } from '../base/errors.ts';
import type { EnteredObject } from '../governance/entered-objects.ts';
import type { GovernanceKind } from '../governance/objects.ts';
import type { Actor } from '../model/provenance.ts';
import type { StopList } from '../sync/stop-list.ts';
import type { WriteBack } from '../writeback/write-back.ts';

/** Who changes what people know, and what they had looked at. */
export interface GovernanceAct {
  readonly expectedRevision: number;
  readonly actor: Actor;
  readonly signedIn: boolean;
  readonly signal: AbortSignal;
}

/** What people know, object by object. */
export interface GovernanceDesk {
  entries(n: number): Promise<readonly EnteredObject[]>;
  put(
    act: GovernanceAct & { readonly kind: GovernanceKind; readonly body: string },
  ): Promise<{ readonly object: EnteredObject; readonly revision: number }>;
  /** The newest revision after it. */
  end(
    act: GovernanceAct & { readonly kind: GovernanceKind; readonly id: string; readonly validFrom: string | null },
  ): Promise<number>;
}

/** Rooms that mutations lead into. */
export interface Rooms {
  readonly governance: GovernanceDesk;
  readonly stops: StopList;
  readonly writeBack: Pick<WriteBack, 'list' | 'apply' | 'undo' | 'decline'>;
}

const notHere = (): Promise<never> =>
  Promise.reject(new LexlineError('NOT_FOUND', '[graphql] there is no such room here'));

/** For servers that show a graph and nothing else. */
export const noRooms: Rooms = {
  governance: { entries: () => Promise.resolve([]), put: notHere, end: notHere },
  stops: { list: () => Promise.resolve([]), set: notHere, end: notHere },
  writeBack: { list: () => Promise.resolve([]), apply: notHere, undo: notHere, decline: notHere },
};
