import { isLexlineError, LexlineError } from '../base/errors.ts';
import { suggest } from '../base/nearest.ts';
import { noGovernance, type Governance } from '../governance/objects.ts';
import { sourcePart, type SourcePart } from '../governance/source-part.ts';
import { digestOf } from '../model/json.ts';
import type { Policies } from '../policy/policy-file.ts';
import { createContentDigest } from './content-digest.ts';
import { reportFormats, writers } from './formats.ts';
import { withOpenItems, type OpenItems } from './frame/open-items.ts';
import { reports, type ReportDefinition } from './reports.ts';
import type {
  Confirmation,
  OpenReport,
  ReportGround,
  ReportHead,
  ReportPart,
  ReportRequest,
  ReportTools,
  ReviewSample,
} from './report.ts';
import type { DatasetView, Query, Revision } from '../query/query.ts';
import { everyPage } from '../stores/every-page.ts';

/** Makes reports from what a viewer may see. Writes nothing. */
export interface Reports {
  /** Names with one line each, in the order of names. */
  list(): readonly { readonly name: string; readonly title: string; readonly summary: string }[];
  /**
   * Opens a report at the revision asked for; nothing is read until its chunks are. Fails with NOT_FOUND for an unknown
   * report or source, INPUT_INVALID for an unknown format or parameter or a time that has not come, and as {@link Query.at} does
   * for a time out of reach.
   */
  open(request: ReportRequest): Promise<OpenReport>;
  /** Reads a report through and says what it leaves open, and the digest that a confirmation is bound to. `hear` is told each part. */
  review(request: Omit<ReportRequest, 'format'>, hear?: (part: ReportPart) => void): Promise<ReviewedReport>;
}

/** What a person has in view before confirming. */
export interface ReviewedReport {
  readonly name: string;
  readonly title: string;
  /** What a confirmation is kept by: report, scope, parameters. */
  readonly key: string;
  readonly revision: Revision;
  readonly open: OpenItems;
  /** SHA-256 over the parts: what a confirmation says yes to. */
  readonly content: string;
}

/** Confirmations that people gave, kept outside of this room. */
export interface Confirmations {
  /** Newest first, of one key. */
  of(key: string): Promise<readonly KeptConfirmation[]>;
}

export interface KeptConfirmation extends Confirmation {
  readonly revision: number;
}

export interface ReportsOptions {
  readonly query: Query;
  /** Lexline's own, printed in every file. */
  readonly version: string;
  /** What people had entered at a revision, as it held at an instant. Default: nothing. */
  readonly governance?: (n: number, at: string) => Promise<Governance>;
  readonly confirmations?: Confirmations;
  /** The last review of a random sample. Default: none was taken. */
  readonly sample?: (n: number) => Promise<ReviewSample | null>;
  /** The configured policies. Default: none. */
  readonly policies?: () => Promise<Policies | null>;
  /** Whether `query` hides nothing. Default: true. */
  readonly seesEverything?: boolean;
}

/** Characters gathered before a chunk is handed on. */
const chunkSize = 64 * 1024;

/** A report ready to be read, before its head says whether somebody confirmed it. */
interface Prepared {
  readonly definition: ReportDefinition;
  readonly ground: ReportGround;
  readonly key: string;
  readonly parts: (onEnd?: (open: OpenItems) => void) => AsyncIterable<ReportPart>;
}

/** The bytes of a report depend on revision, request, confirmation and release alone. */
export function createReports(options: ReportsOptions): Reports {
  const { query, version } = options;
  return {
    list: () =>
      Object.entries(reports)
        .map(([name, { title, summary }]) => ({ name, title, summary }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    async review(request, hear) {
      const { definition, ground, key, parts } = await prepare(options, request);
      const { open, content } = await readThrough(parts, hear);
      return { name: request.name, title: definition.title, key, revision: ground.revision, open, content };
    },
    async open(request) {
      if (!Object.hasOwn(writers, request.format))
        throw new LexlineError('INPUT_INVALID', `[report] there is no format "${request.format}"`, {
          remedy: `Ask for one of: ${reportFormats.join(', ')}`,
        });
      const prepared = await prepare(options, request);
      const { definition, ground, parts } = prepared;
      const { revision, asOf, source } = ground;
      const confirmation = await confirmationOf(options, prepared);
      const head: ReportHead = {
        name: request.name,
        title: definition.title,
        id: digestOf([request.name, revision.n, asOf, source, ground.parameters, version]),
        status: confirmation === null ? 'draft' : 'confirmed',
        confirmation,
        asOf,
        knownBy: revision.publishedAt,
        revision: revision.n,
        since: ground.since === null ? null : `revision ${String(ground.since.n)}, ${ground.since.publishedAt}`,
        parameters: ground.parameters,
        source,
        requestedBy: request.requestedBy ?? null,
        madeBy: `Lexline ${version}`,
      };
      const { mediaType, write } = writers[request.format];
      const scope = [...(source === null ? [] : [source]), ...Object.values(ground.parameters)]
        .map((word) => `-${word.replaceAll(/[^\w.-]+/gu, '_')}`)
        .join('');
      return {
        ...head,
        format: request.format,
        mediaType,
        fileName: `lexline-${request.name}${scope}-r${String(revision.n)}.${request.format}`,
        chunks: gathered(write(head, parts())),
      };
    },
  };

  async function prepare(of: ReportsOptions, request: Omit<ReportRequest, 'format'>): Promise<Prepared> {
    const definition = Object.hasOwn(reports, request.name) ? reports[request.name] : undefined;
    if (definition === undefined)
      throw new LexlineError('NOT_FOUND', `[report] there is no report "${request.name}"`, {
        remedy: `Ask for one of: ${Object.keys(reports).sort().join(', ')}`,
      });
    const parameters = checkedParameters(request.name, definition, request.parameters ?? {});
    const source = request.source ?? null;
    if (source !== null) await expectSource(query, source);
    const revision = request.asOf === undefined ? await query.at() : await query.pastRevision(request.asOf);
    const asOf = request.asOf ?? revision.publishedAt;
    const key = JSON.stringify([request.name, source, parameters]);
    const since = await earlier(of, request, key, revision);
    const ground: ReportGround = { revision, asOf, source, since, parameters };
    const parts = async function* (onEnd?: (open: OpenItems) => void): AsyncGenerator<ReportPart> {
      const entered = (await of.governance?.(revision.n, instantOf(asOf, revision))) ?? noGovernance;
      const part =
        source === null ? { governance: entered, outside: [] } : await partOf(query, source, revision, entered);
      const sample = (await of.sample?.(revision.n)) ?? null;
      const policies = (await of.policies?.()) ?? null;
      const tools: ReportTools = { query, ...part, sample, policies, seesEverything: of.seesEverything ?? true };
      yield* withOpenItems(definition.parts(tools, ground), onEnd);
    };
    return { definition, ground, key, parts };
  }
}

/** What was entered about one source, among the datasets that the viewer may see. */
async function partOf(query: Query, source: string, { n }: Revision, entered: Governance): Promise<SourcePart> {
  const datasets: DatasetView[] = [];
  for await (const dataset of everyPage((page) => query.datasets({}, n, page))) datasets.push(dataset);
  return sourcePart(entered, datasets, source);
}

/** The instant by which the validity of what people entered is told: the end of a day is that day. */
function instantOf(asOf: string, revision: Revision): string {
  return /^\d{4}-\d{2}-\d{2}$/u.test(asOf) ? `${asOf}T12:00:00.000Z` : asOf === '' ? revision.publishedAt : asOf;
}

function checkedParameters(
  name: string,
  { parameters = {} }: ReportDefinition,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const known = Object.keys(parameters);
  for (const key of Object.keys(given))
    if (!known.includes(key))
      throw new LexlineError('INPUT_INVALID', `[report] ${name} takes no ${key}; ${suggest(key, known)}`);
  for (const [key, about] of Object.entries(parameters))
    if (given[key] === undefined && about.required)
      throw new LexlineError('INPUT_INVALID', `[report] ${name} needs ${key}: ${about.about}`, {
        remedy: `lexline report ${name} --${key} ${about.example}`,
      });
  return Object.fromEntries(known.flatMap((key) => (given[key] === undefined ? [] : [[key, given[key]]])));
}

/** The state that changes are told against: the one asked for, else the last confirmed one before. */
async function earlier(
  { query, confirmations }: ReportsOptions,
  request: Omit<ReportRequest, 'format'>,
  key: string,
  revision: Revision,
): Promise<Revision | null> {
  if (request.since !== undefined) return query.pastRevision(request.since);
  const kept = (await confirmations?.of(key)) ?? [];
  for (const { revision: n } of kept.filter((one) => one.revision < revision.n)) {
    const { publishedAt } = await query.revision(n);
    try {
      return await query.at(publishedAt);
    } catch (error) {
      // What is no longer kept cannot be compared with; an older one may be.
      if (!isLexlineError(error) || error.code !== 'ASOF_BELOW_RETENTION') throw error;
    }
  }
  return null;
}

/** A confirmation of this very content; the content is read through first, for another content is a draft again. */
async function confirmationOf(
  { confirmations }: ReportsOptions,
  { key, ground, parts }: Prepared,
): Promise<Confirmation | null> {
  const kept = ((await confirmations?.of(key)) ?? []).filter(({ revision }) => revision === ground.revision.n);
  if (kept.length === 0) return null;
  const { content } = await readThrough(parts);
  const found = kept.find((one) => one.content === content);
  return found === undefined
    ? null
    : { by: found.by, at: found.at, openItems: found.openItems, content: found.content };
}

async function readThrough(
  parts: Prepared['parts'],
  hearPart: (part: ReportPart) => void = () => {},
): Promise<{ readonly open: OpenItems; readonly content: string }> {
  const digest = createContentDigest(null);
  let open: OpenItems = { count: 0, lines: [] };
  const hear = (said: OpenItems): void => {
    open = said;
  };
  for await (const part of parts(hear)) {
    digest.add(part);
    hearPart(part);
  }
  return { open, content: digest.end() };
}

async function expectSource(query: Query, source: string): Promise<void> {
  const names = (await query.sources()).map(({ name }) => name);
  if (!names.includes(source))
    throw new LexlineError('NOT_FOUND', `[report] there is no source "${source}"`, {
      remedy: names.length === 0 ? 'Run: lexline sync' : `Ask for one of: ${names.join(', ')}`,
    });
}

/** Text in pieces of a fair size; bytes as they come. */
async function* gathered(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<string | Uint8Array> {
  let waiting: string[] = [];
  let size = 0;
  for await (const piece of pieces) {
    if (typeof piece !== 'string') {
      yield piece;
      continue;
    }
    waiting.push(piece);
    size += piece.length;
    if (size < chunkSize) continue;
    yield waiting.join('');
    waiting = [];
    size = 0;
  }
  if (size > 0) yield waiting.join('');
}
