import { LexlineError } from '../../base/errors.ts';
import type { Governance } from '../../governance/objects.ts';
import { everyPage } from '../../stores/every-page.ts';
import type { Ledger, LedgerBatch } from '../../stores/ledger/ledger.ts';
import type { Query } from '../../query/query.ts';
import type { Reports } from '../create-reports.ts';
import { createPack } from './create-pack.ts';
import { currentLedgerHead, type LedgerHead } from './ledger-head.ts';
import { openSigningKey, readRotations, rotateSigningKey, type SigningKey } from './signing-keys.ts';
import type { PackFacts } from './write-pack.ts';

/** Signs: packs of evidence, and heads of the ledger. */
export interface PackRoom {
  /** The configured key; made where there is none. Fails with CONFIG_INVALID when none is configured. */
  key(): Promise<SigningKey>;
  /** Opens a pack of reports as of a time. Reading its chunks does the work. */
  create(request: {
    readonly reports: readonly string[];
    readonly asOf?: string;
    readonly source?: string;
    /** Who asks; printed on every report in it. */
    readonly requestedBy?: string;
  }): Promise<{ readonly facts: PackFacts; readonly chunks: AsyncIterable<Uint8Array> }>;
  /** The end of the ledger now, signed where a key is configured; null: nothing was written yet. */
  head(): Promise<LedgerHead | null>;
  /** The batch of that number, to compare with a kept head. */
  batch(number: number): Promise<LedgerBatch | null>;
  /** Puts a new key in the place of the old one, which signs that it hands over. */
  rotate(at: string): Promise<{ readonly key: SigningKey; readonly certificate: string }>;
}

export interface PackRoomOptions {
  readonly signing: { readonly keyFile: string; readonly previous: readonly string[] } | null;
  readonly query: Query;
  readonly reports: Reports;
  readonly governance: (n: number, at: string) => Promise<Governance>;
  readonly ledger: Pick<Ledger, 'read' | 'batches'>;
  readonly version: string;
}

export function createPackRoom(options: PackRoomOptions): PackRoom {
  const { signing, query, reports, governance, ledger, version } = options;
  const configured = (): { readonly keyFile: string; readonly previous: readonly string[] } => {
    if (signing !== null) return signing;
    throw new LexlineError('CONFIG_INVALID', '[signing] no key is configured', {
      remedy: 'add to lexline.yaml:\nsigning: { keyFile: ./keys/lexline.pem }',
    });
  };
  const find = async (meant: (batch: LedgerBatch) => boolean): Promise<LedgerBatch | null> => {
    let found: LedgerBatch | null = null;
    for await (const batch of everyPage((page) => ledger.batches(page), 5000)) if (meant(batch)) found = batch;
    return found;
  };
  return {
    key: async () => openSigningKey(configured().keyFile),
    async create({ reports: names, asOf, source, requestedBy }) {
      const { keyFile, previous } = configured();
      const [key, rotations] = [await openSigningKey(keyFile), await readRotations(previous)];
      const revision = asOf === undefined ? await query.at() : await query.pastRevision(asOf);
      const at = asOf ?? revision.publishedAt;
      const facts: PackFacts = {
        revision: revision.n,
        asOf: at,
        knownBy: revision.publishedAt,
        madeBy: `Lexline ${version}`,
      };
      const base = {
        ...(asOf === undefined ? {} : { asOf }),
        ...(source === undefined ? {} : { source }),
        ...(requestedBy === undefined ? {} : { requestedBy }),
      };
      const known = new Set(reports.list().map(({ name }) => name));
      for (const name of names)
        if (!known.has(name))
          throw new LexlineError('NOT_FOUND', `[pack] there is no report "${name}"`, { remedy: [...known].join(', ') });
      return {
        facts,
        chunks: createPack({
          reports,
          requests: names.map((name) => ({ name, ...base })),
          facts,
          governance: await governance(revision.n, revision.publishedAt),
          ledger,
          key,
          rotations,
        }),
      };
    },
    head: () => currentLedgerHead(ledger, signing),
    batch: (number) => find(({ batch }) => batch === number),
    rotate: (at) => rotateSigningKey(configured().keyFile, at),
  };
}
