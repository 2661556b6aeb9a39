import { describe, expect, it } from 'vitest';
import type { FieldItem, Notice } from '../../../server/notify/notice.ts';
import { slackMessage } from '../../../server/notify/slack.ts';

const at = '2026-11-21T07:00:00.000Z';
const field: FieldItem = {
  namespace: 'postgres://warehouse:5432',
  dataset: 'warehouse.shop.refunds',
  field: 'note',
  categories: ['user.payment.card.number'],
  classes: ['PCI'],
  url: 'https://lexline.example.com/fields/abc',
};
const notice = (parts: Partial<Notice>): Notice => ({
  id: 'ntc_1',
  kind: 'unexpected-card-data',
  at,
  revision: 3,
  total: 1,
  items: [field],
  ...parts,
});

interface Message {
  readonly text: string;
  readonly blocks: readonly { readonly text: { readonly text: string } }[];
}
const messageOf = (one: Notice): Message => JSON.parse(slackMessage(one)) as Message;

describe('a notice for Slack', () => {
  it('says what it is and names fields with a link', () => {
    const { text, blocks } = messageOf(notice({}));
    expect(text).toBe('Card data where none was expected (1)');
    expect(blocks[1]?.text.text).toBe(
      '• <https://lexline.example.com/fields/abc|warehouse.shop.refunds.note>: user.payment.card.number',
    );
  });

  it('leaves the link out where it leads nowhere', () => {
    const { blocks } = messageOf(notice({ items: [{ ...field, url: '/fields/abc' }] }));
    expect(blocks[1]?.text.text).toBe('• warehouse.shop.refunds.note: user.payment.card.number');
  });

  it('lets nothing in a name be a mention, a link or markup', () => {
    const hostile = {
      ...field,
      field: '<!channel> *<https://evil.example|x>*\n>`',
      url: 'https://lexline.example.com/',
    };
    const line = messageOf(notice({ items: [hostile] })).blocks[1]?.text.text ?? '';
    expect(line).not.toContain('<!');
    expect(line).not.toContain('<https://evil');
    expect(line).toContain('&lt;!channel&gt;');
    expect(line.split('\n')).toHaveLength(1);
    expect(line.match(/\|/gu)).toHaveLength(1);
  });

  it('names ten and counts the rest', () => {
    const items = Array.from({ length: 50 }, (_, i) => ({ ...field, field: `c${i}` }));
    const lines = messageOf(notice({ items, total: 812 })).blocks[1]?.text.text.split('\n') ?? [];
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe('… and 802 more');
  });

  it('stays within what Slack takes, whatever names are like', () => {
    const items = Array.from({ length: 10 }, () => ({ ...field, field: '&'.repeat(4000) }));
    expect(messageOf(notice({ items })).blocks[1]?.text.text.length).toBeLessThanOrEqual(3000);
  });

  it.each([
    [{ kind: 'stale-source', items: [{ source: 'shop', lastReadAt: null }] }, 'shop: never read with success'],
    [{ kind: 'stale-source', items: [{ source: 'shop', lastReadAt: at }] }, `shop: last read ${at}`],
    [
      { kind: 'review-due', items: [{ groups: 4, fields: 90, oldestSince: at }] },
      '4 questions about 90 fields, the oldest since 2026-11-21',
    ],
    [
      {
        kind: 'decision-ends',
        items: [{ decision: 'correct', category: 'user.name', decided: 2, endsAt: at, hasEnded: false }],
      },
      'correct user.name, for 2 fields: ends 2026-11-21; the question comes back then',
    ],
    [
      {
        kind: 'decision-ends',
        items: [{ decision: 'reject', category: null, decided: 1, endsAt: at, hasEnded: true }],
      },
      'reject, for 1 field: ended 2026-11-21; the question waits again',
    ],
    [
      { kind: 'report-due', items: [{ report: 'gdpr-30-1', lastConfirmedAt: null, everyDays: 90 }] },
      'gdpr-30-1: never confirmed, due every 90 days',
    ],
  ] as const)('says %o in a line', (parts, line) => {
    expect(messageOf(notice({ ...parts, total: 1 })).blocks[1]?.text.text).toBe(`• ${line}`);
  });
});
