import { setTimeout as after } from 'node:timers/promises';
import { messageOf } from '../../base/errors.ts';
import { startWorker } from '../../base/start-worker.ts';
import { compilePolyglot } from '../ast/polyglot.ts';
import { failedLineage } from './failed-lineage.ts';
import { schemaNumber } from './schema-number.ts';
import { schemasKept } from './schemas-kept.ts';
import type { Worker } from 'node:worker_threads';
import type { LexlineError } from '../../base/errors.ts';
import type { SqlAnswer, SqlJob, SqlParserCode } from '../sql-worker.ts';
import type { SqlLineage, SqlRequest } from '../sql-lineage.ts';

/** Heap and stack of one worker. The parser's WebAssembly memory comes on top; the size limit of a text bounds it. */
const resourceLimits = { maxOldGenerationSizeMb: 1024, stackSizeMb: 48 };

/** How many deadlines by the clock a text is given whose worker hardly gets a processor. */
const mostByTheClock = 10;

interface Waiting {
  readonly request: SqlRequest;
  readonly resolve: (lineage: SqlLineage) => void;
  readonly reject: (reason: unknown) => void;
}

interface Slot {
  readonly worker: Worker;
  ready: boolean;
  current: { readonly id: number; readonly waiting: Waiting; timer: NodeJS.Timeout; began: number } | null;
  /** Processor time of its thread when it last said something, in milliseconds. */
  used: number;
  /** Numbers of the schemas it was sent, oldest first. */
  readonly schemas: Set<number>;
}

/** Hands texts to workers, one each at a time, in the order they came. */
export class SqlWorkerPool {
  readonly #size: number;
  readonly #deadlineMs: number;
  readonly #slots = new Set<Slot>();
  readonly #queue: Waiting[] = [];
  #lastId = 0;
  #closed: LexlineError | null = null;

  constructor(options: { readonly workers: number; readonly deadlineMs: number }) {
    this.#size = options.workers;
    this.#deadlineMs = options.deadlineMs;
  }

  run(request: SqlRequest, signal?: AbortSignal): Promise<SqlLineage> {
    if (this.#closed !== null) return Promise.reject(this.#closed);
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { request, resolve, reject };
      signal?.addEventListener('abort', () => this.#abandon(waiting, signal.reason), { once: true });
      this.#queue.push(waiting);
      this.#next();
    });
  }

  /** Stops all workers; texts not yet answered are rejected with `reason`. */
  async close(reason: LexlineError): Promise<void> {
    this.#closed = reason;
    for (const waiting of this.#queue.splice(0)) waiting.reject(reason);
    const slots = [...this.#slots];
    this.#slots.clear();
    for (const { current } of slots) {
      if (current === null) continue;
      clearTimeout(current.timer);
      current.waiting.reject(reason);
    }
    await Promise.all(slots.map(({ worker }) => worker.terminate()));
  }

  #next(): void {
    while (this.#queue.length > 0) {
      const idle = [...this.#slots].find((slot) => slot.ready && slot.current === null);
      if (idle === undefined) {
        const starting = [...this.#slots].filter((slot) => !slot.ready).length;
        if (this.#slots.size < this.#size && starting < this.#queue.length) this.#start();
        else return;
        continue;
      }
      const waiting = this.#queue.shift();
      if (waiting !== undefined) this.#give(idle, waiting);
    }
  }

  #start(): void {
    const worker = startWorker('../sql-worker.ts', import.meta.url, { resourceLimits });
    const slot: Slot = { worker, ready: false, current: null, used: 0, schemas: new Set() };
    this.#slots.add(slot);
    worker.on('message', (answer: SqlAnswer) => this.#heard(slot, answer));
    worker.on('error', (error) => this.#lost(slot, messageOf(error)));
    worker.on('exit', () => this.#lost(slot, 'the worker ended'));
  }

  #give(slot: Slot, waiting: Waiting): void {
    this.#lastId += 1;
    const id = this.#lastId;
    const { schema, ...request } = waiting.request;
    const number = schemaNumber(schema);
    const isKnown = number !== null && slot.schemas.has(number);
    if (number !== null && !isKnown) {
      slot.schemas.add(number);
      for (const old of slot.schemas) if (slot.schemas.size > schemasKept) slot.schemas.delete(old);
    }
    const job: SqlJob = { id, request, schemaId: number, schema: isKnown ? null : (schema ?? null) };
    const timer = setTimeout(() => void this.#late(slot), this.#deadlineMs);
    slot.current = { id, waiting, timer, began: performance.now() };
    slot.worker.ref();
    slot.worker.postMessage(job);
  }

  #heard(slot: Slot, answer: SqlAnswer): void {
    slot.used = answer.used;
    if (answer.type === 'parser-wanted') {
      void this.#sendParser(slot, answer.id);
      return;
    }
    if (answer.type === 'ready') slot.ready = true;
    else {
      const { current } = slot;
      if (current === null || current.id !== answer.id) return;
      clearTimeout(current.timer);
      slot.current = null;
      current.waiting.resolve(answer.lineage);
    }
    this.#next();
    // An idle worker does not keep the process alive.
    if (slot.current === null) slot.worker.unref();
  }

  /** Gives a worker the second parser. The time that its code takes to compile is not the text's: its deadline begins anew. */
  async #sendParser(slot: Slot, id: number): Promise<void> {
    if (slot.current?.id === id) clearTimeout(slot.current.timer);
    try {
      const code: SqlParserCode = { parser: await compilePolyglot() };
      const { current } = slot;
      if (!this.#slots.has(slot) || current?.id !== id) return;
      current.began = performance.now();
      current.timer = setTimeout(() => void this.#late(slot), this.#deadlineMs);
      slot.worker.postMessage(code);
    } catch (error) {
      this.#replace(slot, failedLineage('INTERNAL', `the second parser cannot be loaded: ${messageOf(error)}`));
    }
  }

  /**
   * A deadline is over by the clock. On a busy machine the worker may hardly have run: it goes on until it has used the
   * deadline as processor time, at most ten deadlines by the clock.
   */
  async #late(slot: Slot): Promise<void> {
    const { current } = slot;
    const patience = after(this.#deadlineMs * mostByTheClock, Number.POSITIVE_INFINITY, { ref: false });
    const used = await Promise.race([processorTime(slot.worker), patience]);
    if (current === null || slot.current !== current) return;
    const left = this.#deadlineMs - (used - slot.used);
    const isWaiting = performance.now() - current.began < this.#deadlineMs * mostByTheClock;
    if (left > 0 && isWaiting) {
      current.timer = setTimeout(() => void this.#late(slot), Math.max(left, 5));
      return;
    }
    const message = `not done within ${this.#deadlineMs} ms: the text was given up`;
    this.#replace(slot, failedLineage('DEADLINE_EXCEEDED', message));
  }

  #lost(slot: Slot, why: string): void {
    if (!this.#slots.has(slot)) return;
    if (slot.ready) this.#replace(slot, failedLineage('SQL_FAILED', `the text needs more than a worker has (${why})`));
    else {
      // A worker that cannot even start will not start the next time either.
      this.#slots.delete(slot);
      const answer = failedLineage('INTERNAL', `the SQL worker does not start: ${why}`);
      for (const waiting of this.#queue.splice(0)) waiting.resolve(answer);
    }
  }

  #replace(slot: Slot, answer: SqlLineage): void {
    this.#slots.delete(slot);
    void slot.worker.terminate();
    const { current } = slot;
    slot.current = null;
    if (current !== null) {
      clearTimeout(current.timer);
      current.waiting.resolve(answer);
    }
    this.#next();
  }

  /** The caller no longer waits: a queued text is dropped, a running one goes on within its deadline. */
  #abandon(waiting: Waiting, reason: unknown): void {
    const at = this.#queue.indexOf(waiting);
    if (at !== -1) this.#queue.splice(at, 1);
    waiting.reject(reason);
  }
}

/** Milliseconds of processor time of a worker's thread; endless when it no longer runs. */
async function processorTime(worker: Worker): Promise<number> {
  try {
    const { user, system } = await worker.cpuUsage();
    return (user + system) / 1000;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
