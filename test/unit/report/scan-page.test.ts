import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { classification, dataset, field, harmless, queryOver, sensitive, type World } from './query-double.ts';
import { graph, link, node } from '../draw/graphs.ts';
import { makeScanPage } from '../../../server/report/scan/make-scan-page.ts';

const vault = dataset('payments.card_vault');
const exported = dataset('marketing.export');
const email = classification('user.contact.email', 'E-mail address');
const pan = classification('user.payment.card.number', 'Card number', { classes: ['PCI', 'PII'] });
const carried = {
  decidedBy: { kind: 'propagation', name: 'functions@1', at: null },
  origin: {
    field: 'payments.card_vault:pan',
    dataset: 'payments.card_vault',
    name: 'card_vault.pan',
    hops: 1,
    putTogether: false,
  },
} as const;
const subject = { target: 'shop', kind: 'dbt target', dialect: null, at: '2026-11-21T10:00:00.000Z', version: '0.1.0' };

const world: World = {
  datasets: [vault, exported],
  fields: [
    sensitive(vault, 'pan', pan),
    sensitive(vault, '<img src=x onerror=alert(1)>', email),
    sensitive(exported, 'customer_ref', { ...pan, ...carried }),
    sensitive(exported, 'card_sha', {
      ...pan,
      ...carried,
      label: 'Card number (hashed)',
      treatment: 'hashed',
      derived: 'hash',
    }),
    harmless(exported, 'amount'),
    field(exported, 'legacy'),
  ],
  coverage: {
    gaps: [
      {
        what: 'statement 3 of load.sql',
        reason: 'unparsed-sql',
        detail: 'not understood',
        remedy: 'Name the dialect: --dialect',
      },
    ],
  },
  lineage: (origin) =>
    origin === 'payments.card_vault:pan'
      ? graph(
          origin,
          [
            node('payments.card_vault:pan', 0, 'SENSITIVE', 'Card number'),
            node('marketing.export:customer_ref', 1, 'SENSITIVE', 'Card number'),
            node('marketing.export:card_sha', 1, 'SENSITIVE', 'Card number (hashed)'),
          ],
          [
            link('payments.card_vault:pan', 'marketing.export:customer_ref'),
            link('payments.card_vault:pan', 'marketing.export:card_sha', 'hash'),
          ],
        )
      : graph(origin, [node(origin, 0)], []),
};

function make(of: World = world): ReturnType<typeof makeScanPage> {
  return makeScanPage(queryOver(of), subject);
}

describe('the scan page', () => {
  it('begins with a sentence that a person repeats, the gravest first, gaps in the same breath', async () => {
    const { headline } = await make();
    expect(headline.sentence).toBe(
      'Card number in 1 field; payments.card_vault reaches marketing.export in clear; 4 of 6 fields sensitive; 2 gaps.',
    );
    expect(headline.lines).toEqual([
      '4 of 6 fields sensitive, in 2 datasets',
      'Card number: 1 field, and 1 further down in clear',
      'payments.card_vault reaches marketing.export in clear',
      '2 gaps: 1 met while reading, 1 field not judged',
    ]);
  });

  it('lists the fields with their ground, the flows, the gaps with their remedy, and how it was made', async () => {
    const { html } = await make();
    for (const words of [
      'payments.card_vault',
      'Card number (hashed)',
      'the name says it',
      'in clear in marketing.export',
      '>hashed</text>',
      'statement 3 of load.sql',
      'Name the dialect: --dialect',
      'not judged',
      'legacy',
      'Lexline 0.1.0',
      'Not legal advice',
    ])
      expect(html).toContain(words);
  });

  it('loads nothing, runs nothing but its own script, and writes names as text', async () => {
    const { html } = await make();
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\/|src="|url\(|@import|<link/);
    expect(html).not.toContain('<img');
    const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
    const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`,
    );
    expect(html).not.toMatch(/ style="| on[a-z]+="/);
  });

  it('never calls an empty result clean: what was not judged is said', async () => {
    const { html, headline } = await make({
      datasets: [exported],
      fields: [harmless(exported, 'amount'), field(exported, 'legacy')],
    });
    expect(headline.sentence).toBe('Nothing sensitive found in 1 judged field of 2; 1 gap.');
    expect(html).toContain('could not be judged</a> and may hold anything');
    expect(html).not.toMatch(/\bclean\b|\bno personal data\b/i);
  });

  it('does not call datasets empty of which no column is known', async () => {
    const { html, headline, summary } = await make({ datasets: [vault, exported], fields: [] });
    expect(headline.sentence).toBe('No column is known of 2 datasets: nothing could be judged; 2 gaps.');
    expect(html).toContain('2 datasets without known columns');
    expect(summary.datasetsWithoutFields).toBe(2);
  });

  it('stays of a size that opens, and says what it left out', async () => {
    const many = Array.from({ length: 60 }, (_, index) => dataset(`mart.table_${String(index)}`));
    const fields = many.flatMap((of) =>
      Array.from({ length: 100 }, (_, index) => sensitive(of, `email_${String(index)}`, email)),
    );
    const { html, summary } = await make({
      datasets: many,
      fields,
      lineage: (origin) => graph(origin, [node(origin, 0)], []),
    });
    expect(summary.sensitiveFields).toBe(6000);
    expect(html.match(/<tr data-text=/g)).toHaveLength(5000);
    expect(html).toContain('Cut short: 5000 of 6000 are listed here.');
    expect(html.length).toBeLessThan(8_000_000);
  });

  it('is the same bytes for the same findings', async () => {
    expect((await make()).html).toBe((await make()).html);
  });
});
