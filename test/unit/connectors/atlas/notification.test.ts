import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createNoticeDecoder } from '../../../../connectors/atlas/notification.ts';
import { readNotices } from '../../../../connectors/atlas/read-notices.ts';
import { atlasConfig } from '../../../../connectors/atlas/config.ts';
import type { TopicReader } from '../../../../connectors/kit/kafka.ts';

const inner = (guid: string): string =>
  JSON.stringify({
    version: { version: '1.0.0', versionParts: [1] },
    msgCompressionKind: 'NONE',
    msgSplitIdx: 1,
    msgSplitCount: 1,
    message: {
      type: 'ENTITY_NOTIFICATION_V2',
      entity: { typeName: 'wh_column', guid, attributes: { description: 'ä'.repeat(300) } },
      operationType: 'CLASSIFICATION_ADD',
      eventTime: 1,
    },
  });
const envelope = (message: string, more: object = {}): string =>
  JSON.stringify({
    version: { version: '1.0.0' },
    msgId: 'm1',
    msgCompressionKind: 'NONE',
    msgSplitIdx: 1,
    msgSplitCount: 1,
    message,
    ...more,
  });
const packed = (text: string): string => gzipSync(Buffer.from(text)).toString('base64');
const cut = (text: string, count: number): readonly string[] => {
  const size = Math.ceil(text.length / count);
  return Array.from({ length: count }, (_, i) => text.slice(i * size, (i + 1) * size));
};
const found = { type: 'notice', notice: { guid: 'g1', typeName: 'wh_column', operation: 'CLASSIFICATION_ADD' } };

describe('a notification of Atlas', () => {
  it('says which entity it is about', () => {
    expect(createNoticeDecoder().take(inner('g1'))).toEqual(found);
  });

  it('is unpacked when it came compressed', () => {
    expect(createNoticeDecoder().take(envelope(packed(inner('g1')), { msgCompressionKind: 'GZIP' }))).toEqual(found);
  });

  it.each([
    ['plain', 'NONE', inner('g1')],
    ['compressed', 'GZIP', packed(inner('g1'))],
  ])('is put together when it came %s in parts, twice and in any order', (_, kind, text) => {
    const decoder = createNoticeDecoder();
    const parts = cut(text, 3).map((part, i) =>
      envelope(part, { msgCompressionKind: kind, msgSplitIdx: i + 1, msgSplitCount: 3 }),
    );
    const [a = '', b = '', c = ''] = parts;
    for (const part of [c, a, a, c]) expect(decoder.take(part)).toEqual({ type: 'nothing' });
    expect(decoder.take(b)).toEqual(found);
    expect(decoder.unfinished).toBe(0);
  });

  it('keeps parts of two messages apart', () => {
    const decoder = createNoticeDecoder();
    const part = (id: string, guid: string, i: number): string =>
      envelope(cut(inner(guid), 2)[i] ?? '', { msgId: id, msgSplitIdx: i + 1, msgSplitCount: 2 });
    decoder.take(part('x', 'g1', 0));
    decoder.take(part('y', 'g2', 0));
    expect(decoder.unfinished).toBe(2);
    expect(decoder.take(part('y', 'g2', 1))).toMatchObject({ notice: { guid: 'g2' } });
    expect(decoder.take(part('x', 'g1', 1))).toMatchObject({ notice: { guid: 'g1' } });
  });

  it.each([
    ['is empty', ''],
    ['is not JSON', '{"message":'],
    ['is no object', '7'],
    ['cannot be unpacked', envelope('canary-7Q', { msgCompressionKind: 'GZIP' })],
    ['is wrapped for ever', envelope(envelope(envelope(envelope(envelope(inner('g1'))))))],
  ])('that %s is unreadable, and is not quoted', (_, text) => {
    const decoded = createNoticeDecoder().take(text);
    expect(decoded.type).toBe('unreadable');
    expect(JSON.stringify(decoded)).not.toContain('canary');
  });

  it('about a relation or something unknown is passed over', () => {
    const other = JSON.stringify({ msgSplitCount: 1, message: { type: 'SOMETHING', relationship: {} } });
    expect(createNoticeDecoder().take(other)).toEqual({ type: 'nothing' });
  });
});

describe('the topic of changes', () => {
  const config = atlasConfig.parse({
    url: 'http://atlas.example.com',
    kafka: { brokers: ['k:9092'], topics: ['ATLAS_ENTITIES'] },
  });
  const topic = (texts: readonly string[]): { opened: string[]; open: () => TopicReader } => {
    const opened: string[] = [];
    return {
      opened,
      open: () => ({
        check: async () => ({ partitions: 1 }),
        async *read(places, reached) {
          opened.push(JSON.stringify(places));
          reached['ATLAS_ENTITIES/0'] = String(texts.length);
          yield texts.map((text, i) => ({
            topic: 'ATLAS_ENTITIES',
            partition: 0,
            offset: String(i),
            key: null,
            value: Buffer.from(text),
          }));
        },
        close: async () => {},
      }),
    };
  };
  const signal = new AbortController().signal;

  it('is not read where there is none', async () => {
    const none = atlasConfig.parse({ url: 'http://atlas.example.com' });
    expect(await readNotices(none, 's', {}, signal)).toEqual({ guids: new Set(), places: {}, isBroken: false });
  });

  it('gives each entity once, and how far it was read', async () => {
    const { open, opened } = topic([inner('g1'), inner('g2'), inner('g1')]);
    const notices = await readNotices(config, 's', { 'ATLAS_ENTITIES/0': '0' }, signal, open);
    expect(notices).toEqual({ guids: new Set(['g1', 'g2']), places: { 'ATLAS_ENTITIES/0': '3' }, isBroken: false });
    expect(opened).toEqual(['{"ATLAS_ENTITIES/0":"0"}']);
  });

  it.each([
    ['a message that cannot be read', ['nonsense', inner('g1')]],
    ['a part without the others', [envelope('x', { msgSplitIdx: 1, msgSplitCount: 2 })]],
  ])('is broken by %s, so that all is read again', async (_, texts) => {
    expect((await readNotices(config, 's', { 'ATLAS_ENTITIES/0': '0' }, signal, topic(texts).open)).isBroken).toBe(
      true,
    );
  });
});
