import { productVersion } from '../base/version.ts';
import type { GovernanceRoom } from '../governance/governance-room.ts';
import type { Governance } from '../governance/objects.ts';
import type { DatasetView, Query } from '../query/query.ts';
import type { Reports } from '../report/create-reports.ts';
import type { PackRoom } from '../report/packs/pack-room.ts';
import type { WordEraser } from '../report/erase-words.ts';
import type { ReportDesk } from '../report/report-desk.ts';
import { everyPage } from '../stores/every-page.ts';
import type { Ground } from './ground.ts';

/** The room that makes reports, over what the viewer of `query` may see. */
export async function buildReports(
  { config, stores }: Ground,
  rooms: { readonly query: Query; readonly governance: GovernanceRoom; readonly seesEverything?: boolean },
): Promise<Reports> {
  const [{ createReports }, { keptConfirmations, newestSample }, { visiblePart }] = await Promise.all([
    import('../report/create-reports.ts'),
    import('../report/confirmations.ts'),
    import('../governance/visible-part.ts'),
  ]);
  const { query, seesEverything = true } = rooms;
  const governance = async (n: number, at: string): Promise<Governance> => {
    const entered = await rooms.governance.read(n, at);
    if (seesEverything) return entered;
    // Whoever sees a part is told of systems and activities of that part alone.
    const seen: DatasetView[] = [];
    for await (const dataset of everyPage((page) => query.datasets({}, n, page))) seen.push(dataset);
    return visiblePart(entered, seen);
  };
  return createReports({
    query,
    seesEverything,
    version: productVersion(),
    governance,
    confirmations: keptConfirmations(stores.state),
    sample: (n) => newestSample(stores.state, n),
    policies: async () =>
      config.policies === null ? null : (await import('../policy/policy-file.ts')).loadPolicies(config.policies),
  });
}

/** Where it is written down that a report left the house, and who stands for it. */
export async function buildReportDesk({ stores, clock }: Ground): Promise<ReportDesk> {
  const { createReportDesk } = await import('../report/report-desk.ts');
  return createReportDesk({ memory: stores.state, ledger: stores.ledger, clock });
}

/** Where names and reasons that stand beside the ledger are erased. */
export async function buildWordEraser({ stores, clock }: Ground): Promise<WordEraser> {
  const { createWordEraser } = await import('../report/erase-words.ts');
  return createWordEraser({ memory: stores.state, ledger: stores.ledger, clock });
}

/** The room that signs packs and heads of the ledger. */
export async function buildPacks(
  { config, stores }: Ground,
  rooms: { readonly query: Query; readonly reports: Reports; readonly governance: GovernanceRoom },
): Promise<PackRoom> {
  const { createPackRoom } = await import('../report/packs/pack-room.ts');
  return createPackRoom({
    signing: config.signing,
    query: rooms.query,
    reports: rooms.reports,
    governance: (n, at) => rooms.governance.read(n, at),
    ledger: stores.ledger,
    version: productVersion(),
  });
}
