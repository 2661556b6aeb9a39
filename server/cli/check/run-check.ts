import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCodes, LexlineError, type ErrorCode } from '../../base/errors.ts';
import { silentLog } from '../../base/log.ts';
import type { Gap } from '../../model/provenance.ts';
import type { Policies } from '../../policy/policy-file.ts';
import type { ShownFinding } from '../../policy/finding-text.ts';
import { findByPolicies, type FoundByPolicy } from '../../report/policies/policy-findings.ts';
import { readBaselineHead } from '../../sync/baseline/import-baseline.ts';
import { gapsOfTexts, type BaselineHead } from '../../sync/baseline/baseline.ts';
import type { CommandContext } from '../command.ts';
import type { Product } from '../composition.ts';
import { findScanTarget, type ScanTarget } from '../scan-target.ts';
import { everyPage } from '../../stores/every-page.ts';
import type { DatasetView } from '../../query/query.ts';
import { namingAlone, readChangeNaming, type ChangeNaming } from './change-naming.ts';
import { shortNameGaps } from './name-places.ts';
import { changedTexts } from './changed-texts.ts';
import { readEmptyColumns, type ChangedText } from './empty-columns.ts';
import { readHarmlessColumns } from './harmless-columns.ts';
import { modelFiles, type ModelFiles } from './model-files.ts';
import { createSqlEngine } from '../../sql/create-sql-engine.ts';

export interface CheckRequest {
  readonly target: string;
  readonly dialect: string | undefined;
  readonly baseline: string | undefined;
  /** The source of the baseline in whose place the change stands; default: its only one of the same kind. */
  readonly source: string | undefined;
  readonly policies: Policies;
  /** The day on which waivers are held against it, YYYY-MM-DD. */
  readonly today: string;
}

export interface CheckResult {
  readonly findings: readonly ShownFinding[];
  /** What of the change could not be understood, and was not so before. */
  readonly gaps: readonly { readonly gap: Gap; readonly file: string | null }[];
  /** Gaps of the same kind that were there before. */
  readonly oldGaps: number;
  readonly fields: number;
  readonly against: BaselineHead | null;
}

/**
 * The lineage as it would be after a merge: the baseline in temporary stores, the change synced over it by the real
 * pipeline, policies held against both. Reaches no source and no network.
 */
export async function runCheck(
  request: CheckRequest,
  context: Pick<CommandContext, 'compose' | 'actor' | 'signal'>,
): Promise<CheckResult> {
  const found = await findScanTarget(request.target, request.dialect);
  const head = request.baseline === undefined ? null : await readBaselineHead(request.baseline);
  const folder = await mkdtemp(join(tmpdir(), 'lexline-check-'));
  try {
    const name = sourceName(request, found, head);
    const naming =
      request.baseline === undefined || head === null
        ? namingAlone
        : await readChangeNaming(name, found, { file: request.baseline, head }, context.signal);
    const product = await openOverlay(name, found, head, naming.settings, folder, context);
    try {
      return await compared(product, request, found, { name, head, naming }, context);
    } finally {
      await product.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the change stands on: the source it is read as, the baseline, and how its names are read. */
interface Ground {
  readonly name: string;
  readonly head: BaselineHead | null;
  readonly naming: ChangeNaming;
}

async function compared(
  product: Product,
  { policies, baseline, today }: CheckRequest,
  target: ScanTarget,
  { name: source, head, naming: { settings, places, gaps: unjoined } }: Ground,
  { actor, signal }: Pick<CommandContext, 'actor' | 'signal'>,
): Promise<CheckResult> {
  const remembered = baseline === undefined ? [] : (await product.importBaseline(baseline)).gaps;
  const before = baseline === undefined ? null : await stateOf(product, policies, today);
  const report = await (await product.sync()).run({ source, actor, signal, allowShrink: true });
  if (report.error !== null) {
    const { code, message, remedy } = report.error;
    throw new LexlineError(asCode(code), message, remedy === null ? {} : { remedy });
  }
  const unread = target.connector === 'dbt' ? [] : report.gaps.filter(({ reason }) => reason === 'not-read');
  if (report.documents.read === 0 && unread[0] !== undefined)
    throw new LexlineError('INPUT_INVALID', `[check] nothing was read: ${unread[0].what}, ${unread[0].detail}`, {
      remedy: unread[0].remedy,
    });
  const after = await stateOf(product, policies, today);
  const files = await modelFiles(target);
  const known = new Set(before?.found.map(keyOf));
  const knownGaps = new Set([...remembered, ...(before?.gaps ?? [])].map(gapKey));
  const short = places === null ? [] : shortNameGaps(await madeBy(product, source, before?.n ?? null), places);
  const ofTexts = [...after.gaps, ...short].filter(({ reason }) => gapsOfTexts.has(reason));
  const fresh = ofTexts.filter((gap) => !knownGaps.has(gapKey(gap)));
  const unclear = await withoutHarmless(product, after, known);
  const found = await withoutEmpty(unclear, known, () => changedTexts(target, settings), signal);
  return {
    findings: found.map((one) => ({ ...one, isNew: !known.has(keyOf(one)), file: fileOf(one, files) })),
    gaps: [...unread, ...unjoined, ...fresh].map((gap) => ({ gap, file: files.ofText(gap.what) })),
    oldGaps: ofTexts.length - fresh.length,
    fields: after.fields,
    against: head,
  };
}

const isUnknown = ({ finding }: FoundByPolicy): boolean => finding.outcome === 'gap' && finding.category === null;

/** Without the new gaps of columns that only take over what is known to be nothing of a person. */
async function withoutHarmless(
  product: Product,
  { n, found }: State,
  known: ReadonlySet<string>,
): Promise<readonly FoundByPolicy[]> {
  const fresh = found.filter((one) => isUnknown(one) && !known.has(keyOf(one)));
  const harmless = await readHarmlessColumns(await product.query(), new Set(fresh.map(({ field }) => field)), n);
  return found.filter((one) => !(isUnknown(one) && !known.has(keyOf(one)) && harmless.has(one.field)));
}

/** Without the gaps of columns that only count rows, or hold a constant or the time: nothing of a person is in them. */
async function withoutEmpty(
  found: readonly FoundByPolicy[],
  known: ReadonlySet<string>,
  texts: () => Promise<readonly ChangedText[]>,
  signal: AbortSignal,
): Promise<readonly FoundByPolicy[]> {
  if (!found.some((one) => isUnknown(one) && !known.has(keyOf(one)))) return found;
  const engine = createSqlEngine({});
  try {
    const empty = await readEmptyColumns(await texts(), engine, signal);
    return found.filter((one) => !(isUnknown(one) && empty.has(one.finding.dataset, one.finding.field)));
  } finally {
    await engine.close();
  }
}

/** Names of the datasets that the change makes or writes into and that were not there before. */
async function madeBy(product: Product, source: string, before: number | null): Promise<readonly string[]> {
  const query = await product.query();
  const { n } = await query.at();
  const made: DatasetView[] = [];
  for await (const dataset of everyPage((page) => query.datasets({ source }, n, page))) made.push(dataset);
  const uids = made.map(({ uid }) => uid);
  const known = before === null ? [] : await query.datasetsByUid(uids, before);
  const fresh = made.filter((_, at) => (known[at] ?? null) === null);
  return [...new Set([...fresh.map(({ name }) => name), ...(await writtenBy(product, before))])];
}

/** Names of what is written into since the change and nobody describes. */
async function writtenBy(product: Product, before: number | null): Promise<readonly string[]> {
  const query = await product.query();
  const { n } = await query.at();
  const known = new Set<string>();
  if (before !== null) for await (const { dataset } of query.undescribed(before)) known.add(dataset.uid);
  const names: string[] = [];
  for await (const { dataset } of query.undescribed(n)) if (!known.has(dataset.uid)) names.push(dataset.name);
  return names;
}

interface State {
  readonly n: number;
  readonly found: readonly FoundByPolicy[];
  readonly gaps: readonly Gap[];
  readonly fields: number;
}

async function stateOf(product: Product, policies: Policies, today: string): Promise<State> {
  const query = await product.query();
  const { n } = await query.at();
  const governance = await (await product.governance()).read(n, `${today}T12:00:00.000Z`);
  const { gaps, fields } = await query.coverage(n);
  return { n, found: await findByPolicies(query, n, policies, governance, today), gaps, fields };
}

async function openOverlay(
  name: string,
  found: ScanTarget,
  head: BaselineHead | null,
  own: Readonly<Record<string, string>>,
  folder: string,
  { compose }: Pick<CommandContext, 'compose'>,
): Promise<Product> {
  const before = head?.sources.find(({ record }) => record.name === name);
  const others = (head?.sources ?? []).filter(({ record }) => record.name !== name);
  const config = await compose.parseConfig(
    {
      sources: [
        {
          name,
          connector: found.connector,
          ...own,
          ...found.settings,
          ...(before === undefined ? {} : { applies: before.applies }),
        },
        // Known by name and by what applies to them; their data comes from the baseline and nobody reads them.
        ...others.map(({ record, applies }) => ({ name: record.name, connector: 'sql-files', path: folder, applies })),
      ],
      stores: { graph: { engine: 'embedded', path: join(folder, 'stores') } },
      ...(head === null ? {} : { namespaces: head.namespaces, timezone: head.timezone }),
    },
    folder,
  );
  return compose.open({ config, log: silentLog });
}

function sourceName(request: Pick<CheckRequest, 'source'>, found: ScanTarget, head: BaselineHead | null): string {
  if (request.source !== undefined) {
    const known = head?.sources.map(({ record }) => record.name) ?? [];
    if (head !== null && !known.includes(request.source))
      throw new LexlineError('INPUT_INVALID', `[check] the baseline knows no source "${request.source}"`, {
        remedy: `one of: ${known.join(', ')}`,
      });
    return request.source;
  }
  // A dbt manifest is whole and takes the place of the one before; SQL files are laid beside what is there.
  const same =
    found.connector === 'dbt' ? (head?.sources.filter(({ record }) => record.connector === 'dbt') ?? []) : [];
  return same.length === 1 ? (same[0]?.record.name ?? 'change') : 'change';
}

const keyOf = ({ finding }: FoundByPolicy): string =>
  JSON.stringify([
    finding.policy.id,
    finding.outcome,
    finding.dataset,
    finding.field,
    finding.category,
    finding.treatment,
    finding.what,
  ]);
const gapKey = ({ what, reason, detail }: Gap): string => JSON.stringify([what, reason, detail]);

function fileOf({ finding }: FoundByPolicy, files: ModelFiles): string | null {
  return files.ofDataset(finding.dataset);
}

function asCode(code: string): ErrorCode {
  return Object.hasOwn(errorCodes, code) ? (code as ErrorCode) : 'INTERNAL';
}
