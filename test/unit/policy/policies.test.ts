import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evaluateField, type PolicyField } from '../../../server/policy/evaluate.ts';
import { counts, findingText, type ShownFinding } from '../../../server/policy/finding-text.ts';
import { junit } from '../../../server/policy/junit.ts';
import { loadPolicies, type Policies } from '../../../server/policy/policy-file.ts';
import { sarif } from '../../../server/policy/sarif.ts';
import { testPolicies } from '../../../server/policy/self-tests.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lexline-policies-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function policies(text: string): Promise<Policies> {
  writeFileSync(join(folder, 'p.yml'), text);
  return loadPolicies(folder);
}

const cards = `policies:
  - id: cards
    title: No cards in <marketing>
    data: { categories: [user.payment.card] }
    in: [{ name: '*.marketing.*' }]
    require: { treatment: [keyed, tokenised], countries: [DE], owner: true, retention: true }
`;

function field(more: Partial<PolicyField> = {}, holds: Partial<PolicyField['holds'][number]> = {}): PolicyField {
  return {
    dataset: { name: 'dw.marketing.export', namespace: '', platform: null, sources: [], owners: ['x'], tags: [] },
    path: 'ref',
    known: true,
    holds: [
      {
        category: 'user.payment.card.number',
        classes: ['PCI'],
        regulations: ['pci-dss'],
        treatment: 'keyed',
        retained: true,
        ...holds,
      },
    ],
    country: 'DE',
    ...more,
  };
}

const outcomes = (all: Policies, one: PolicyField): readonly string[] =>
  evaluateField(all, one, '2026-11-21').map(({ outcome, what }) => `${outcome}: ${what}`);

describe('a policy', () => {
  it('finds nothing against data in an allowed form, and nothing where it does not look', async () => {
    const all = await policies(cards);
    expect(outcomes(all, field())).toEqual(['met: it arrives keyed, which is allowed here']);
    const elsewhere = { ...field().dataset, name: 'dw.payments.vault' };
    expect(outcomes(all, field({ dataset: elsewhere }, { treatment: 'clear' }))).toEqual([]);
    expect(outcomes(all, field({}, { category: 'user.payment.cardholder', treatment: 'clear' }))).toEqual([]);
  });

  it('says of form, place, owner and retention what is against it, and what nobody knows', async () => {
    const all = await policies(cards);
    expect(outcomes(all, field({}, { treatment: 'clear' }))).toEqual([
      'violation: it is in clear; allowed here: keyed, tokenised',
    ]);
    expect(outcomes(all, field({ country: 'US' }))).toEqual(['violation: it lies in US; allowed: DE']);
    expect(outcomes(all, field({ country: null }))).toEqual(['gap: nobody said in which country it lies']);
    expect(outcomes(all, field({ dataset: { ...field().dataset, owners: [] } }))).toEqual([
      'violation: the dataset has no owner',
    ]);
    expect(outcomes(all, field({}, { retained: false }))).toEqual(['violation: no retention rule means it']);
    expect(outcomes(all, field({ known: false, holds: [] }))).toEqual(['gap: nobody could tell what it holds']);
  });

  it('without a requirement forbids the data at all, by regulation and class as well', async () => {
    const all = await policies(
      "policies:\n  - { id: a, title: A, data: { regulations: [pci-dss], classes: [PCI] }, in: [{ name: '*' }] }\n",
    );
    expect(outcomes(all, field())).toEqual(['violation: it must not be here']);
    expect(outcomes(all, field({}, { regulations: ['gdpr'] }))).toEqual([]);
    expect(outcomes(all, field({}, { classes: ['PII'] }))).toEqual([]);
  });

  it('is quiet for as long as a waiver holds, and says when it ended', async () => {
    const waiver = (expires: string): string =>
      `${cards}waivers:\n  - { policy: cards, field: export.ref, owner: M. Example, reason: r, expires: ${expires} }\n`;
    const [held] = evaluateField(await policies(waiver('2026-11-21')), field({}, { treatment: 'clear' }), '2026-11-21');
    expect(held?.waiver?.owner).toBe('M. Example');
    const [ended] = evaluateField(
      await policies(waiver('2026-11-20')),
      field({}, { treatment: 'clear' }),
      '2026-11-21',
    );
    expect(ended).toMatchObject({ waiver: null, expired: { owner: 'M. Example' } });
    expect(ended === undefined ? '' : findingText(ended)).toContain('the waiver of M. Example ended on 2026-11-20');
    const [other] = evaluateField(
      await policies(waiver('2030-01-01')),
      field({ path: 'pref' }, { treatment: 'clear' }),
      '2026-11-21',
    );
    expect(other?.waiver).toBeNull();
  });

  it('is tested by the tests that stand in it', async () => {
    const tests = (expected: string): string =>
      `${cards}    tests:\n      - { name: clear, given: { dataset: a.marketing.b, category: user.payment.card.number, country: DE, owner: x, retention: true }, expect: ${expected} }\n`;
    expect(testPolicies(await policies(tests('violation')))).toBe(1);
    const wrong = await policies(tests('none'));
    expect(() => testPolicies(wrong)).toThrow(/cards, "clear": expected none, decided violation/u);
  });

  it.each([
    [
      'an unknown member',
      cards.replace('require', 'requires'),
      /line \d+: .*unknown member "requires"; did you mean "require"\?/u,
    ],
    [
      'a waiver of an unknown policy',
      `${cards}waivers:\n  - { policy: card, field: a, owner: o, reason: r, expires: 2030-01-01 }\n`,
      /line 8: .*did you mean "cards"/u,
    ],
    ['two of one id', `${cards}${cards.replace('policies:\n', '')}`, /there are two policies "cards"/u],
    ['no data', 'policies:\n  - { id: a, title: A, data: {} }\n', /names no data/u],
  ])('names the line of %s', async (_, text, expected) => {
    await expect(policies(text)).rejects.toThrow(expected);
  });
});

describe('findings for machines', () => {
  async function shown(isNew: boolean): Promise<{ all: Policies; one: ShownFinding }> {
    const all = await policies(cards);
    const [finding] = evaluateField(all, field({}, { treatment: 'clear' }), '2026-11-21');
    if (finding === undefined) throw new Error('no finding');
    return { all, one: { finding, path: ['a.b -> c.d (keep)'], isNew, file: 'models/export.sql' } };
  }

  it('are SARIF 2.1.0 with rule, level, place, path and whether they are new', async () => {
    const { all, one } = await shown(true);
    const gap = {
      gap: { what: 'model x', reason: 'unparsed-sql', detail: 'd', remedy: 'ask its owner' } as const,
      file: null,
    };
    const log = JSON.parse(sarif(all.policies, [one], [gap], '0.1.0')) as {
      version: string;
      runs: { tool: { driver: { rules: { id: string }[] } }; results: Record<string, unknown>[] }[];
    };
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(['cards', 'lineage-gap']);
    expect(run?.results[0]).toMatchObject({ ruleId: 'cards', level: 'error', kind: 'fail', baselineState: 'new' });
    expect(JSON.stringify(run?.results[0])).toContain('models/export.sql');
    expect(JSON.stringify(run?.results[0])).toContain('a.b -> c.d (keep)');
    expect(run?.results[1]).toMatchObject({ ruleId: 'lineage-gap', kind: 'review' });
  });

  it('are JUnit in which only what counts fails', async () => {
    const { all, one } = await shown(true);
    expect(junit(all.policies, [one], [], false)).toMatch(/failures="1"[\s\S]*No cards in &lt;marketing&gt;/u);
    const old = { ...one, isNew: false };
    expect(junit(all.policies, [old], [], false)).toMatch(/failures="0"[\s\S]*there before/u);
    expect(counts(one, false)).toBe(true);
    expect(counts(old, true)).toBe(false);
    const gap = { ...one, finding: { ...one.finding, outcome: 'gap' as const } };
    expect([counts(gap, false), counts(gap, true)]).toEqual([false, true]);
  });
});
