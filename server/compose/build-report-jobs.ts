import type { GovernanceRoom } from '../governance/governance-room.ts';
import type { Query } from '../query/query.ts';
import type { ReportJobs } from '../report/report-jobs.ts';
import { seesEverything, type Viewer } from '../access/viewer.ts';
import type { Reports } from '../report/create-reports.ts';
import { buildReportDesk, buildReports } from './build-reports.ts';
import type { Ground } from './ground.ts';

/** Reports as jobs, each made over what its asker may see. */
export async function buildReportJobs(
  ground: Ground,
  rooms: { readonly query: Query; readonly governance: GovernanceRoom },
): Promise<{ readonly jobs: ReportJobs; readonly kinds: () => Promise<ReturnType<Reports['list']>> }> {
  const { createReportJobs } = await import('../report/report-jobs.ts');
  const { query, governance } = rooms;
  const jobs = createReportJobs({
    reportsFor: (viewer: Viewer) =>
      buildReports(ground, { query: query.as(viewer), governance, seesEverything: seesEverything(viewer.scope) }),
    sourcesOf: async (viewer) => (await query.as(viewer).sources()).map(({ name }) => name),
    desk: await buildReportDesk(ground),
    memory: ground.stores.state,
    clock: ground.clock,
    log: ground.log,
  });
  return { jobs, kinds: async () => (await buildReports(ground, rooms)).list() };
}
