import { expect, it } from 'vitest';
import { kafkaSettings } from '../../../../connectors/kit/kafka-settings.ts';
import { topicChanges } from '../../../../connectors/kit/topic-changes.ts';

const settings = kafkaSettings.parse({ brokers: ['127.0.0.1:1'], topics: ['told'] });

it('tells at once, then whenever a topic has grown or was made anew, and not in between', async () => {
  const ends = [{ 'told/0': '5' }, { 'told/0': '5' }, { 'told/0': '7' }, { 'told/0': '7' }, { 'told/0': '1' }];
  const stop = new AbortController();
  let closed = false;
  const open = () => ({ ends: async () => ends.shift() ?? { 'told/0': '1' }, close: async () => void (closed = true) });
  const told: unknown[] = [];
  const pause = async () => {
    if (ends.length === 0) stop.abort(new Error('stop'));
  };
  const listening = (async () => {
    for await (const item of topicChanges(settings, '[test]', stop.signal, open, pause)) told.push(item);
  })();
  await expect(listening).rejects.toThrow('stop');
  expect(told).toEqual([{ 'told/0': '5' }, { 'told/0': '7' }, { 'told/0': '1' }]);
  expect(closed).toBe(true);
});

it('tells as often as one look needs reads, up to a bound', async () => {
  const ends = [{ 'told/0': '0' }, { 'told/0': '120000' }, { 'told/0': '99999999' }];
  const stop = new AbortController();
  const open = () => ({ ends: async () => ends.shift() ?? {}, close: async () => {} });
  let told = 0;
  const pause = async () => {
    if (ends.length === 0) stop.abort(new Error('stop'));
  };
  const listening = (async () => {
    for await (const _ of topicChanges(settings, '[test]', stop.signal, open, pause)) told += 1;
  })();
  await expect(listening).rejects.toThrow('stop');
  expect(told).toBe(1 + 3 + 10);
});
