import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCodes, LexlineError, type ErrorCode } from '../../base/errors.ts';
import { instant } from '../../base/clock.ts';
import { productVersion } from '../../base/version.ts';
import { silentLog } from '../../base/log.ts';
import { detectorFiles } from '../detector-files.ts';
import { findScanTarget } from '../scan-target.ts';
import { printJson, printLines } from '../print.ts';
import { createProgress } from '../progress.ts';
import { textOption } from '../options.ts';
import { writeWhole } from '../output-file.ts';
import { countOf } from '../../query/labels.ts';
import { makeScanPage, type MadeScanPage } from '../../report/scan/make-scan-page.ts';
import type { CommandContext, ExitStatus, Invocation } from '../command.ts';
import type { SyncProgress, SyncReport } from '../../sync/sync.ts';

export interface ScanRequest {
  readonly target: string;
  /** The SQL dialect of a folder or file; a dbt manifest says its own. */
  readonly dialect?: string | undefined;
  /** Files of the user's own detectors. */
  readonly detectors?: readonly string[];
  readonly onProgress?: (progress: SyncProgress) => void;
}

/** The source's name within the scan: nobody meets it outside of the page. */
const source = 'scan';

/**
 * Runs the real pipeline (connector, sync, classify, propagate) over a dbt target, a folder of SQL or one file, on stores
 * in a temporary folder that is gone afterwards, and makes one page of what it found. Needs no configuration, no service
 * and no network. Fails with what the connector met when the target cannot be read.
 */
export async function scan(
  { target, dialect, detectors = [], onProgress }: ScanRequest,
  { compose, clock, actor, signal }: Pick<CommandContext, 'compose' | 'clock' | 'actor' | 'signal'>,
): Promise<MadeScanPage> {
  const found = await findScanTarget(target, dialect);
  const folder = await mkdtemp(join(tmpdir(), 'lexline-scan-'));
  try {
    const config = await compose.parseConfig(
      {
        sources: [{ name: source, connector: found.connector, ...found.settings }],
        stores: { graph: { engine: 'embedded', path: folder } },
        ...(detectors.length === 0 ? {} : { detectors: [...detectors] }),
      },
      folder,
    );
    const product = await compose.open({ config, log: silentLog });
    try {
      const conductor = await product.sync();
      const report = await conductor.run({
        source,
        actor,
        signal,
        ...(onProgress === undefined ? {} : { onProgress }),
      });
      expectRead(report);
      signal.throwIfAborted();
      const made = await makeScanPage(await product.query(), {
        target: found.shown,
        kind: found.kind,
        dialect: found.connector === 'dbt' ? null : (dialect ?? 'ansi'),
        at: instant(clock),
        version: productVersion(),
      });
      if (made.summary.datasets === 0) throw nothingThere(report);
      return made;
    } finally {
      await product.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A failed read is the user's to see as it is. */
function expectRead({ error, documents, gaps }: SyncReport): void {
  if (error !== null)
    throw new LexlineError(asCode(error.code), error.message, error.remedy === null ? {} : { remedy: error.remedy });
  if (documents.read === 0) throw nothingThere({ gaps });
}

/** A page that names no dataset would say nothing, and look like good news. */
function nothingThere({ gaps }: Pick<SyncReport, 'gaps'>): LexlineError {
  const [gap] = gaps;
  const more = gaps.length > 1 ? `, and ${countOf(gaps.length - 1, 'more gap')}` : '';
  const why = gap === undefined ? '' : `: ${gap.what}, ${gap.detail}${more}`;
  return new LexlineError('INPUT_INVALID', `[scan] no table, view or model was found${why}`, {
    remedy:
      gap?.reason === 'not-read'
        ? gap.remedy
        : 'name a folder with the DDL of the tables, or say the dialect: --dialect snowflake',
  });
}

function asCode(code: string): ErrorCode {
  return Object.hasOwn(errorCodes, code) ? (code as ErrorCode) : 'INTERNAL';
}

/** `lexline scan <target> [--out F] [--dialect D]`: writes the page and ends with the lines that a person repeats. */
export async function run({ args, options }: Invocation, context: CommandContext): Promise<ExitStatus> {
  const { io, global, clock } = context;
  const [target] = args;
  if (target === undefined)
    throw new LexlineError('INPUT_INVALID', '[scan] say what to scan', { remedy: 'lexline scan ./target' });
  const out = textOption(options, 'out') ?? 'lexline-scan.html';
  const progress = createProgress(io, { json: global.json, now: () => clock.now() });
  let made: MadeScanPage;
  try {
    made = await scan(
      {
        target,
        dialect: textOption(options, 'dialect'),
        detectors: await detectorFiles(textOption(options, 'detectors'), global),
        onProgress: ({ stage, done, total }) =>
          progress.show(`scan: ${stage} ${String(done)}${total === null ? '' : ` of ${String(total)}`}`),
      },
      context,
    );
  } finally {
    progress.clear();
  }
  await writeWhole(out, [made.html]);
  if (global.json) await printJson(io, { written: out, ...made.summary });
  else await printLines(io, [...made.headline.lines, `Written: ${out}`]);
  return 0;
}
