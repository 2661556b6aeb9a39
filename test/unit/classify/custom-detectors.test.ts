import { describe, expect, it } from 'vitest';
import { matches } from '../../../server/classify/allow-list.ts';
import { parseCustomRules } from '../../../server/classify/custom-detectors.ts';
import { judgeFirst, taxonomy, withCustom } from './column.ts';

const parse = (text: string) => parseCustomRules(text, 'detectors.yml', taxonomy);
const loyalty = `
detectors:
  - id: club-card
    title: Number of the club card
    category: user.id
    names: [club no]
    pattern: 'CLB-\\d{6}'
    alone: proves
    tests: { match: [CLB-123456], reject: [CLB-12345, XCLB-123456] }
`;

describe('custom detectors', () => {
  it('find by pattern, without a word from the name', () => {
    const by = withCustom(parse(loyalty));
    const values = ['CLB-000001', 'CLB-000002', 'CLB-730003', 'CLB-123456'];
    expect(judgeFirst('t', { c1: values }, by).fine).toContain('person_id');
    expect(judgeFirst('t', { c1: values }).fine).not.toContain('person_id');
  });

  it('find what is written in another spelling, and what asks for one', () => {
    const full = Array.from({ length: 5 }, (_, i) => `ＣＬＢ－００００${i}1`);
    expect(judgeFirst('t', { c1: full }, withCustom(parse(loyalty))).fine).toContain('person_id');
    const asWritten = parse(loyalty.replace('CLB-\\d{6}', 'ＣＬＢ－.+').replace(/ +tests:.*/, ''));
    expect(judgeFirst('t', { c1: full }, withCustom(asWritten)).fine).toContain('person_id');
  });

  it('find by name', () => {
    expect(judgeFirst('t', { club_no: null }, withCustom(parse(loyalty))).fine).toContain('person_id');
  });

  it('change the detector set, so that what they touch is judged again', () => {
    const [plain, own] = [withCustom(parse('detectors: []')), withCustom(parse(loyalty))];
    expect(own.detectorSet).not.toBe(plain.detectorSet);
    expect(own.profiler().detectorSet).not.toBe(plain.profiler().detectorSet);
  });

  it.each([
    [
      'a pattern with look-ahead',
      `detectors: [{id: aa, title: t, category: user.id, pattern: '(?=a)b'}]`,
      /RE2 refuses/,
    ],
    [
      'a pattern with a back reference',
      `detectors: [{id: aa, title: t, category: user.id, pattern: '(a)\\1'}]`,
      /RE2 refuses/,
    ],
    [
      'an unknown category',
      `detectors: [{id: aa, title: t, category: user.nothing, pattern: a}]`,
      /no category user.nothing/,
    ],
    [
      'an unknown validator',
      `detectors: [{id: aa, title: t, category: user.id, validator: magic}]`,
      /no validator magic/,
    ],
    ['nothing to detect by', `detectors: [{id: aa, title: t, category: user.id}]`, /give names, a pattern/],
    [
      'a test that does not hold',
      `detectors: [{id: aa, title: t, category: user.id, pattern: 'a+', tests: {match: [b]}}]`,
      /line 1: detectors.0.tests.match.0: aa: does not match/,
    ],
    [
      'a test that must not match',
      `detectors: [{id: aa, title: t, category: user.id, pattern: 'a+', tests: {reject: [aa]}}]`,
      /tests.reject.0: aa: matches/,
    ],
    ['an unknown key', `detectors: [{id: aa, title: t, category: user.id, regex: a}]`, /regex/],
    ['broken YAML', `detectors: [`, /not valid YAML/],
  ])('are refused with the reason: %s', (_what, text, reason) => {
    expect(() => parse(text)).toThrow(reason);
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });

  it('run in time linear to the value, whatever the pattern', () => {
    const rules = parse(`detectors: [{id: aa, title: t, category: user.id, pattern: '(a+)+'}]`);
    const [rule] = rules.detectors;
    const text = `${'a'.repeat(20_000)}!`;
    expect(rule?.test({ text, written: text, signs: 0, digits: 0, letters: 0, number: '' })).toBe(false);
  });
});

describe('the allow-list', () => {
  it('turns a finding that is known to be wrong into NONE, and says by which entry', () => {
    const by = withCustom(parse('allow: [{table: "*.phones", column: phone, because: "model numbers"}]'));
    const judged = judgeFirst('shop.public.phones', { phone: null }, by);
    expect(judged).toMatchObject({ classes: ['NONE'], abstain: false });
    expect(judged.evidence[0]).toMatchObject({ signal: 'allow-list', detail: 'model numbers' });
    expect(judgeFirst('shop.public.users', { phone: null }, by).fine).toContain('phone');
  });

  it('allows only the category it names', () => {
    const by = withCustom(parse('allow: [{column: phone, category: user.contact.email, because: x}]'));
    expect(judgeFirst('users', { phone: null }, by).fine).toContain('phone');
  });

  it.each([
    ['*', 'anything', true],
    ['ref_*', 'REF_icd', true],
    ['*.public.*', 'a.public.b', true],
    ['a*a', 'a', false],
    ['*b', 'abc', false],
  ])('compares %s with %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it('switches shipped detectors off', () => {
    const values = ['jane@example.com', 'joe@example.org', 'ann@example.net', 'zoe@example.com'];
    expect(judgeFirst('t', { c1: values }, withCustom(parse('disable: [email]'))).fine).not.toContain('email');
  });
});
