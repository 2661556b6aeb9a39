import { LexlineError, isLexlineError, messageOf, type ErrorCode } from '../../base/errors.ts';

const codeOf: readonly { readonly errcode: number; readonly code: ErrorCode; readonly remedy: string }[] = [
  { errcode: 5, code: 'STORE_BUSY', remedy: 'Wait for the other process, then run the command again.' },
  { errcode: 6, code: 'STORE_BUSY', remedy: 'Wait for the other process, then run the command again.' },
  {
    errcode: 8,
    code: 'STORE_UNAVAILABLE',
    remedy: 'Give this user the right to write the directory, or choose another with --data.',
  },
  { errcode: 10, code: 'STORE_UNAVAILABLE', remedy: 'Look at the disk; the last published revision stands.' },
  { errcode: 11, code: 'STORE_CORRUPT', remedy: 'Restore a back-up with `lexline restore`.' },
  {
    errcode: 13,
    code: 'STORE_DISK_FULL',
    remedy: 'Free some space and run the command again; it goes on where it stopped.',
  },
  {
    errcode: 14,
    code: 'STORE_UNAVAILABLE',
    remedy: 'Check that the directory exists and may be written, or choose another with --data.',
  },
  {
    errcode: 26,
    code: 'STORE_CORRUPT',
    remedy: 'The file is not a Lexline store: choose another directory, or restore a back-up.',
  },
];

const diskFull: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);
const unavailable: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EEXIST', 'EIO']);

/** SQLite's result code for what the file system said about the store's directory; 0 when it said nothing. */
function codeOfFileSystem(error: unknown): number {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (diskFull.has(code)) return 13;
  return unavailable.has(code) ? 14 : 0;
}

/** What SQLite or the file system threw, as an error a user can act on. SQLite's result code is the low byte of its extended one. */
export function storeError(error: unknown, file: string): Error {
  if (isLexlineError(error)) return error;
  const extended =
    error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 0;
  const code = extended === 0 ? codeOfFileSystem(error) : extended & 0xff;
  const known = codeOf.find((entry) => entry.errcode === code);
  if (known === undefined) return new LexlineError('INTERNAL', `[stores/sqlite] ${messageOf(error)}`, { cause: error });
  return new LexlineError(known.code, `[stores/sqlite] ${file}: ${messageOf(error)}`, {
    cause: error,
    remedy: known.remedy,
  });
}
