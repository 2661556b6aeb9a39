import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../base/clock.ts';
import { LexlineError, invariant } from '../../base/errors.ts';
import { openReadable, openWritable, storeFile } from './database.ts';
import { createIdentities } from './identities.ts';
import type { EngineAnswer, EngineRequest, EngineWorkerData, Room } from './messages.ts';
import { graphOperations, ledgerOperations, stateOperations, vectorOperations, type Engine } from './operations.ts';
import { withStatements } from './prepared.ts';
import { storeError } from './store-error.ts';

type Operation = (engine: Engine, ...args: readonly unknown[]) => unknown;

const rooms: Record<Room, Readonly<Record<string, unknown>>> = {
  graph: graphOperations,
  ledger: ledgerOperations,
  state: stateOperations,
  vectors: vectorOperations,
};

const { directory, writable, stop } = workerData as EngineWorkerData;
const port = parentPort;
invariant(port !== null, 'engine-worker runs as a worker only');

let engine: Engine | undefined;

function open(): Engine {
  const connection = withStatements(writable ? openWritable(directory) : openReadable(directory));
  return { connection, ids: createIdentities(connection), clock: systemClock, stop: new Int32Array(stop) };
}

function answer({ id, room, method, args }: EngineRequest): EngineAnswer {
  try {
    engine ??= open();
    const operation = rooms[room][method];
    invariant(typeof operation === 'function', `no operation ${room}.${method}`);
    return { id, value: (operation as Operation)(engine, ...args) };
  } catch (error) {
    const known = storeError(error, storeFile(directory));
    const { code, remedy } = known instanceof LexlineError ? known : new LexlineError('INTERNAL', known.message);
    return { id, error: { code, message: known.message, remedy } };
  }
}

port.on('message', (request: EngineRequest | 'close') => {
  if (request === 'close') {
    engine?.connection.db.close();
    port.close();
    return;
  }
  port.postMessage(answer(request));
});
