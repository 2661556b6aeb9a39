import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { DeadEvent, EventRoom } from '../../../../connectors/connector.ts';
import { forgetfulEventRoom } from '../../../../connectors/kit/event-room.ts';
import { openlineage } from '../../../../connectors/openlineage/connector.ts';
import { openlineageConfig } from '../../../../connectors/openlineage/config.ts';
import { readFiles, type FilesRead } from '../../../../connectors/openlineage/read-files.ts';
import { silentLog } from '../../../../server/base/log.ts';
import type { Json } from '../../../../server/model/json.ts';
import type { SourceMessage } from '../../../../server/model/document.ts';
import { dataset, jobs, runEvent } from './events.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function setUp(path = '.') {
  const directory = mkdtempSync(join(tmpdir(), 'lexline-ol-files-'));
  folders.push(directory);
  const buried: DeadEvent[] = [];
  const room: EventRoom = { ...forgetfulEventRoom(), bury: async (events) => void buried.push(...events) };
  const context = { source: 's', clock: { now: () => Date.UTC(2026, 5, 1) }, log: silentLog, directory, events: room };
  let cursor: Json | null = null;
  const read = async (): Promise<readonly SourceMessage[]> => {
    const connection = openlineage.connect(openlineageConfig.parse({ path, maxBytes: 4096 }), context);
    const messages: SourceMessage[] = [];
    const at = cursor === null ? null : ({ kind: 'since', at: cursor } as const);
    for await (const message of connection.read({ cursor: at }, new AbortController().signal)) {
      messages.push(message);
      if (message.type === 'checkpoint') cursor = JSON.parse(JSON.stringify(message.cursor)) as Json;
    }
    return messages;
  };
  const names = async (): Promise<readonly string[]> => namesOf(await read());
  return { directory, read, names, buried };
}

const gaps = (messages: readonly SourceMessage[]): readonly string[] =>
  messages.flatMap((message) => (message.type === 'gap' ? [message.gap.what] : []));
const namesOf = (messages: readonly SourceMessage[]): readonly string[] =>
  jobs(messages)
    .map(({ name }) => name)
    .sort();
/** Files of a folder read as they are named, without a connector around it. */
function readThese(directory: string, names: readonly string[], room: EventRoom = forgetfulEventRoom()) {
  const result: FilesRead = { places: {}, dead: new Map(), unread: [] };
  const files = names.map((name) => ({ name, path: join(directory, name), size: 1 }));
  const config = openlineageConfig.parse({ path: '.' });
  const { signal } = new AbortController();
  return { result, batches: readFiles(files, {}, { config, room, now: () => '2026-06-01T00:00:00Z', result, signal }) };
}
const line = (job: string): string =>
  `${JSON.stringify(runEvent({ job, run: job, outputs: [dataset(`of-${job}`)] }))}\n`;

describe('files of events', () => {
  it('begin with a byte order mark, or hold lines under the name of one value, and are read all the same', async () => {
    const { directory, names, buried } = setUp();
    writeFileSync(join(directory, 'a.ndjson'), `\uFEFF${line('marked')}${line('second')}`);
    writeFileSync(join(directory, 'b.json'), `\uFEFF${JSON.stringify([JSON.parse(line('listed'))], null, 2)}`);
    writeFileSync(join(directory, 'c.json'), `${line('first-line')}\r\n${line('second-line')}`);
    expect(await names()).toEqual(['first-line', 'listed', 'marked', 'second', 'second-line']);
    expect(buried).toEqual([]);
  });

  it('bury each bad line of a `.json` by itself, and a broken value once', async () => {
    const { directory, names, buried } = setUp();
    writeFileSync(join(directory, 'a.json'), `${line('good')}{"eventType":\n${line('also')}`);
    writeFileSync(join(directory, 'b.json'), JSON.stringify(JSON.parse(line('cut')), null, 2).slice(0, -3));
    expect(await names()).toEqual(['also', 'good']);
    expect(buried.map(({ position, problem }) => [position.slice(0, 6), problem])).toEqual([
      ['a.json', 'not JSON'],
      ['b.json', 'not JSON'],
    ]);
    expect(new Set(buried.map(({ position }) => position)).size).toBe(2);
  });

  it('that are cut off are a gap by name until they are other ones, and keep no other from being read', async () => {
    const { directory, read, names } = setUp();
    const packed = gzipSync(Array.from({ length: 200 }, (_, i) => line(`job${i}`)).join(''));
    writeFileSync(join(directory, 'a.ndjson.gz'), packed.subarray(0, packed.length - 40));
    writeFileSync(join(directory, 'b.ndjson'), line('other'));
    writeFileSync(join(directory, 'c.ndjson.gz'), 'no packed file');
    const [first, ...again] = [await read(), await read(), await read()];
    expect(namesOf(first)).toContain('other');
    expect(again.flatMap(namesOf)).toEqual([]);
    for (const messages of [first, ...again]) expect(gaps(messages)).toEqual(['file a.ndjson.gz', 'file c.ndjson.gz']);
    writeFileSync(join(directory, 'a.ndjson.gz'), packed);
    writeFileSync(join(directory, 'c.ndjson.gz'), gzipSync(line('late')));
    const whole = await read();
    expect(namesOf(whole)).toEqual(expect.arrayContaining(['job0', 'job199', 'late']));
    expect(gaps(whole)).toEqual([]);
    expect(await names()).toEqual([]);
  });

  it('are read from where they were left, and new ones whole', async () => {
    const { directory, names } = setUp();
    writeFileSync(join(directory, 'a.ndjson'), line('one') + line('two'));
    expect(await names()).toEqual(['one', 'two']);
    expect(await names()).toEqual([]);
    appendFileSync(join(directory, 'a.ndjson'), line('three'));
    mkdirSync(join(directory, 'deeper'));
    writeFileSync(join(directory, 'deeper/b.jsonl.gz'), gzipSync(line('four')));
    expect(await names()).toEqual(['four', 'three']);
    writeFileSync(join(directory, 'a.ndjson'), line('anew'));
    expect(await names()).toEqual(['anew']);
  });

  it('that begin otherwise, or are shorter than before, are other files and read whole', async () => {
    const { directory, names } = setUp();
    const file = join(directory, 'a.ndjson');
    writeFileSync(file, line('one') + line('two'));
    expect(await names()).toEqual(['one', 'two']);
    writeFileSync(file, line('another') + line('two') + line('three'));
    expect(await names()).toEqual(['another', 'three', 'two']);
    writeFileSync(file, line('another'));
    expect(await names()).toEqual(['another']);
    writeFileSync(file, line('another') + line('four'));
    expect(await names()).toEqual(['four']);
  });

  it('that go away while others are read are told by name', async () => {
    const { directory, read } = setUp();
    writeFileSync(join(directory, 'a.ndjson'), line('one'));
    symlinkSync(join(directory, 'nowhere'), join(directory, 'b.ndjson'));
    const { batches, result } = readThese(directory, ['a.ndjson', 'b.ndjson']);
    for await (const batch of batches) expect(batch).toHaveLength(1);
    expect(result.unread).toEqual(['b.ndjson']);
    expect(namesOf(await read())).toEqual(['one']);
  });

  it('do not hide that what is no event could not be kept', async () => {
    const { directory } = setUp();
    writeFileSync(join(directory, 'a.ndjson'), 'no event\n');
    const bury = (): Promise<void> => Promise.reject(new Error('the disk is full'));
    const { batches } = readThese(directory, ['a.ndjson'], { ...forgetfulEventRoom(), bury });
    await expect(batches[Symbol.asyncIterator]().next()).rejects.toThrow('the disk is full');
  });

  it('are read in batches, each event once', async () => {
    const { directory, read, buried } = setUp();
    const many = Array.from({ length: 1203 }, (_, i) => `job${String(i).padStart(4, '0')}`);
    writeFileSync(join(directory, 'a.ndjson'), `${many.map(line).join('')}no event\n`);
    const { batches } = readThese(directory, ['a.ndjson']);
    const lengths: number[] = [];
    for await (const batch of batches) lengths.push(batch.length);
    expect(lengths).toEqual([500, 500, 203]);
    expect(namesOf(await read())).toEqual(many);
    expect(buried).toHaveLength(1);
    expect(await read()).not.toContainEqual(expect.objectContaining({ type: 'document' }));
    expect(buried).toHaveLength(1);
  });

  it('keep a line that is still being written for the next read', async () => {
    const { directory, names, buried } = setUp();
    const whole = line('late');
    writeFileSync(join(directory, 'a.ndjson'), line('one') + whole.slice(0, 40));
    expect(await names()).toEqual(['one']);
    appendFileSync(join(directory, 'a.ndjson'), whole.slice(40));
    expect(await names()).toEqual(['late']);
    expect(buried).toEqual([]);
  });

  it('take a last line without a line end when it is whole, once', async () => {
    const { directory, names } = setUp();
    writeFileSync(join(directory, 'a.ndjson'), line('one').trimEnd());
    expect(await names()).toEqual(['one']);
    expect(await names()).toEqual([]);
    appendFileSync(join(directory, 'a.ndjson'), `\n${line('two')}`);
    expect(await names()).toEqual(['two']);
  });

  it('read a JSON file of one event or of a list', async () => {
    const { directory, names } = setUp();
    writeFileSync(join(directory, 'a.json'), line('one'));
    const several = ['two', 'three', ...Array.from({ length: 40 }, (_, i) => `z${String(i).padStart(2, '0')}`)];
    // Longer than a line may be.
    writeFileSync(join(directory, 'b.json'), `[${several.map(line).join(',\n')}]`);
    expect(await names()).toEqual(['one', ...several].sort());
    expect(await names()).toEqual([]);
  });

  it('bury what is no event, say so, and read on', async () => {
    const { directory, read, buried } = setUp();
    writeFileSync(
      join(directory, 'a.ndjson'),
      `${line('one')}canary-7Q\n{"job":{}}\n"${'x'.repeat(5000)}"\n\n${line('two')}`,
    );
    const messages = await read();
    expect(namesOf(messages)).toEqual(['one', 'two']);
    expect(buried.map(({ problem }) => problem)).toEqual([
      'not JSON',
      expect.stringContaining('eventTime'),
      'longer than maxBytes',
    ]);
    expect(buried[0]?.position).toMatch(/^a\.ndjson:0+\d+$/u);
    expect(messages).toContainEqual(
      expect.objectContaining({
        type: 'gap',
        gap: expect.objectContaining({ what: 'file a.ndjson', detail: '3 lines are no OpenLineage event' }) as object,
      }),
    );
    expect(JSON.stringify([messages, buried])).not.toContain('canary');
  });

  it('are chosen by a pattern', async () => {
    const { directory, names } = setUp('in/*.ndjson');
    mkdirSync(join(directory, 'in'));
    writeFileSync(join(directory, 'in/a.ndjson'), line('in'));
    writeFileSync(join(directory, 'in/b.jsonl'), line('otherwise'));
    writeFileSync(join(directory, 'out.ndjson'), line('out'));
    expect(await names()).toEqual(['in']);
  });

  it('are an error where there is nothing at the path', async () => {
    await expect(setUp('nowhere').read()).rejects.toMatchObject({ code: 'ARTEFACT_INVALID' });
  });
});
