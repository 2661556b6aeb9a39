import { describe, expect, it } from 'vitest';
import { classification, dataset, field, harmless, queryOver, sensitive, verdict } from './query-double.ts';
import { noGovernance } from '../../../server/governance/objects.ts';
import { createReports } from '../../../server/report/create-reports.ts';
import { formatOfFile } from '../../../server/report/formats.ts';
import { reports } from '../../../server/report/reports.ts';
import type { FieldView } from '../../../server/query/query.ts';
import type { ReportFormat, ReportPart } from '../../../server/report/report.ts';

const customers = dataset('shop.public.customers');
const orders = dataset('shop.public.orders');
const undecided: FieldView = {
  ...field(orders, 'ref_no'),
  effective: { state: 'UNDECIDED', classifications: [] },
  verdicts: [verdict('user.person_id', 'abstained')],
  label: 'Undecided',
  gap: { what: 'ref_no', reason: 'abstained', detail: 'nothing speaks clearly', remedy: 'Decide it in the review.' },
};
const world = {
  datasets: [customers, orders],
  fields: [
    sensitive(customers, 'email', classification('user.contact.email', 'E-mail address')),
    sensitive(
      customers,
      '=cmd|calc',
      classification('user.contact.email', 'E-mail address (hashed)', {
        derived: 'hash',
        treatment: 'hashed',
        decidedBy: { kind: 'propagation', name: 'functions@1', at: null },
        origin: { field: 'x', dataset: 'y', name: 'customers.email', hops: 2, putTogether: false },
        evidence: [],
      }),
      classification('user.name', '<b>Name</b> "of" a person'),
    ),
    harmless(orders, 'total'),
    undecided,
    field(orders, 'legacy'),
  ],
  coverage: {
    gaps: [
      {
        what: 'schema hr',
        reason: 'no-rights',
        detail: 'no USAGE right',
        remedy: 'GRANT USAGE ON SCHEMA hr TO lexline;',
      },
    ],
  } as const,
};

async function write(format: ReportFormat, of = world): Promise<string> {
  const report = await createReports({ query: queryOver(of), version: '0.1.0' }).open({ name: 'inventory', format });
  let text = '';
  for await (const chunk of report.chunks) text += chunk;
  return text;
}

interface JsonReport {
  readonly report: Record<string, unknown>;
  readonly sections: Record<string, Record<string, string | number | null | string[]>[]>;
  readonly contentSha256: string;
}

async function json(): Promise<JsonReport> {
  return JSON.parse(await write('json')) as JsonReport;
}

/** A reader of RFC 4180 of its own, so that the writer is not checked by itself. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const body = text.replace(/^\uFEFF/, '');
  for (let i = 0; i < body.length; i++) {
    const char = body.charAt(i);
    if (quoted && char === '"' && body.charAt(i + 1) === '"') {
      cell += '"';
      i += 1;
    } else if (char === '"') quoted = !quoted;
    else if (!quoted && (char === ',' || char === '\n')) {
      rows.at(-1)?.push(cell);
      cell = '';
      if (char === '\n') rows.push([]);
    } else if (quoted || char !== '\r') cell += char;
  }
  return rows.slice(0, -1);
}

describe('the inventory', () => {
  it('lists every field: what it holds, on what ground, or why nobody can tell', async () => {
    const { sections } = await json();
    expect(sections['fields']?.map(({ field: name, state, label }) => [name, state, label])).toEqual([
      ['email', 'sensitive', 'E-mail address'],
      ['=cmd|calc', 'sensitive', 'E-mail address (hashed)'],
      ['=cmd|calc', 'sensitive', '<b>Name</b> "of" a person'],
      ['total', 'not sensitive', 'Nothing sensitive found'],
      ['ref_no', 'undecided', 'Undecided'],
      ['legacy', 'gap: not judged', 'Not judged'],
    ]);
    expect(sections['fields']?.[0]).toMatchObject({
      dataset: 'shop.public.customers',
      category: 'user.contact.email',
      classes: ['PII'],
      treatment: 'in clear',
      decidedBy: 'detector detectors@1',
      confidence: 0.97,
      judgedFrom: 'names only',
      evidence: ['name: the name says it'],
      citations: ['GDPR:4(1), catalogue 2026.11, catalogue-only'],
      terms: [],
      termsIfBound: ['gdpr: personal data (GDPR:4(1))'],
    });
    expect(sections['fields']?.[1]).toMatchObject({
      treatment: 'hashed',
      reachedFrom: 'customers.email, 2 steps away',
    });
    expect(sections['fields']?.[4]).toMatchObject({
      gap: 'nothing speaks clearly',
      remedy: 'Decide it in the review.',
      category: null,
    });
    expect(sections['fields']?.[5]).toMatchObject({ judgedFrom: 'not judged', decidedBy: null });
  });

  it('keeps apart the words of regulations of which nobody said whether they bind the holder', async () => {
    const { sections } = await json();
    expect(sections['regulations']).toMatchObject([
      { regulation: 'gdpr', binds: 'nobody said so', remedy: expect.stringContaining('applies: { gdpr') as string },
    ]);
    const open = (sections['open'] ?? []).map(({ what }) => what);
    expect(open).toContain('Regulations, and whether they bind the holder: gdpr');
  });

  it('says its scope, time, coverage, gaps, method and limits, and that it is a draft', async () => {
    const { report, sections } = await json();
    expect(report).toMatchObject({
      confirmation: null,
      name: 'inventory',
      title: 'Inventory of sensitive data',
      status: 'draft',
      asOf: '2026-11-20T10:00:01.000Z',
      knownBy: '2026-11-20T10:00:01.000Z',
      revision: 7,
      madeBy: 'Lexline 0.1.0',
    });
    expect(Object.keys(sections)).toEqual([
      'scope',
      'coverage',
      'fields',
      'totals',
      'regulations',
      'gaps',
      'changes',
      'method',
      'limits',
      'open',
    ]);
    const counts = Object.fromEntries((sections['coverage'] ?? []).map((row) => [row['measure'], row['count']]));
    expect(counts).toMatchObject({
      fields: 5,
      'not judged (gap)': 1,
      'undecided (gap)': 1,
      sensitive: 2,
      'not sensitive': 1,
    });
    expect(sections['gaps']?.[0]).toMatchObject({ what: 'schema hr', remedy: 'GRANT USAGE ON SCHEMA hr TO lexline;' });
    const limits = (sections['limits'] ?? []).map((row) => String(row['statement'])).join(' ');
    expect(limits).toMatch(/not legal advice/);
    expect(limits).toMatch(/Without an answer: 2 fields/);
    expect(limits).not.toMatch(/\banonymous\b|are compliant|is compliant/);
  });

  it('totals what it lists', async () => {
    const { sections } = await json();
    expect(sections['totals']).toEqual([
      { label: 'E-mail address', category: 'user.contact.email', classes: ['PII'], fields: 2, inClear: 1, datasets: 1 },
      {
        label: '<b>Name</b> "of" a person',
        category: 'user.name',
        classes: ['PII'],
        fields: 1,
        inClear: 1,
        datasets: 1,
      },
    ]);
    expect(sections['method']).toContainEqual({ item: 'fields listed', value: 5 });
    expect(sections['method']).toContainEqual({ item: 'rows listed', value: 6 });
  });

  it('has the same cells in CSV as in JSON, formulas made harmless', async () => {
    const [text, { sections, contentSha256 }] = await Promise.all([write('csv'), json()]);
    const rows = readCsv(text);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    expect(rows.at(-1)?.slice(0, 3)).toEqual(['end', 'contentSha256', contentSha256]);
    for (const [id, expected] of Object.entries(sections)) {
      const [head, ...body] = rows.filter((row) => row[0] === id).map((row) => row.slice(1));
      expect(body).toHaveLength(expected.length);
      for (const [index, row] of expected.entries())
        for (const [key, value] of Object.entries(row)) {
          const cell = body[index]?.[head?.indexOf(key) ?? -1];
          const plain = Array.isArray(value) ? value.join('; ') : value === null ? '' : String(value);
          expect(cell === `'${plain}` ? plain : cell).toBe(plain);
          if (typeof value !== 'number') expect(cell ?? '').not.toMatch(/^\s*[=+@-]/);
        }
    }
    expect(text).toContain("'=cmd|calc");
  });

  it('has the same content in HTML, everything escaped and nothing from outside', async () => {
    const [html, { contentSha256 }] = await Promise.all([write('html'), json()]);
    expect(html).toContain(contentSha256);
    expect(html).toContain('&#60;b&#62;Name&#60;/b&#62; &#34;of&#34; a person');
    expect(html).not.toContain('<b>Name');
    for (const words of [
      'shop.public.customers',
      'schema hr',
      'GRANT USAGE ON SCHEMA hr TO lexline;',
      'Not judged',
      'customers.email, 2 steps away',
      'Draft',
    ])
      expect(html).toContain(words);
    expect(html).not.toMatch(/<script|https?:\/\/|src=|url\(/);
  });

  it('gives the same bytes for the same revision', async () => {
    for (const format of ['json', 'csv', 'html'] as const) expect(await write(format)).toBe(await write(format));
  });

  it('is whole when nothing was ever read', async () => {
    const empty = { datasets: [], fields: [], coverage: { gaps: [] } } as unknown as typeof world;
    const parsed = JSON.parse(await write('json', empty)) as JsonReport;
    expect(parsed.sections['fields']).toEqual([]);
    expect(await write('html', empty)).toContain('</html>');
  });

  it('has as many cells in every row as columns in its section, and fits the CSV', async () => {
    const definition = reports['inventory'];
    const parts: ReportPart[] = [];
    for await (const part of definition?.parts(
      {
        query: queryOver(world),
        governance: noGovernance,
        outside: [],
        sample: null,
        policies: null,
        seesEverything: true,
      },
      {
        revision: await queryOver(world).at(),
        asOf: '2026-11-20T10:00:01.000Z',
        source: null,
        since: null,
        parameters: {},
      },
    ) ?? [])
      parts.push(part);
    let columns = 0;
    for (const part of parts) {
      if (part.type === 'section') columns = part.columns.length;
      else expect(part.cells).toHaveLength(columns);
      expect(columns).toBeLessThan(40);
    }
  });
});

describe('opening a report', () => {
  const made = createReports({ query: queryOver(world), version: '0.1.0' });

  it('refuses what does not exist and says what does', async () => {
    await expect(made.open({ name: 'toString', format: 'csv' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(made.open({ name: 'inventory', format: 'docx' as ReportFormat })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    await expect(made.open({ name: 'inventory', format: 'csv', source: 'nope' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      remedy: 'Ask for one of: shop',
    });
  });

  it('names the file by report, source, revision and format', async () => {
    expect((await made.open({ name: 'inventory', format: 'csv' })).fileName).toBe('lexline-inventory-r7.csv');
    expect((await made.open({ name: 'inventory', format: 'html', source: 'shop' })).fileName).toBe(
      'lexline-inventory-shop-r7.html',
    );
  });

  it('tells the format from a file name', () => {
    expect(formatOfFile('out/Report.CSV')).toBe('csv');
    expect(formatOfFile('report.csv.bak')).toBeUndefined();
  });
});
