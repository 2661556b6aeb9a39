import { createHash, randomUUID } from 'node:crypto';
import { instant, type Clock } from '../base/clock.ts';
import { isLexlineError, LexlineError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Json } from '../model/json.ts';
import type { Actor } from '../model/provenance.ts';
import { seesAtLeast, seesWholeSources, type Scope, type Viewer } from '../access/viewer.ts';
import type { OpenLine } from './frame/open-items.ts';
import { actorText } from './actor-text.ts';
import type { Reports, ReviewedReport } from './create-reports.ts';
import { alreadyConfirmed, type ReportDesk } from './report-desk.ts';
import { keepFile, readFile, type Artefacts, type ReportFile } from './report-artefacts.ts';
import type { ReportFormat, ReportRequest } from './report.ts';

/** A report that somebody asked for, as it is remembered. Its files lie beside it in pieces. */
export interface ReportJob {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly status: 'RUNNING' | 'DONE' | 'FAILED';
  /** 0..1. */
  readonly progress: number;
  readonly requestedAt: string;
  /** When anything of it was last written down. */
  readonly updatedAt: string;
  readonly requestedBy: Actor;
  readonly request: Omit<ReportRequest, 'format' | 'name' | 'requestedBy'>;
  readonly formats: readonly ReportFormat[];
  /** What its maker was allowed to see: who sees less may not read it. */
  readonly sources: 'all' | readonly string[];
  /** The same where it is narrower than whole sources. */
  readonly madeFor?: Scope;
  readonly asOf: string | null;
  readonly knownBy: string | null;
  readonly revision: number | null;
  /** Names of sources that it looked at. */
  readonly scope: readonly string[];
  readonly excluded: readonly string[];
  readonly declaredButNotConnected: readonly string[];
  readonly openItems: number | null;
  /** Reports of earlier releases have no names and no kinds. */
  readonly openLines: readonly (Omit<OpenLine, 'kind' | 'names'> & Partial<Pick<OpenLine, 'kind' | 'names'>>)[];
  readonly files: readonly ReportFile[];
  readonly confirmation: {
    readonly by: string;
    readonly at: string;
    readonly remark: string | null;
    /** Absent in what earlier releases kept. */
    readonly actor?: Actor;
  } | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Makes reports for callers that do not wait, keeps their files for thirty days, and lets people stand for them. */
export interface ReportJobs {
  /** Fails with NOT_FOUND or INPUT_INVALID for a request that cannot be met. The same key asks for the same job. */
  start(order: {
    readonly request: Omit<ReportRequest, 'format' | 'requestedBy'>;
    readonly formats: readonly ReportFormat[];
    readonly viewer: Viewer;
    readonly key: string | undefined;
  }): Promise<ReportJob>;
  /** Null: not known, no longer kept, or made by who sees more. */
  get(id: string, viewer: Viewer): Promise<ReportJob | null>;
  /** Newest first. */
  list(viewer: Viewer, first: number): Promise<readonly ReportJob[]>;
  /**
   * A named person stands for a report, its open items in view. Fails with INPUT_INVALID when their number is another, with
   * REVIEW_CHANGED when somebody stands for it already; the same words of the same person again change nothing.
   */
  confirm(
    id: string,
    by: { readonly name: string; readonly openItems: number; readonly remark: string | null; readonly viewer: Viewer },
  ): Promise<ReportJob>;
  /** The bytes of a file; each download stands in the ledger. */
  read(job: ReportJob, file: ReportFile, viewer: Viewer): Promise<AsyncIterable<Uint8Array>>;
  /** Lets running jobs end. */
  close(): Promise<void>;
}

/** What jobs are remembered in: the state store fits. */
interface Memory extends Artefacts {
  get(kind: string, key: string): Promise<Json | null>;
  put(kind: string, key: string, body: Json, expiresAt?: string): Promise<void>;
  list(
    kind: string,
    page: { readonly first: number; readonly newest?: boolean },
  ): Promise<{ readonly items: readonly { readonly body: Json }[] }>;
}

/** What jobs are kept under, and for how long after they were last written down. */
export const reportJobKind = 'report-job';
export const jobKeptMs = 30 * 24 * 60 * 60 * 1000;
/** Longer than any step of a report takes. */
const silentMs = 30 * 60 * 1000;

export function createReportJobs(options: {
  /** Reports over what a viewer may see. */
  readonly reportsFor: (viewer: Viewer) => Promise<Reports>;
  /** Sources that a viewer may see. */
  readonly sourcesOf: (viewer: Viewer) => Promise<readonly string[]>;
  readonly desk: ReportDesk;
  readonly memory: Memory;
  readonly clock: Clock;
  readonly log: Log;
}): ReportJobs {
  const { reportsFor, sourcesOf, desk, memory, clock, log } = options;
  const running = new Map<string, Promise<void>>();
  const keep = async (job: ReportJob): Promise<ReportJob> => {
    const kept = { ...job, updatedAt: instant(clock) };
    await memory.put(reportJobKind, job.id, kept as unknown as Json, new Date(clock.now() + jobKeptMs).toISOString());
    return kept;
  };
  const get = async (id: string, viewer: Viewer): Promise<ReportJob | null> => {
    const body = await memory.get(reportJobKind, id);
    const job = body === null ? null : alive(body as unknown as ReportJob);
    return job !== null && sees(viewer, job) ? job : null;
  };

  /** A job of which nothing was heard for long has lost the process that made it. */
  const alive = (job: ReportJob): ReportJob =>
    job.status === 'RUNNING' && !running.has(job.id) && clock.now() - Date.parse(job.updatedAt) > silentMs
      ? { ...job, status: 'FAILED', error: { code: 'CANCELLED', message: 'The process that made it has ended.' } }
      : job;

  return {
    get,
    async start({ request, formats, viewer, key }) {
      const id = key === undefined ? randomUUID() : keyedId(viewer.actor, key);
      const before = await get(id, viewer);
      if (before !== null) {
        if (JSON.stringify([before.name, before.request, before.formats]) !== JSON.stringify(wishOf(request, formats)))
          throw new LexlineError('INPUT_INVALID', '[report] this key was used for another report; take a new one');
        return before;
      }
      const reports = await reportsFor(viewer);
      const title = reports.list().find(({ name }) => name === request.name)?.title;
      // Opening reads nothing and checks everything that was asked for.
      await reports.open({ ...request, format: formats[0] ?? 'json' });
      const visible = await sourcesOf(viewer);
      const scope = request.source === undefined ? visible : [request.source];
      const [name, wish] = wishOf(request, formats);
      const job = await keep({
        id,
        name,
        title: title ?? name,
        status: 'RUNNING',
        progress: 0,
        requestedAt: instant(clock),
        updatedAt: instant(clock),
        requestedBy: viewer.actor,
        request: wish,
        formats,
        sources: viewer.scope.sources,
        ...(seesWholeSources(viewer.scope) ? {} : { madeFor: viewer.scope }),
        asOf: null,
        knownBy: null,
        revision: null,
        scope,
        excluded: visible.filter((source) => !scope.includes(source)),
        declaredButNotConnected: [],
        openItems: null,
        openLines: [],
        files: [],
        confirmation: null,
        error: null,
      });
      const work = make(job, reports)
        .catch((error: unknown) => fail(job, error))
        .finally(() => running.delete(id));
      running.set(id, work);
      return job;
    },
    async list(viewer, first) {
      const { items } = await memory.list(reportJobKind, { first: Math.min(1000, first * 4), newest: true });
      return items
        .map(({ body }) => alive(body as unknown as ReportJob))
        .filter((job) => sees(viewer, job))
        .slice(0, first);
    },
    async confirm(id, { name, openItems, remark, viewer }) {
      const job = await get(id, viewer);
      if (job === null) throw new LexlineError('NOT_FOUND', '[report] there is no such report');
      if (job.status !== 'DONE') throw new LexlineError('INPUT_INVALID', '[report] it is not finished yet');
      const { actor } = viewer;
      const before = job.confirmation;
      if (before !== null) {
        const isOwn = before.actor?.kind === actor.kind && before.actor.id === actor.id;
        if (isOwn && before.by === name && before.remark === remark && openItems === job.openItems) return job;
        throw alreadyConfirmed();
      }
      const reports = await reportsFor(viewer);
      const reviewed: ReviewedReport = await reports.review({
        name: job.name,
        ...job.request,
        ...(job.asOf === null ? {} : { asOf: job.asOf }),
      });
      const { at } = await desk.confirm(reviewed, { name, openItems, actor });
      return keep({ ...job, confirmation: { by: name, at, remark, actor } });
    },
    async read(job, file, viewer) {
      const { name, revision } = job;
      await desk.exported({
        name,
        id: job.id,
        revision: revision ?? 0,
        format: file.format,
        sha256: file.sha256,
        actor: viewer.actor,
        why: null,
      });
      return readFile(memory, job.id, file);
    },
    async close() {
      await Promise.all(running.values());
    },
  };

  async function make(job: ReportJob, reports: Reports): Promise<void> {
    const declared: string[] = [];
    let section = '';
    const requestedBy = actorText(job.requestedBy);
    const first = await reports.open({ name: job.name, ...job.request, format: job.formats[0] ?? 'json' });
    // Every file of one report is of one moment, whatever is published meanwhile.
    const request = { name: job.name, ...job.request, asOf: first.knownBy };
    const reviewed = await reports.review({ name: job.name, ...job.request }, (part) => {
      if (part.type === 'section') section = part.id;
      else if (section === 'notConnected') declared.push(String(part.cells[1] ?? ''));
    });
    let current = await keep({
      ...job,
      progress: 1 / (job.formats.length + 1),
      asOf: first.asOf,
      knownBy: first.knownBy,
      revision: reviewed.revision.n,
      declaredButNotConnected: declared,
      openItems: reviewed.open.count,
      openLines: reviewed.open.lines.slice(0, 500),
    });
    for (const format of job.formats) {
      const opened = await reports.open({
        ...request,
        ...(job.request.asOf === undefined ? {} : { asOf: job.request.asOf }),
        requestedBy,
        format,
      });
      const file = await keepFile(memory, job.id, format, opened);
      const files = [...current.files, file];
      current = await keep({ ...current, files, progress: (files.length + 1) / (job.formats.length + 1) });
    }
    await keep({ ...current, status: 'DONE', progress: 1 });
  }

  async function fail(job: ReportJob, error: unknown): Promise<void> {
    const known = isLexlineError(error) && error.code !== 'INTERNAL';
    if (!known) log.error('a report failed', { report: job.name, id: job.id, error });
    const said = known
      ? { code: error.code, message: error.message }
      : { code: 'INTERNAL', message: 'Something went wrong on our side; the log has more.' };
    await keep({ ...job, status: 'FAILED', error: said }).catch(() => null);
  }
}

function wishOf(
  { name, ...rest }: Omit<ReportRequest, 'format' | 'requestedBy'>,
  formats: readonly ReportFormat[],
): readonly [string, Omit<ReportRequest, 'format' | 'requestedBy' | 'name'>, readonly ReportFormat[]] {
  return [name, rest, formats];
}

/** Who sees all may read every report; others only what was made for who sees no more than they do. */
function sees({ scope }: Viewer, { sources, madeFor = { sources } }: ReportJob): boolean {
  return seesAtLeast(scope, madeFor);
}

/** Keys of different callers never meet, and a key itself is not kept. */
function keyedId({ kind: actorKind, id }: Actor, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([actorKind, id, key]))
    .digest('hex')
    .slice(0, 32);
}
