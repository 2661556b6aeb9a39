import { describe, expect, it } from 'vitest';
import { scrubComment } from '../../../server/ingest/scrub-comment.ts';

describe('a comment is kept without the values that people paste into it', () => {
  it.each([
    ["Test account is 'Zqx7 Kanary'", 'Test account is [quoted]'],
    ['the value "secret words" is the default', 'the value [quoted] is the default'],
    ['Nachname, z. B. Mustermann', 'Nachname, z. B. [example]'],
    [
      'Name of the guest, for instance Zqx Kanary. Never empty.',
      'Name of the guest, for instance [example]. Never empty.',
    ],
    ['Street (e.g. 12 Kanary Lane) of the shop', 'Street (e.g. [example]) of the shop'],
    ['Ask Maria Schmidt about it', 'Ask [name] about it'],
    ['see Dr. Kanary for the key', 'see Dr. [name] for the key'],
    ['host 192.0.2.17 answers', 'host [value] answers'],
    ['paid from DE89 3704 0044 0532 0130 00', /\[(?:value|number)\]$/],
    ['ssn 219-09-9999 is a test', /^ssn \[(?:value|number)\] is a test/],
    ['key AbCd3fGhIjKlMnOpQrStUv', 'key [value]'],
    ['mail ann@example.com', 'mail [address]'],
  ])('%s', (text, kept) => {
    if (typeof kept === 'string') expect(scrubComment(text)).toBe(kept);
    else expect(scrubComment(text)).toMatch(kept);
  });

  it.each([
    "The customer's e-mail address; don't show it to partners' staff",
    "'A' active, 'I' inactive",
    'Sum of `order_total` over 30 days',
    'Date of birth as given in the passport',
    'New York and San Francisco stores only',
    'Version 2.1.3 of the scoring model',
    'An example of a derived column',
  ])('and otherwise as it is: %s', (text) => {
    expect(scrubComment(text)).toBe(text);
  });

  it('in time linear to its length', () => {
    const hostile = ["'a ".repeat(8_000), 'A '.repeat(8_000), 'e.g. '.repeat(3_000), 'Ab1'.repeat(5_000)];
    for (const text of hostile) expect(scrubComment(text).length).toBeGreaterThan(0);
  });
});
