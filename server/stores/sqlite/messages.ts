import type { ErrorCode } from '../../base/errors.ts';

/** The rooms whose contracts the engine answers. */
export type Room = 'graph' | 'ledger' | 'state' | 'vectors';

/** What the main thread asks of a worker: data only. */
export interface EngineRequest {
  readonly id: number;
  readonly room: Room;
  readonly method: string;
  readonly args: readonly unknown[];
  /** The main thread's clock when it asked: a worker has none of its own. */
  readonly now: number;
}

/** What a worker answers. Errors cross with their code and remedy. */
export type EngineAnswer =
  | { readonly id: number; readonly value: unknown }
  | {
      readonly id: number;
      readonly error: { readonly code: ErrorCode; readonly message: string; readonly remedy: string | null };
    };

export interface EngineWorkerData {
  readonly directory: string;
  readonly writable: boolean;
  /** One integer: the id of the request that shall stop, or {@link stopEverything}. */
  readonly stop: SharedArrayBuffer;
}

/** In the stop flag: whatever runs shall stop, because the stores are being closed. */
export const stopEverything = -1;
