import { topicReader, type TopicReader } from '../kit/kafka.ts';
import type { AtlasConfig } from './config.ts';
import { createNoticeDecoder } from './notification.ts';

/** What a topic told since the last read. */
export interface Notices {
  /** Entities about which something was said, each once. */
  readonly guids: ReadonlySet<string>;
  readonly places: Readonly<Record<string, string>>;
  /** A message could not be read: what it was about is not known, so all is read again. */
  readonly isBroken: boolean;
}

/** Ids taken from a topic in one read; beyond it a full read is cheaper. */
const maxGuids = 20_000;

/**
 * Reads the topic of changes from where the last read ended. `places` empty: only notes where it ends now, because what was
 * said before is covered by a full read. `open` makes the reader; a test gives its own.
 */
export async function readNotices(
  { kafka }: AtlasConfig,
  source: string,
  places: Readonly<Record<string, string>>,
  signal: AbortSignal,
  open: (settings: NonNullable<AtlasConfig['kafka']>, who: string) => TopicReader = topicReader,
): Promise<Notices> {
  if (kafka === undefined) return { guids: new Set(), places: {}, isBroken: false };
  const isFirst = Object.keys(places).length === 0;
  const reader = open({ ...kafka, from: isFirst ? 'latest' : 'earliest' }, `[connectors/atlas] source "${source}"`);
  const reached: Record<string, string> = {};
  const decoder = createNoticeDecoder();
  const guids = new Set<string>();
  let isBroken = false;
  try {
    for await (const batch of reader.read(places, reached, signal))
      for (const { value } of batch) {
        const decoded = decoder.take(value?.toString('utf8') ?? '');
        if (decoded.type === 'notice') guids.add(decoded.notice.guid);
        else if (decoded.type === 'unreadable') isBroken = true;
      }
  } finally {
    await reader.close();
  }
  return { guids, places: reached, isBroken: isBroken || decoder.unfinished > 0 || guids.size > maxGuids };
}
