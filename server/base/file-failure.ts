import { messageOf } from './errors.ts';

/** Why the system would not read or write a file, in words, and what to do about it. */
export interface FileFailure {
  readonly why: string;
  readonly remedy: string;
}

const ofReading: Readonly<Record<string, FileFailure>> = {
  ENOENT: { why: 'nothing is there', remedy: 'check the path' },
  ENOTDIR: { why: 'a part of its path is a file, no folder', remedy: 'check the path' },
  EISDIR: { why: 'it is a folder', remedy: 'name a file in it' },
  EACCES: { why: 'this user has no right to read it', remedy: 'give this user the right to read it' },
};
const ofWriting: Readonly<Record<string, FileFailure>> = {
  ENOENT: { why: 'its folder is not there', remedy: 'make the folder, or choose one that exists' },
  ENOTDIR: { why: 'a part of its path is a file, no folder', remedy: 'choose a folder that exists' },
  EISDIR: { why: 'it is a folder', remedy: 'name a file in it' },
  EACCES: { why: 'this user has no right to write there', remedy: 'choose a folder that you may write to' },
  EROFS: { why: 'nothing can be written to that disk', remedy: 'choose a folder on another disk' },
  ENOSPC: { why: 'the disk is full', remedy: 'make room there, or choose a folder on another disk' },
};
const sameAs: Readonly<Record<string, string>> = { EPERM: 'EACCES', EDQUOT: 'ENOSPC' };

/** Why a file or folder cannot be read. */
export function readFailure(error: unknown): FileFailure {
  return failure(error, ofReading, 'look at the file and at the folder that it is in');
}

/** Why a file cannot be written. */
export function writeFailure(error: unknown): FileFailure {
  return failure(error, ofWriting, 'choose a folder that exists and that you may write to');
}

/** Is there nothing at the path, as opposed to something that cannot be looked at? */
export function isNotThere(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '');
}

function failure(error: unknown, known: Readonly<Record<string, FileFailure>>, otherwise: string): FileFailure {
  const code = codeOf(error) ?? '';
  return known[sameAs[code] ?? code] ?? { why: messageOf(error), remedy: otherwise };
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
