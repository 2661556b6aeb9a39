import type { Viewer } from '../access/viewer.ts';
import type { Query } from '../query/query.ts';
import type { ReportJobs } from '../report/report-jobs.ts';
import type { ReviewDesk } from '../sync/review-desk.ts';
import type { Sync } from '../sync/sync.ts';
import { withDeadline, type Deadline } from './deadline.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { Once } from './once.ts';
import type { Rooms } from './rooms.ts';
import type { SyncRequests } from './sync-requests.ts';

/** Reports as jobs, and the kinds there are. */
export interface ReportDoor extends Pick<ReportJobs, 'start' | 'get' | 'list' | 'confirm'> {
  kinds(): Promise<readonly { readonly name: string; readonly title: string; readonly summary: string }[]>;
}

/** What waits for people, and their decisions. */
export type ReviewDoor = Pick<ReviewDesk, 'queue' | 'decide'>;

/** What the resolvers of one request are given. */
export interface GraphqlContext {
  readonly viewer: Viewer;
  /** Answers for this viewer, within the request's time. */
  readonly query: Query;
  readonly loaders: Loaders;
  readonly sync: Pick<Sync, 'lastReport' | 'reports'>;
  readonly syncRequests: SyncRequests;
  readonly reports: ReportDoor;
  readonly review: ReviewDoor;
  readonly rooms: Rooms;
  /** Does a change once for each idempotency key of a caller. */
  readonly once: Once;
  readonly deadline: Deadline;
  /** The revision of `asOf`, or the newest; the newest is looked up once, so that a request reads one world. */
  at(asOf: string | null | undefined): Promise<number>;
}

export function createContext(options: {
  readonly viewer: Viewer;
  readonly query: Query;
  readonly sync: Pick<Sync, 'lastReport' | 'reports'>;
  readonly syncRequests: SyncRequests;
  readonly reports: ReportDoor;
  readonly review: ReviewDoor;
  readonly rooms: Rooms;
  readonly once: Once;
  readonly deadline: Deadline;
}): GraphqlContext {
  const { viewer, sync, syncRequests, reports, review, rooms, once, deadline } = options;
  const query = withDeadline(options.query.as(viewer, deadline.signal), deadline);
  let newest: Promise<number> | undefined;
  return {
    viewer,
    query,
    sync,
    syncRequests,
    reports,
    review,
    rooms,
    once,
    deadline,
    loaders: createLoaders(query, (source) => sync.lastReport(source)),
    async at(asOf) {
      if (asOf !== null && asOf !== undefined) return (await query.at(asOf)).n;
      newest ??= query.at().then(({ n }) => n);
      return newest;
    },
  };
}
