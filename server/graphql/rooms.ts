import { LexlineError } from '../base/errors.ts';
import type { EnteredObject } from '../governance/entered-objects.ts';
import type { GovernanceKind } from '../governance/objects.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Json } from '../model/json.ts';
import type { Uid } from '../model/ids.ts';
import type { Actor } from '../model/provenance.ts';
import type { Policies } from '../policy/policy-file.ts';
import type { FoundByPolicy } from '../report/policies/policy-findings.ts';
import type { Catalogue } from '../rulebook/catalogue.ts';
import type { CitablePassage, IndexedText } from '../rulebook/rulebook.ts';
import type { Page, PageRequest } from '../stores/page.ts';
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

/** Regulations as they are loaded, with the official texts that are indexed. */
export interface RuleRoom {
  catalogues(): Promise<readonly Catalogue[]>;
  /** Changes with the catalogues and the indexed texts. */
  edition(): Promise<string>;
  texts(): Promise<readonly IndexedText[]>;
  /** Where a text has a provision; null: it has not. */
  passage(provision: string, text: IndexedText): Promise<CitablePassage | null>;
}

/** The policies of the configured folder, and what they say of every field. */
export interface PolicyRoom {
  /** As the folder says now; null: none is configured. Fails with CONFIG_INVALID. */
  load(): Promise<Policies | null>;
  /** At the fields that a viewer sees. `at`: the instant by which waivers are held; null: now. Looks at every field. */
  findings(wish: {
    readonly policies: Policies;
    readonly viewer: Viewer;
    readonly n: number;
    readonly at: string | null;
  }): Promise<readonly FoundByPolicy[]>;
}

/** An entry of the ledger. */
export interface LedgerRow {
  readonly seq: number;
  readonly batch: number;
  readonly kind: string;
  readonly actor: Actor;
  readonly at: string;
  readonly subject: Uid | null;
  readonly body: Json;
}

/** Which entries are asked for: those for which all members hold. */
export interface LedgerWish {
  readonly kind?: string;
  readonly subject?: Uid;
  readonly actor?: string;
  readonly since?: string;
  readonly until?: string;
  readonly newestFirst?: boolean;
}

/** What was done, by whom; oldest first where nothing else is wished. */
export interface LedgerRoom {
  read(wish: LedgerWish, page: PageRequest): Promise<Page<LedgerRow>>;
}

/** Rooms beside the graph that questions and mutations lead into. */
export interface Rooms {
  readonly governance: GovernanceDesk;
  readonly stops: StopList;
  readonly rules: RuleRoom;
  readonly policies: PolicyRoom;
  readonly ledger: LedgerRoom;
  readonly writeBack: Pick<WriteBack, 'list' | 'apply' | 'undo' | 'decline'>;
}

const notHere = (): Promise<never> =>
  Promise.reject(new LexlineError('NOT_FOUND', '[graphql] there is no such room here'));

/** For servers that show a graph and nothing else. */
export const noRooms: Rooms = {
  governance: { entries: () => Promise.resolve([]), put: notHere, end: notHere },
  stops: { list: () => Promise.resolve([]), set: notHere, end: notHere },
  rules: {
    catalogues: () => Promise.resolve([]),
    edition: () => Promise.resolve(''),
    texts: () => Promise.resolve([]),
    passage: () => Promise.resolve(null),
  },
  policies: { load: () => Promise.resolve(null), findings: notHere },
  ledger: { read: () => Promise.resolve({ items: [], cursor: null }) },
  writeBack: { list: () => Promise.resolve([]), apply: notHere, undo: notHere, decline: notHere },
};
