import { LexlineError } from '../../base/errors.ts';
import { cleanPages, type TextLine } from './clean-pages.ts';
import { isClml, readClml } from './clml.ts';
import { documentLimits } from './document-limits.ts';
import { isEcfr, readEcfr } from './ecfr.ts';
import { isFormex, readFormex } from './formex.ts';
import { htmlLines } from './html-lines.ts';
import { isMarkdown, plainMarkdown } from './markdown.ts';
import { readNumberedText, type Counting } from './numbered-text.ts';
import { readOscal } from './oscal.ts';
import type { ParsedText } from './parsed-text.ts';
import { readPdfPages } from './pdf-pages.ts';
import { unseenWarnings } from './pdf/unseen-warnings.ts';
import { readXml } from './read-xml.ts';

/**
 * Reads a document by what is in it, not by its name: PDF, Formex, CLML, eCFR XML, OSCAL, HTML, Markdown or plain text. Runs inside the
 * limited process. Fails with ARTEFACT_INVALID or ARTEFACT_TOO_LARGE, saying what is wrong.
 */
export async function parseDocument(bytes: Uint8Array, counting: Counting): Promise<ParsedText> {
  if (bytes.length === 0)
    throw new LexlineError('ARTEFACT_INVALID', '[rulebook] the file is empty', {
      remedy: 'Take it from its publisher again.',
    });
  if (bytes.length > documentLimits.bytes) throw tooLarge(`${documentLimits.bytes / 1024 / 1024} MB`);
  if (isPdf(bytes)) return parsePdf(bytes, counting);
  const text = decode(bytes);
  // A remark at its head says nothing of what a document is.
  const start = text
    .replace(/^(?:\s*<!--[\s\S]*?-->)+/u, '')
    .trimStart()
    .slice(0, 2_000);
  if (start.startsWith('{')) return parseJson(text);
  if (/^<(?:!doctype\s+html|html\b)/iu.test(start) || /<html\b/iu.test(start)) {
    const { lines, title, language, hidden, looksElsewhere } = htmlLines(text);
    const read = fromLines(lines, counting);
    return {
      ...read,
      format: 'html',
      title,
      language,
      pages: null,
      warnings: [...read.warnings, ...hiddenWarnings(hidden, looksElsewhere)],
    };
  }
  if (start.startsWith('<')) return parseXml(text);
  const pages = (isMarkdown(text) ? plainMarkdown(text) : text).split('\f');
  const { lines } = cleanPages(pages);
  const isPaged = pages.length > 1;
  return {
    ...fromLines(isPaged ? lines : lines.map((line) => ({ ...line, page: null })), counting),
    format: 'text',
    title: lines[0]?.text.slice(0, 200) ?? null,
    language: null,
    pages: isPaged ? pages.length : null,
  };
}

function hiddenWarnings(words: number, looksElsewhere: boolean): readonly string[] {
  const left = `hidden text found and left out (${words} ${words === 1 ? 'word' : 'words'} that a browser does not show)`;
  const unread = 'style sheets in other files were not read: look at the page for text that they hide';
  return [...(words === 0 ? [] : [left]), ...(looksElsewhere ? [unread] : [])];
}

function isPdf(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).includes('%PDF-');
}

function tooLarge(limit: string): LexlineError {
  return new LexlineError('ARTEFACT_TOO_LARGE', `[rulebook] the document is larger than ${limit}`, {
    remedy: 'Add the part of it that you need.',
  });
}

/** UTF-8 or UTF-16 by its mark, otherwise by what the document declares, otherwise UTF-8 and, if it is none, windows-1252. */
function decode(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
  const declared = /(?:encoding|charset)\s*=\s*["']?([\w-]{3,20})/iu.exec(head)?.[1];
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  for (const encoding of [utf16, declared, 'utf-8', 'windows-1252']) {
    if (encoding === null || encoding === undefined) continue;
    try {
      const text = new TextDecoder(encoding, { fatal: encoding !== 'windows-1252' }).decode(bytes);
      if (text.length > documentLimits.text) throw tooLarge(`${documentLimits.text / 1024 / 1024} MB of text`);
      return text;
    } catch (error) {
      if (error instanceof LexlineError) throw error;
    }
  }
  throw new LexlineError('ARTEFACT_INVALID', '[rulebook] the file is neither text in a known encoding nor a PDF');
}

async function parsePdf(bytes: Uint8Array, counting: Counting): Promise<ParsedText> {
  const { pages: seen, title } = await readPdfPages(bytes, documentLimits);
  const pages = seen.map(({ text }) => text);
  const unseen = unseenWarnings(seen);
  const size = pages.reduce((sum, page) => sum + page.length, 0);
  if (size > documentLimits.text) throw tooLarge(`${documentLimits.text / 1024 / 1024} MB of text`);
  const sparse = pages.filter((page) => page.trim().length < 100).length;
  if (size < pages.length * 100)
    throw new LexlineError(
      'ARTEFACT_INVALID',
      `[rulebook] the PDF has ${pages.length} pages and nearly no text${unseen.length === 0 ? ` (${size} characters): it is scanned and needs OCR` : ` that is seen: ${unseen.join('; ')}`}`,
      { remedy: "Run an OCR over it first, or take the publisher's XML or HTML." },
    );
  const { lines, droppedLines, joinedHyphens, rejoined, stray } = cleanPages(pages);
  const read = fromLines(lines, counting);
  const warnings = [...read.warnings];
  if (droppedLines > 0) warnings.push(`${droppedLines} lines of running headers and page numbers left out`);
  if (joinedHyphens > 0) warnings.push(`${joinedHyphens} words joined that a line end had cut`);
  if (rejoined > 0)
    warnings.push(
      `${rejoined} lines got back their first letter, which the file draws apart: compare them with the page`,
    );
  if (stray.length > 0)
    warnings.push(
      `single letters stand apart on page ${stray.slice(0, 12).join(', ')}${stray.length > 12 ? ' and others' : ''}: words there may be cut`,
    );
  warnings.push(...unseen);
  if (sparse > 0)
    warnings.push(`${sparse} of ${pages.length} pages hold nearly no text: pictures of text are not read`);
  return { ...read, format: 'pdf', title, language: null, pages: pages.length, warnings };
}

function parseJson(text: string): ParsedText {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new LexlineError('ARTEFACT_INVALID', '[rulebook] the file begins like JSON and is not valid JSON');
  }
  const read = readOscal(value);
  if (read !== null) return read;
  throw new LexlineError('ARTEFACT_INVALID', '[rulebook] the JSON is no OSCAL catalogue');
}

function parseXml(text: string): ParsedText {
  const root = readXml(text);
  if (isFormex(root)) return readFormex(root);
  if (isClml(root)) return readClml(root);
  if (isEcfr(root)) return readEcfr(root);
  throw new LexlineError('ARTEFACT_INVALID', `[rulebook] XML of an unknown kind: <${root.name.slice(0, 60)}>`, {
    remedy: 'Formex, CLML (legislation.gov.uk) and eCFR XML are read; save anything else as HTML or text.',
  });
}

/** Marks of a document without structure are its first lines: what it says that it is. */
function fromLines(
  lines: readonly TextLine[],
  counting: Counting,
): Pick<ParsedText, 'provisions' | 'text' | 'warnings' | 'marks'> {
  const read = readNumberedText(lines, counting);
  const first = lines
    .slice(0, 60)
    .map((line) => line.text)
    .join(' ');
  return { ...read, marks: [first.slice(0, 4_000)] };
}
