import { describe, expect, it } from 'vitest';
import { createLog } from '../../../server/base/log.ts';
import { redact, redactText } from '../../../server/base/redact.ts';

describe('redacting', () => {
  it.each([
    ['postgres://reader:p4ss@db.example.com/shop', 'postgres://…@db.example.com/shop'],
    ['see https://example.com/a@b', 'see https://example.com/a@b'],
    ['neo4j+s://neo4j:s3cret@graph:7687 and amqp://u:p@h', 'neo4j+s://…@graph:7687 and amqp://…@h'],
  ])('takes the user part out of a URL: %s', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it('hides members by their name, at any depth, and keeps the others', () => {
    expect(
      redact({ password: 'x', user: 'reader', nested: [{ apiKey: 'y', tokens: 12, Authorization: 'z' }] }),
    ).toEqual({
      password: '…',
      user: 'reader',
      nested: [{ apiKey: '…', tokens: 12, Authorization: '…' }],
    });
  });
});

describe('the log', () => {
  const clock = { now: () => 0 };

  it('writes one JSON object a line, redacted, from its level on', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'info', clock, write: (line) => lines.push(line) });
    log.debug('not shown');
    log.warn('sign-in refused', { url: 'postgres://a:b@h', error: new Error('at postgres://a:b@h') });
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        time: '1970-01-01T00:00:00.000Z',
        level: 'warn',
        message: 'sign-in refused',
        url: 'postgres://…@h',
        error: 'Error: at postgres://…@h',
      },
    ]);
  });
});
