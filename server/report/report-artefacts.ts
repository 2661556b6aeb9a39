import { createHash } from 'node:crypto';
import { LexlineError } from '../base/errors.ts';
import type { OpenReport, ReportFormat } from './report.ts';

/** A file of a report. */
export interface ReportFile {
  readonly format: ReportFormat;
  readonly mediaType: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly chunks: number;
}

/** Where files are kept in pieces: the state store fits. */
export interface Artefacts {
  putChunk(artefact: string, index: number, bytes: Uint8Array): Promise<void>;
  chunk(artefact: string, index: number): Promise<Uint8Array | null>;
}

const maxChunk = 1024 * 1024;

/** Writes a report's bytes down in pieces of a megabyte, as they come. */
export async function keepFile(
  memory: Artefacts,
  id: string,
  format: ReportFormat,
  { mediaType, fileName, chunks }: Pick<OpenReport, 'mediaType' | 'fileName' | 'chunks'>,
): Promise<ReportFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  let index = 0;
  let waiting: Buffer[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const whole = Buffer.concat(waiting);
    for (let at = 0; at < whole.length; at += maxChunk)
      await memory.putChunk(`${id}/${format}`, index++, whole.subarray(at, at + maxChunk));
    [waiting, size] = [[], 0];
  };
  for await (const chunk of chunks) {
    const piece = Buffer.from(chunk);
    hash.update(piece);
    bytes += piece.length;
    size += piece.length;
    waiting.push(piece);
    if (size >= maxChunk) await flush();
  }
  await flush();
  return { format, mediaType, fileName, bytes, sha256: hash.digest('hex'), chunks: index };
}

/** The bytes of a file, piece by piece. Fails with NOT_FOUND when a piece is no longer kept. */
export async function* readFile(
  memory: Artefacts,
  id: string,
  { format, chunks }: ReportFile,
): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < chunks; index++) {
    const bytes = await memory.chunk(`${id}/${format}`, index);
    if (bytes === null) throw new LexlineError('NOT_FOUND', '[report] a part of the file is no longer kept');
    yield bytes;
  }
}
