import type { LexlineError } from '../../server/base/errors.ts';
import { compareVersions, explained, type Explanation } from '../kit/explanation.ts';
import type { DuckdbProblem } from './messages.ts';

/** By DuckDB's own words; its text goes no further than this function, because it can quote values. */
const words: readonly (readonly [RegExp, DuckdbProblem])[] = [
  [/Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND|dlopen|invalid ELF/iu, 'no-engine'],
  [/database does not exist|No such file/iu, 'absent'],
  [/Could not set lock|Conflicting lock|being used by another process|already opened? by/iu, 'locked'],
  [/Wrong encryption key|encryption key (?:used|provided).*(?:invalid|wrong)/iu, 'wrong-key'],
  [/encryption[_ ]key|is encrypted|encrypted database/iu, 'encrypted'],
  [/version number \d+, but we can only read|newer version|storage version|serialization version/iu, 'newer'],
  [
    /not a valid DuckDB database|Could not read |[Cc]orrupt|checksum|INTERNAL|Fatal|deserializ|Failed to load metadata/u,
    'corrupt',
  ],
  [/[Pp]ermission [Dd]enied|Access is denied|Operation not permitted/u, 'no-rights'],
  [/Permission Error|disabled by configuration|external access/iu, 'outside'],
  [/Out of Memory|could not allocate|failed to allocate/iu, 'memory'],
];

/** What kind of failure DuckDB's error is. */
export function problemOf(error: unknown): DuckdbProblem {
  const said = error instanceof Error ? error.message : '';
  return words.find(([pattern]) => pattern.test(said))?.[1] ?? 'failed';
}

const explanations: Readonly<Record<DuckdbProblem | 'timeout' | 'ended', Explanation>> = {
  absent: { code: 'CONNECTOR_UNAVAILABLE', says: 'there is no such file', remedy: 'check path' },
  locked: {
    code: 'CONNECTOR_UNAVAILABLE',
    says: 'another process holds it for writing, and DuckDB lets nobody read meanwhile',
    remedy: 'sync when the writer has closed it, raise lockWaitMs, or read a copy',
  },
  corrupt: {
    code: 'ARTEFACT_INVALID',
    says: 'it is no DuckDB database, or it is damaged',
    remedy: 'open it with the DuckDB command line and restore it from a backup if that fails, too',
  },
  newer: {
    code: 'ARTEFACT_VERSION',
    says: 'it was written by a DuckDB that is newer than the one in Lexline',
    remedy: 'update Lexline, or write the file with an older STORAGE_VERSION',
  },
  encrypted: { code: 'CONNECTOR_AUTH_FAILED', says: 'it is encrypted', remedy: 'set encryptionKey' },
  'wrong-key': { code: 'CONNECTOR_AUTH_FAILED', says: 'encryptionKey does not open it', remedy: 'check encryptionKey' },
  'no-rights': {
    code: 'CONNECTOR_AUTH_FAILED',
    says: 'the file may not be read by this user of the system',
    remedy: 'let the user that runs Lexline read the file (chmod, chown)',
  },
  outside: {
    code: 'CONNECTOR_MISSING_RIGHTS',
    says: 'a view reads other files or the network, which is switched off here',
    remedy: 'let the view read a table of the file, or leave its schema out with "schemas" on the source',
  },
  memory: { code: 'CONNECTOR_UNAVAILABLE', says: 'it needs more memory than it may take', remedy: 'raise memoryMb' },
  'no-engine': {
    code: 'CONNECTOR_UNAVAILABLE',
    says: "DuckDB's own library is not installed for this machine",
    remedy: 'install Lexline with its optional dependencies (no --omit=optional)',
  },
  failed: { code: 'CONNECTOR_UNEXPECTED', says: 'a statement failed', remedy: compareVersions('duckdb') },
  timeout: {
    code: 'CONNECTOR_TIMEOUT',
    says: 'no answer in time; nothing was changed',
    remedy: 'raise statementTimeoutMs',
  },
  ended: {
    code: 'ARTEFACT_INVALID',
    says: 'reading it ended the process that did it: it is damaged, or takes more memory than there is',
    remedy: 'open it with the DuckDB command line and see whether that ends, too',
  },
};

/** The typed error of a failure. `where` is a path or a database's name, never a value. */
export function failureOf(problem: DuckdbProblem | 'timeout' | 'ended', source: string, where: string): LexlineError {
  return explained(explanations[problem], `[connectors/duckdb] source "${source}", ${where}`);
}
