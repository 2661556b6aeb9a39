import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  getNamedType,
  getOperationAST,
  GraphQLError,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { LexlineError, messageOf } from '../base/errors.ts';
import { readFailure } from '../base/file-failure.ts';

/** An operation that the operator of this server put down in a file. */
export interface KnownOperation {
  readonly name: string;
  /** SHA-256 of the text, as persisted queries are called everywhere. */
  readonly sha256: string;
  readonly text: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** Its answer changes with revisions and runs alone: what was answered before may be told to hold. */
  readonly followsRevisions: boolean;
}

/** Operations by the hash of their text and by their name. */
export interface KnownOperations {
  readonly size: number;
  find(id: string): KnownOperation | null;
  /** Is exactly this text one of them? */
  has(text: string): boolean;
}

const none: KnownOperations = { size: 0, find: () => null, has: () => false };

/**
 * Reads the `.graphql` files of a folder, one named operation each. Fails with CONFIG_INVALID, naming the file, when one does
 * not hold against the schema or two have one name. Null: no folder, no operations.
 */
export function loadOperations(folder: string | null, schema: GraphQLSchema): KnownOperations {
  if (folder === null) return none;
  const known = new Map<string, KnownOperation>();
  for (const file of filesOf(folder)) {
    const operation = readOperation(join(folder, file), schema);
    if (known.has(operation.name)) throw invalid(file, `there are two operations named ${operation.name}`);
    known.set(operation.name, operation);
    known.set(operation.sha256, operation);
  }
  return {
    size: known.size / 2,
    find: (id) => known.get(id.toLowerCase()) ?? known.get(id) ?? null,
    has: (text) => known.has(sha256(text)),
  };
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.graphql'))
      .sort();
  } catch (error) {
    throw new LexlineError(
      'CONFIG_INVALID',
      `[graphql] http.operations: ${folder} cannot be read: ${readFailure(error).why}`,
      {
        cause: error,
        remedy: 'Name a folder with .graphql files, or take http.operations out.',
      },
    );
  }
}

function readOperation(file: string, schema: GraphQLSchema): KnownOperation {
  const text = readFileSync(file, 'utf8');
  let document;
  try {
    document = parse(text);
  } catch (error) {
    throw invalid(file, messageOf(error));
  }
  const [problem] = validate(schema, document);
  if (problem !== undefined) throw invalid(file, problem.message);
  const operation = getOperationAST(document);
  const name = operation?.name?.value;
  if (operation === null || operation === undefined || name === undefined)
    throw invalid(file, 'it must hold one operation, with a name');
  const followsRevisions = !asksForMoving(document, schema);
  return { name, sha256: sha256(text), text, kind: operation.operation, followsRevisions };
}

/**
 * What moves between two revisions: jobs that are being made, events and tags on their way, entries of the ledger, policies and
 * official texts as they are now, and whatever `node` may turn out to be.
 */
const moving = new Set([
  'LedgerEntryConnection',
  'Node',
  'Policy',
  'PolicyFindingConnection',
  'Provision',
  'ProvisionConnection',
  'Regulation',
  'Report',
  'SourceEvents',
  'SyncRequest',
  'WriteBackConnection',
]);

function asksForMoving(document: DocumentNode, schema: GraphQLSchema): boolean {
  const types = new TypeInfo(schema);
  let found = false;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field() {
        const type = types.getType();
        if (type !== null && type !== undefined && moving.has(getNamedType(type).name)) found = true;
      },
    }),
  );
  return found;
}

/** Refuses, with NOT_ALLOWED and 403, a text that is not listed where only listed ones are answered. */
export function checkListed(operations: KnownOperations, onlyListed: boolean): (text: string) => void {
  return (text) => {
    if (!onlyListed || operations.has(text)) return;
    throw new GraphQLError('This server answers only the operations that its operator has listed.', {
      extensions: { code: 'NOT_ALLOWED', http: { status: 403 } },
    });
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function invalid(file: string, why: string): LexlineError {
  return new LexlineError('CONFIG_INVALID', `[graphql] ${file}: ${why}`, {
    remedy: 'Mend the operation; the schema is in schema/*.graphql.',
  });
}
