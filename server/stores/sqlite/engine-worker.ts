import { parentPort, workerData } from 'node:worker_threads';
import { LexlineError, invariant } from '../../base/errors.ts';
import { openReadable, openWritable, storeFile } from './database.ts';
import type { Engine } from './engine.ts';
import { createIdentities } from './identities.ts';
import { stopEverything, type EngineAnswer, type EngineRequest, type EngineWorkerData, type Room } from './messages.ts';
import { graphOperations, ledgerOperations, stateOperations, vectorOperations } from './operations.ts';
import { snapshot, withStatements } from './prepared.ts';
import { storeError } from './store-error.ts';

type Operation = (engine: Engine, ...args: readonly unknown[]) => unknown;

const rooms: Record<Room, Readonly<Record<string, unknown>>> = {
  graph: graphOperations,
  ledger: ledgerOperations,
  state: stateOperations,
  vectors: vectorOperations,
};

const { directory, writable, stop } = workerData as EngineWorkerData;
const stopFlag = new Int32Array(stop);
const port = parentPort;
invariant(port !== null, 'engine-worker runs as a worker only');

let engine: Engine | undefined;
/** The request that runs. */
let current = { id: 0, now: 0 };

function open(): Engine {
  const connection = withStatements(writable ? openWritable(directory) : openReadable(directory));
  return {
    connection,
    ids: createIdentities(connection),
    clock: { now: () => current.now },
    isStopped() {
      const flag = Atomics.load(stopFlag, 0);
      return flag === current.id || flag === stopEverything;
    },
  };
}

function answer({ id, room, method, args, now }: EngineRequest): EngineAnswer {
  try {
    current = { id, now };
    engine ??= open();
    const opened = engine;
    const operation = rooms[room][method];
    invariant(typeof operation === 'function', `no operation ${room}.${method}`);
    const run = () => (operation as Operation)(opened, ...args);
    return { id, value: writable ? run() : snapshot(opened.connection, run) };
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
