import { z } from 'zod';
import type { DeadEvent, EventRoom, PlacedEvent } from '../connector.ts';
import { parseJson } from '../../server/base/parse-json.ts';
import type { Json } from '../../server/model/json.ts';
import { accept } from './accept.ts';
import type { OpenLineageConfig } from './config.ts';
import { BrokenFile, grows, headOf, linesOf, type EventFile, type FilePlace } from './client.ts';

/** Where an earlier read of files ended, by name of the file. */
export type FilePlaces = Readonly<Record<string, FilePlace>>;

export const filePlaces = z.record(
  z.string(),
  z.object({ head: z.string(), read: z.number(), broken: z.boolean().optional() }),
);

const batchSize = 500;

/** What a reading of files came to, beside its events. */
export interface FilesRead {
  places: Record<string, FilePlace>;
  /** Lines that are no event, by file. */
  readonly dead: Map<string, number>;
  readonly unread: string[];
}

/** The events of files that came since, in batches. `result` is filled while they are read. */
export async function* readFiles(
  files: readonly EventFile[],
  before: FilePlaces,
  options: {
    readonly config: OpenLineageConfig;
    readonly room: EventRoom;
    readonly now: () => string;
    readonly result: FilesRead;
    readonly signal: AbortSignal;
  },
): AsyncIterable<readonly PlacedEvent[]> {
  const { config, room, result, signal } = options;
  let batch: PlacedEvent[] = [];
  let dead: DeadEvent[] = [];
  const take = (payload: unknown, position: string, file: EventFile): void => {
    const taken = accept(payload, { receivedAt: options.now(), clean: room.clean }, config);
    if (taken.type === 'refused') return refuse(position, file, taken.problem, taken.remains);
    if (taken.type === 'event') batch.push({ position, event: taken.event });
  };
  const refuse = (position: string, file: EventFile, problem: string, remains: Json): void => {
    dead.push({ position, problem, remains });
    result.dead.set(file.name, (result.dead.get(file.name) ?? 0) + 1);
  };
  for (const file of files) {
    signal.throwIfAborted();
    const head = await headOf(file);
    if (head === null) {
      result.unread.push(file.name);
      continue;
    }
    const known = before[file.name];
    const from = known?.head === head && known.read <= file.size ? known.read : 0;
    const broken = known?.broken === true && from === file.size;
    result.places[file.name] = { head, read: from, ...(broken ? { broken } : {}) };
    if (broken) result.unread.push(file.name);
    if (from === file.size) continue;
    try {
      for await (const { text, offset, next, ended } of linesOf(file, from, config.maxBytes)) {
        signal.throwIfAborted();
        const position = `${file.name}:${String(offset).padStart(15, '0')}`;
        const parsed = parsedPart(text, next - offset > 1);
        // The last line of a file that is being written may not be whole yet: it is read when it is.
        if (parsed.some(({ type }) => type === 'broken') && !ended && grows(file)) break;
        for (const [i, one] of parsed.entries()) {
          const place =
            parsed.length === 1 && one.type === 'broken' ? position : `${position}#${String(i).padStart(6, '0')}`;
          if (one.type === 'broken') refuse(place, file, one.problem, null);
          else take(one.payload, place, file);
        }
        if (grows(file)) result.places[file.name] = { head, read: next };
        if (dead.length > 0) await room.bury(dead);
        dead = [];
        if (batch.length < batchSize) continue;
        yield batch;
        batch = [];
      }
      if (!grows(file)) result.places[file.name] = { head, read: file.size };
    } catch (error) {
      if (!(error instanceof BrokenFile)) throw error;
      // The others go on; this one is read again once it is another one.
      result.unread.push(file.name);
      result.places[file.name] = { head, read: file.size, broken: true };
    }
  }
  if (batch.length > 0) yield batch;
}

type Parsed =
  | { readonly type: 'event'; readonly payload: unknown }
  | { readonly type: 'broken'; readonly problem: string };

/** The events of a line, or of a whole `.json`: one, a list, or lines in spite of the file's name. A byte order mark is no part of them. */
function parsedPart(given: string, hadText: boolean): readonly Parsed[] {
  const text = given.replace(/^\uFEFF/u, '').trim();
  if (text === '') return hadText && given === '' ? [{ type: 'broken', problem: 'longer than maxBytes' }] : [];
  const whole = parsedValue(text);
  const [first = '', ...others] = text.split(/\r?\n/u);
  if (whole !== null || others.length === 0 || parsedValue(first) === null)
    return whole ?? [{ type: 'broken', problem: 'not JSON' }];
  return [first, ...others]
    .filter((line) => line.trim() !== '')
    .flatMap((line): readonly Parsed[] => parsedValue(line) ?? [{ type: 'broken', problem: 'not JSON' }]);
}

/** The events that a text is as a whole; null where it is no JSON. */
function parsedValue(text: string): readonly Parsed[] | null {
  try {
    const value = parseJson(text, 'an event');
    const payloads = Array.isArray(value) ? (value as readonly unknown[]) : [value];
    return payloads.map((payload) => ({ type: 'event', payload }));
  } catch {
    return null;
  }
}
