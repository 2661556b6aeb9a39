import { PDFParse } from 'pdf-parse';
import { LexlineError, messageOf } from '../../base/errors.ts';
import { leaveOutUnseen, type SeenText } from './pdf/leave-out-unseen.ts';
import { readDrawnPages } from './pdf/read-operators.ts';

const passwordError = /password/iu;

/**
 * The text of every page of a PDF, in reading order as far as its content says, without what is drawn so that no eye sees it.
 * Nothing in it is run or fetched: what is read here is data of an unknown author. Fails with ARTEFACT_INVALID or
 * ARTEFACT_TOO_LARGE.
 */
export async function readPdfPages(
  bytes: Uint8Array,
  limits: { readonly pages: number },
): Promise<{ readonly pages: readonly SeenText[]; readonly title: string | null }> {
  const parser = new PDFParse({ data: new Uint8Array(bytes), verbosity: 0, isEvalSupported: false });
  try {
    const info = await parser.getInfo();
    if (info.total > limits.pages)
      throw new LexlineError(
        'ARTEFACT_TOO_LARGE',
        `[rulebook] the PDF has ${info.total} pages, more than ${limits.pages}`,
        {
          remedy: 'Add the part of it that you need.',
        },
      );
    const { pages: read } = await parser.getText({ pageJoiner: '', lineEnforce: true });
    const pages: SeenText[] = [];
    await readDrawnPages(bytes, (drawn, i) => pages.push(leaveOutUnseen(read[i]?.text ?? '', drawn)));
    const title = (info.info as { readonly Title?: unknown } | undefined)?.Title;
    return {
      pages,
      title: typeof title === 'string' && title !== '' ? title.slice(0, 300) : null,
    };
  } catch (error) {
    if (error instanceof LexlineError) throw error;
    const isLocked = error instanceof Error && (passwordError.test(error.name) || passwordError.test(error.message));
    throw new LexlineError(
      'ARTEFACT_INVALID',
      isLocked
        ? '[rulebook] the PDF is locked with a password'
        : `[rulebook] the PDF cannot be read: ${messageOf(error).slice(0, 200)}`,
      {
        cause: error,
        remedy: isLocked
          ? 'Save it without a password.'
          : 'Open it in a reader and save it again, or take another format.',
      },
    );
  } finally {
    await parser.destroy().catch(() => {});
  }
}
