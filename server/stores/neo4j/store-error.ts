import { LexlineError, isLexlineError, messageOf, type ErrorCode } from '../../base/errors.ts';

interface Meaning {
  readonly code: ErrorCode;
  readonly remedy: string;
}

const exactly: Readonly<Record<string, Meaning>> = {
  ServiceUnavailable: {
    code: 'STORE_UNAVAILABLE',
    remedy: 'Start Neo4j, or correct stores.graph.url: bolt://host:7687, neo4j://host:7687, with +s for TLS.',
  },
  SessionExpired: { code: 'STORE_UNAVAILABLE', remedy: 'Look at the Neo4j server, then run the command again.' },
  ProtocolError: {
    code: 'STORE_UNAVAILABLE',
    remedy: 'Check that stores.graph.url is the Bolt port of a Neo4j server.',
  },
  'Neo.ClientError.Security.Unauthorized': {
    code: 'STORE_AUTH_FAILED',
    remedy: 'Correct stores.graph.username and stores.graph.password.',
  },
  'Neo.ClientError.Security.CredentialsExpired': {
    code: 'STORE_AUTH_FAILED',
    remedy: 'Set a new password for that user in Neo4j, then put it into the configuration.',
  },
  'Neo.ClientError.Security.AuthenticationRateLimit': {
    code: 'STORE_AUTH_FAILED',
    remedy: 'Correct the password, then wait some seconds: Neo4j holds back after several wrong ones.',
  },
  'Neo.ClientError.Security.Forbidden': {
    code: 'STORE_AUTH_FAILED',
    remedy: 'Give the user the right to write, and to make constraints and indexes.',
  },
  'Neo.ClientError.Database.DatabaseNotFound': {
    code: 'STORE_UNAVAILABLE',
    remedy: 'Create the database, or take stores.graph.database out for the default one.',
  },
  'Neo.TransientError.General.MemoryPoolOutOfMemoryError': {
    code: 'STORE_BUSY',
    remedy: 'Give Neo4j more memory: server.memory.heap.max_size and db.memory.transaction.total.max.',
  },
};

const byClass: readonly { readonly begins: string; readonly meaning: Meaning }[] = [
  {
    begins: 'Neo.TransientError.',
    meaning: { code: 'STORE_BUSY', remedy: 'Run the command again; look at the load of the Neo4j server.' },
  },
  {
    begins: 'Neo.DatabaseError.',
    meaning: { code: 'STORE_UNAVAILABLE', remedy: 'Look at the log of the Neo4j server, and at its disk.' },
  },
];

/** The code of a Neo4j server or of its driver; empty for anything else. */
export function neo4jCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** What the driver threw, as an error a user can act on. The address is told, credentials never are. */
export function storeError(error: unknown, address: string): Error {
  if (isLexlineError(error)) return error;
  const code = neo4jCode(error);
  const meaning = exactly[code] ?? byClass.find(({ begins }) => code.startsWith(begins))?.meaning;
  const message = `[stores/neo4j] ${address}: ${messageOf(error).split('\n')[0] ?? ''}`;
  if (meaning === undefined) return new LexlineError('INTERNAL', message, { cause: error });
  return new LexlineError(meaning.code, message, { cause: error, remedy: meaning.remedy });
}
