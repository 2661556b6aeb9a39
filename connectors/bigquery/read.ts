import { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';
import type { SourceMessage } from '../../server/model/document.ts';
import type { Json } from '../../server/model/json.ts';
import type { ReadRequest } from '../connector.ts';
import { grantRights } from '../kit/explanation.ts';
import { readDatabases } from '../kit/warehouse/read-databases.ts';
import { UnreadPart } from '../kit/warehouse/unread-part.ts';
import { bigqueryProject } from './client.ts';
import { projectsOf } from './datasets.ts';
import { isRefused } from './failure.ts';
import { grantInProject } from './gaps.ts';
import { readHistory, throughShape, type JobPlace, type Through } from './history.ts';
import { path, quote } from './names.ts';
import { parseRows, whoRow } from './rows.ts';
import type { Session } from './session.ts';
import { whoSql } from './sql.ts';
import { unreadOf } from './unread.ts';

/** What is known of projects as a whole, jobs among it; no dataset is named so, because its project stands before a dot. */
export const wideScope = ':projects';

/** What is kept between reads: how far histories were read, and which taxonomies were shown. */
const windowShape = z.object({ through: throughShape, shown: z.array(z.string()) });
const cursorShape = z.object({ window: windowShape });

/** Who asks, and BigQuery's own clock. The first question of all: without the right to run queries nothing can be read. */
export async function whoAsks(
  session: Session,
  signal: AbortSignal,
): Promise<{ readonly user: string; readonly nowMs: number }> {
  const { config, port, clock } = session;
  try {
    const [row] = parseRows('who asks', whoRow, await session.rows(whoSql, config.queryLocation, signal));
    return { user: row?.user ?? port.who, nowMs: row?.now_ms ?? clock.now() };
  } catch (error) {
    // What else is refused with that status (a quota, billing, an API that is off) says itself what to do.
    if (!isRefused(error) || error.status !== 403 || error.remedy !== grantRights('bigquery')) throw error;
    throw new LexlineError(error.code, `${error.message}; it cannot run queries in project ${config.project}`, {
      remedy: grantInProject(config.project, 'roles/bigquery.jobUser', port.who),
    });
  }
}

/** Reads projects dataset by dataset, then the jobs that ran in them. */
export async function* readProjects(
  session: Session,
  request: ReadRequest,
  signal: AbortSignal,
): AsyncIterable<SourceMessage> {
  signal.throwIfAborted();
  const { namespace, clock } = session;
  const { user, nowMs } = await whoAsks(session, signal);
  const before = cursorShape.safeParse(request.cursor?.at);
  const relied = { before: new Set(before.success ? before.data.window.shown : []), shown: new Set<string>() };
  const places = new Map<string, JobPlace>();
  let canTellScopes = true;
  const messages = readDatabases(
    {
      namespace,
      databases: async () => {
        const { names, areAllShown } = await projectsOf(session, signal);
        if (!areAllShown) canTellScopes = false;
        return names.map((project) => ({
          warehouse: bigqueryProject(session, project, {
            relied,
            user,
            listed(datasets, areListed) {
              if (!areListed) canTellScopes = false;
              for (const { location } of datasets) places.set(`${project}/${location}`, { project, location });
            },
          }),
          naming: { namespace, platform: 'bigquery', dialect: 'bigquery', database: project },
        }));
      },
      filter: {},
      quote,
      grant: grantDataset,
      clock,
      window: {
        scope: wideScope,
        read: (after) => readJobs(session, { places, nowMs, after, shown: relied.shown }, signal),
      },
    },
    request,
    signal,
  );
  for await (const message of messages) {
    // Without all the projects and locations that are asked for, nothing that is missing counts as gone.
    if (message.type === 'scopes' && !canTellScopes) continue;
    if (message.type === 'scope-begin') yield* notesFor(session, wideScope);
    if (message.type === 'scope-complete') yield* notesFor(session, message.scope);
    yield message;
  }
}

/** What is known of the jobs, and what the read cost. */
async function* readJobs(
  session: Session,
  given: {
    readonly places: ReadonlyMap<string, JobPlace>;
    readonly nowMs: number;
    readonly after: Json | null;
    readonly shown: ReadonlySet<string>;
  },
  signal: AbortSignal,
): AsyncGenerator<SourceMessage, Json> {
  yield { type: 'scope-begin', scope: wideScope };
  const earlier = windowShape.safeParse(given.after);
  let through: Through = earlier.success ? earlier.data.through : {};
  if (session.config.history) {
    const places = [...given.places.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    try {
      const span = { before: through, nowMs: given.nowMs, scope: wideScope };
      through = yield* readHistory(session, places, span, signal);
    } catch (error) {
      const unread = unreadOf('the history of jobs', error);
      if (!(unread instanceof UnreadPart)) throw error;
      yield { type: 'gap', scope: wideScope, gap: unread.gap };
    }
  }
  const cost = session.budget.said();
  if (cost !== null) yield { type: 'note', text: cost };
  yield* notesFor(session, wideScope);
  const shown = new Set([...given.shown, ...(earlier.success ? earlier.data.shown : [])]);
  return { through, shown: [...shown].filter((mark) => isAsked(session, mark)).toSorted() };
}

/** Governance and row access policies can be switched off: then nothing rests on them any more. */
function isAsked({ config }: Session, mark: string): boolean {
  if (mark.startsWith('projects/')) return config.governance;
  return mark.startsWith('row access') ? config.rowAccessPolicies : true;
}

function keyOf({ project, location }: JobPlace): string {
  return `${project}/${location}`;
}

function* notesFor(session: Session, scope: string): Iterable<SourceMessage> {
  for (const gap of session.takeNotes()) yield { type: 'gap', scope, gap };
}

/** What lets an account see a dataset's structure, without a row of it; null dataset: the whole project. */
function grantDataset(project: string, dataset: string | null, user: string): string {
  if (dataset === null) return grantInProject(project, 'roles/bigquery.metadataViewer', user);
  const to = `serviceAccount:${user.includes('@') ? user : '<account>'}`;
  return `GRANT \`roles/bigquery.metadataViewer\` ON SCHEMA ${path(project, dataset)} TO "${to}";`;
}
