import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { parseJson } from '../../server/base/parse-json.ts';

/** That something about an entity changed, as Atlas tells it on its topic `ATLAS_ENTITIES`. What changed is read by REST. */
export interface EntityNotice {
  readonly guid: string;
  readonly typeName: string;
  /** `ENTITY_CREATE`, `CLASSIFICATION_ADD` …; unknown ones are kept as they are. */
  readonly operation: string;
}

/** What became of one message of the topic. */
export type Decoded =
  | { readonly type: 'notice'; readonly notice: EntityNotice }
  /** A part of a message that is not whole yet, or a notification about something else. */
  | { readonly type: 'nothing' }
  /** It cannot be read: whoever relies on it must read all. */
  | { readonly type: 'unreadable'; readonly problem: string };

/** Takes the messages of a topic in their order and puts split ones together. */
export interface NoticeDecoder {
  take(text: string): Decoded;
  /** Split messages of which parts are missing. */
  readonly unfinished: number;
}

const envelope = z.object({
  msgId: z.string().nullish(),
  msgCompressionKind: z.string().nullish(),
  msgSplitIdx: z.int().nullish(),
  msgSplitCount: z.int().nullish(),
  message: z.unknown(),
});
const notification = z.object({
  entity: z.object({ guid: z.string().min(1), typeName: z.string() }),
  operationType: z.string(),
});

/** Larger messages than this are not unpacked, and no more than so many split ones are held. */
const maxBytes = 64 * 1024 * 1024;
const maxHeld = 100;
/** An unpacked message is a message again, but not for ever. */
const maxDepth = 3;

/**
 * Atlas sends a long message compressed (GZIP in base64) or cut into parts by `msgId`, or both; the text that comes out is
 * an envelope again. Parts may come twice. Pure but for the parts that it holds.
 */
export function createNoticeDecoder(): NoticeDecoder {
  const held = new Map<string, Map<number, string>>();

  function decode(text: string, depth: number): Decoded {
    if (depth > maxDepth) return unreadable('wrapped too deep');
    const parsed = envelope.safeParse(jsonOf(text));
    if (!parsed.success) return unreadable('it is no message of Atlas');
    const { msgId, msgCompressionKind: kind, msgSplitIdx: index, msgSplitCount: count, message } = parsed.data;
    if (typeof message !== 'string') return noticeOf(message);
    const whole = (count ?? 1) > 1 ? joined(msgId ?? '', index ?? 0, count ?? 1, message) : message;
    if (whole === null) return { type: 'nothing' };
    if (kind !== 'GZIP') return decode(whole, depth + 1);
    try {
      return decode(
        gunzipSync(Buffer.from(whole, 'base64'), { maxOutputLength: maxBytes }).toString('utf8'),
        depth + 1,
      );
    } catch {
      return unreadable('it cannot be unpacked');
    }
  }

  /** The whole text once every part is there; null before. Parts are counted from 1. */
  function joined(id: string, index: number, count: number, part: string): string | null {
    if (count > 10_000) return null;
    const parts = held.get(id) ?? new Map<number, string>();
    parts.set(index, part);
    held.set(id, parts);
    const [oldest] = held.keys();
    if (held.size > maxHeld && oldest !== undefined) held.delete(oldest);
    if (parts.size < count) return null;
    held.delete(id);
    return [...parts]
      .sort(([a], [b]) => a - b)
      .map(([, text]) => text)
      .join('');
  }

  return {
    take: (text) => decode(text, 0),
    get unfinished() {
      return held.size;
    },
  };
}

function noticeOf(message: unknown): Decoded {
  const parsed = notification.safeParse(message);
  if (!parsed.success) return { type: 'nothing' };
  const { entity, operationType: operation } = parsed.data;
  return { type: 'notice', notice: { guid: entity.guid, typeName: entity.typeName, operation } };
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text, 'a notification', maxBytes);
  } catch {
    return null;
  }
}

function unreadable(problem: string): Decoded {
  return { type: 'unreadable', problem };
}
