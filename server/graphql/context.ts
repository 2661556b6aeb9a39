import type { Viewer } from '../access/viewer.ts';
import type { Filter } from '../query/answers.ts';
import { readPlatforms, requireKnownWords } from '../query/known-words.ts';
import type { Query } from '../query/query.ts';
import type { ReportJobs } from '../report/report-jobs.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
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
export type ReviewDoor = Pick<ReviewDesk, 'queue' | 'decide' | 'preview'>;

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
  /** Of what data is held against. */
  readonly taxonomy: Taxonomy;
  /** Refuses a filter by a word that nothing can bear. Fails with INPUT_INVALID, naming the nearest. */
  known(filter: Filter | undefined, n: number): Promise<void>;
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
  readonly taxonomy: Taxonomy;
  /** Remembers the platforms of a revision, by whom they are shown to. */
  readonly platforms: (key: string, read: () => Promise<readonly string[]>) => Promise<readonly string[]>;
}): GraphqlContext {
  const { viewer, sync, syncRequests, reports, review, rooms, once, deadline, taxonomy } = options;
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
    taxonomy,
    known: (filter, n) =>
      requireKnownWords(filter, n, {
        query,
        taxonomy,
        platforms: (at) =>
          options.platforms(JSON.stringify([at, viewer.scope]), () =>
            // Shared with whoever asks the same: it goes on when the first asker has left.
            readPlatforms(options.query.as(viewer), at),
          ),
      }),
    loaders: createLoaders(query, (source) => sync.lastReport(source)),
    async at(asOf) {
      if (asOf !== null && asOf !== undefined) return (await query.pastRevision(asOf)).n;
      newest ??= query.at().then(({ n }) => n);
      return newest;
    },
  };
}
