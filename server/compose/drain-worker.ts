import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../base/clock.ts';
import { invariant } from '../base/errors.ts';
import type { Log, LogLevel } from '../base/log.ts';
import { drainInbox } from '../sync/drain-inbox.ts';
import { inboxKind } from '../sync/inbox.ts';
import { buildSync } from './build-sync.ts';
import type { DrainerMessage, DrainerReport, DrainWorkerData } from './drainer.ts';
import { layGround } from './ground.ts';

// Brings pushed events into the graph in a thread of its own, over stores of its own, so that answering never waits for it.
const port = parentPort;
invariant(port !== null, 'drain-worker runs as a worker only');
const { config, sources } = workerData as DrainWorkerData;

// Whoever waits for an answer goes first. On Linux this holds of the thread and those that it starts; elsewhere of the process.
if (process.platform === 'linux') setPriority(0, 5);

const report = (message: DrainerReport): void => port.postMessage(message);
const logAt = (level: LogLevel) => (message: string, members?: Readonly<Record<string, unknown>>) =>
  report({ type: 'log', level, message, members: members ?? {} });
const log: Log = { debug: logAt('debug'), info: logAt('info'), warn: logAt('warn'), error: logAt('error') };

const stop = new AbortController();
const listeners: ((source: string) => void)[] = [];
port.on('message', (message: DrainerMessage) => {
  if (message.type === 'put') for (const listener of listeners) listener(message.source);
  else stop.abort();
});

const ground = await layGround(config, systemClock, log);
try {
  await drainInbox({
    sources,
    sync: await buildSync(ground),
    inbox: {
      waiting: (source) => ground.stores.state.count(inboxKind(source)),
      onPut: (listener) => void listeners.push(listener),
    },
    clock: systemClock,
    log,
    signal: stop.signal,
  });
} finally {
  await ground.close();
  port.close();
}
