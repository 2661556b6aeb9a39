import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCustomRules } from '../../../server/classify/custom-detectors.ts';
import { readCustomRules } from '../../../server/classify/read-custom-rules.ts';
import { sourcesNotThere } from '../../../server/classify/custom-problems.ts';
import { classifier, judgeFirst, tableOf, taxonomy, withCustom } from './column.ts';

const parse = (text: string) => parseCustomRules(text, 'own.yml', taxonomy);
const by = (text: string) => withCustom(parse(text));
const cards = ['CLB-000001', 'CLB-000002', 'CLB-730003', 'CLB-123456'];

describe('a detector of a user', () => {
  it('finds by a pattern of names, whole and in any case', () => {
    const own = by(`detectors: [{id: cc, title: t, category: user.id, namePatterns: ['clb_.*_no']}]`);
    expect(judgeFirst('t', { CLB_main_NO: null }, own).fine).toContain('person_id');
    expect(judgeFirst('t', { xclb_main_no: null }, own).fine).not.toContain('person_id');
    expect(judgeFirst('t', { 'doc.clb_main_no': null }, own).fine).toContain('person_id');
  });

  it('speaks only in its context: tables of a name, or beside columns of some words', () => {
    const own = by(
      `detectors: [{id: cc, title: t, category: user.id, names: [zorp], pattern: 'CLB-\\d+', alone: proves, context: {tables: ['*loyalty*'], beside: [club points]}}]`,
    );
    expect(judgeFirst('crm.loyalty_members', { zorp: null }, own).fine).toContain('person_id');
    expect(judgeFirst('t', { zorp: null, club_points: null }, own).fine).toContain('person_id');
    expect(judgeFirst('t', { zorp: null, points: null }, own).fine).toEqual([]);
    expect(judgeFirst('t', { c1: cards, points: null }, own).fine).not.toContain('person_id');
    expect(judgeFirst('t', { c1: cards, club_points: null }, own).fine).toContain('person_id');
  });

  it('names itself in the evidence', () => {
    const own = by(`detectors: [{id: cc, title: Club, category: user.id, names: [zorp], pattern: 'CLB-\\d+'}]`);
    const { evidence } = judgeFirst('t', { zorp: cards }, own);
    expect(evidence.map(({ detail }) => detail).join('\n')).toMatch(/custom-cc/u);
  });
});

describe('tuning', () => {
  const ofSource = (source: string, column: string, values: unknown[] | null, text: string) => {
    const own = by(text);
    const table = { ...tableOf('t', { [column]: values, x: null, y: null }, own), sources: [source] };
    return own.classify(table).columns[0];
  };

  it('silences a detector in one source and nowhere else', () => {
    const values = ['ann@example.com', 'bo@example.org', 'cy@example.net', 'di@example.com'];
    const text = 'tune: [{source: legacy, disable: [email]}]';
    expect(ofSource('legacy', 'c1', values, text)?.fine).not.toContain('email');
    expect(ofSource('shop', 'c1', values, text)?.fine).toContain('email');
  });

  it('leaves findings of little confidence to a person, and keeps what they were', () => {
    const text = 'tune: [{source: legacy, reviewBelow: 0.999}]';
    expect(ofSource('legacy', 'mobile', null, text)).toMatchObject({ abstain: true, classes: [] });
    expect(ofSource('legacy', 'mobile', null, text)?.alternatives[0]?.category).toBe('user.contact.phone');
    expect(ofSource('shop', 'mobile', null, text)).toMatchObject({ abstain: false, classes: ['PII'] });
  });

  it('needs no value looked at again', () => {
    const plain = tableOf('t', { c1: cards }).columns[0]?.profile;
    if (plain === null || plain === undefined) throw new Error('no profile');
    expect(by('disable: [email]').needsProfiling(plain)).toBe(false);
    expect(by('disable: [email]').detectorSet).not.toBe(classifier.detectorSet);
  });
});

describe('a file', () => {
  it('is refused with every mistake and its line', () => {
    const text = [
      'detectors:',
      '  - id: aa',
      '    title: t',
      '    category: user.id',
      "    pattern: '(?=a)b'",
      '  - id: bb',
      '    title: t',
      '    category: user.id',
      '    names: [club no]',
      '    tests: { names: { match: [club_no], reject: [my_club_no] } }',
      'disable: [emial]',
    ].join('\n');
    expect(() => parse(text)).toThrow(/own\.yml has 3 mistakes/u);
    expect(() => parse(text)).toThrow(/line 5: detectors\.0\.pattern: aa: RE2 refuses/u);
    expect(() => parse(text)).toThrow(/line 10: detectors\.1\.tests\.names\.reject\.0: bb: matches/u);
    expect(() => parse(text)).toThrow(/line 11: disable\.0: there is no detector emial; did you mean "email"\?/u);
  });

  it('tells mistakes of form and of content together, of one detector as of several', () => {
    const text = [
      'detectors:',
      '  - { id: aa, title: t, category: user.id, pattern: ab, share: 7 }',
      "  - { id: bb, title: t, category: user.naem, pattern: '(?=a)b', namePatterns: ['.*', ok, 'a('], validator: luhnn }",
      '  - { id: Bad Id, title: t, category: user.nothing, names: [x] }',
      '  - { id: cc, title: t, category: user.id, pattern: ab, tests: { match: [abc] } }',
      '  - { id: dd, title: t, category: user.id }',
      '  - { id: bb, title: t, category: user.id, pattrn: ab }',
      '  - 7',
      'allow: [{ because: x }, { column: c, category: user.nothing }]',
      'tune: [{ source: a, reviewBelow: 8, disable: [nope] }]',
      'disable: [us-ssnn]',
      'colour: red',
    ].join('\n');
    const told = [
      /line 2: detectors\.0\.share:/u,
      /line 3: detectors\.1\.category: bb: there is no category user\.naem; did you mean "user\.name"/u,
      /line 3: detectors\.1\.pattern: bb: RE2 refuses/u,
      /line 3: detectors\.1\.namePatterns\.0: bb: .*(?:any name|empty text)/u,
      /line 3: detectors\.1\.namePatterns\.2: bb: RE2 refuses/u,
      /line 3: detectors\.1\.validator: bb: there is no validator luhnn; did you mean "luhn"/u,
      /line 4: detectors\.2\.id: must be lower case/u,
      /line 4: detectors\.2\.category: Bad Id: there is no category/u,
      /line 5: detectors\.3\.tests\.match\.0: cc: does not match/u,
      /line 6: detectors\.4: dd: give names/u,
      /line 7: detectors\.5\.id: there are two detectors bb/u,
      /line 7: detectors\.5: unknown member "pattrn"; did you mean "pattern"/u,
      /line 8: detectors\.6:/u,
      /line 9: allow\.0: it would silence every column/u,
      /line 9: allow\.1\.because: is missing/u,
      /line 9: allow\.1\.category: there is no category/u,
      /line 10: tune\.0\.reviewBelow:/u,
      /line 10: tune\.0\.disable\.0: there is no detector nope/u,
      /line 11: disable\.0: there is no detector us-ssnn; did you mean "us-ssn"/u,
      /unknown member "colour"/u,
    ];
    for (const mistake of told) expect(() => parse(text)).toThrow(mistake);
    expect(() => parse(text)).toThrow(`own.yml has ${told.length} mistakes`);
  });

  it.each([
    'detectors: 7',
    '[]',
    'detectors: [null]',
    'tune: {}',
    'disable: [[a]]',
    'allow: [{column: 3, because: x}]',
  ])('is refused, and breaks nothing, where its form is no form at all: %s', (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });

  it.each([
    [
      'two detectors of one id',
      'detectors: [{id: aa, title: t, category: user.id, names: [a]}, {id: aa, title: t, category: user.id, names: [b]}]',
      /two detectors aa/,
    ],
    [
      'tests of values without a value test',
      'detectors: [{id: aa, title: t, category: user.id, names: [a], tests: {match: [x]}}]',
      /nothing to pass/,
    ],
    [
      'an allowed category that is not there',
      'allow: [{category: user.nothing, because: x}]',
      /no category user.nothing/,
    ],
    ['an allowed finding of no place', "allow: [{because: x}, {column: '*', because: y}]", /silence every column/],
    [
      'a pattern that takes anything or nothing: all',
      `detectors: [{id: aa, title: t, category: user.id, pattern: '.*'}]`,
      /takes (?:any|the empty) text/,
    ],
    [
      'a pattern that takes anything or nothing: some',
      `detectors: [{id: aa, title: t, category: user.id, pattern: '.+'}]`,
      /takes (?:any|the empty) text/,
    ],
    [
      'a pattern that takes anything or nothing: many signs',
      `detectors: [{id: aa, title: t, category: user.id, pattern: '(.|\\s){1,500}'}]`,
      /takes (?:any|the empty) text/,
    ],
    [
      'a pattern that takes anything or nothing: none',
      `detectors: [{id: aa, title: t, category: user.id, pattern: 'x*'}]`,
      /takes (?:any|the empty) text/,
    ],
    ...['.*', '.+', '\\\\w+', '[a-z0-9_]*'].map((pattern): [string, string, RegExp] => [
      `a pattern of names that takes any name: ${pattern}`,
      `detectors: [{id: aa, title: t, category: user.id, names: [club no], namePatterns: ["${pattern}"]}]`,
      /takes (?:any name|the empty text)/,
    ]),
    [
      'a bad pattern of names',
      `detectors: [{id: aa, title: t, category: user.id, namePatterns: ['a(']}]`,
      /RE2 refuses/,
    ],
  ])('is refused for %s', (_what, text, reason) => {
    expect(() => parse(text)).toThrow(reason);
  });
});

describe('a folder of files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lexline-own-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is read as one', () => {
    mkdirSync(join(folder, 'b'));
    writeFileSync(join(folder, 'a.yml'), 'detectors: [{id: aa, title: t, category: user.id, names: [aa aa]}]');
    writeFileSync(join(folder, 'b', 'c.yaml'), 'allow: [{column: x, because: y}]');
    writeFileSync(join(folder, 'notes.txt'), 'not: [yaml');
    const rules = readCustomRules([folder], taxonomy);
    expect(rules).toMatchObject({ names: [{ id: 'custom-aa' }], allow: [{ column: 'x' }] });
    expect(readCustomRules([], taxonomy)).toBeNull();
  });

  it('is refused with the mistakes of all its files, and where one silences what none defines', () => {
    const own = 'detectors: [{id: aa, title: t, category: user.id, names: [aa aa]}]';
    writeFileSync(join(folder, 'a.yml'), own);
    writeFileSync(join(folder, 'b.yml'), 'tune: [{source: shop, disable: [custom-ab]}]');
    expect(() => readCustomRules([folder], taxonomy)).toThrow(
      /b\.yml: there is no detector custom-ab; did you mean "custom-aa"/u,
    );
    writeFileSync(join(folder, 'b.yml'), 'tune: [{source: shop, disable: [custom-aa]}]');
    expect(readCustomRules([folder], taxonomy)?.tune).toHaveLength(1);
    writeFileSync(join(folder, 'b.yml'), 'disable: [emial]');
    writeFileSync(join(folder, 'c.yml'), 'detectors: [{id: cc, category: user.id, names: [c]}]');
    expect(() => readCustomRules([folder], taxonomy)).toThrow(/b\.yml, .*emial[\s\S]*c\.yml, .*title: is missing/u);
  });

  it('says which sources of its tuning and allowed findings are not there', () => {
    const rules = parse(
      "tune: [{source: legcy, disable: [email]}, {disable: [email]}, {source: 'SHOP*'}]\nallow: [{source: 'x*', because: y}, {source: shop, because: y}]",
    );
    expect(sourcesNotThere(rules, ['legacy', 'shop'])).toEqual([
      { list: 'allow', source: 'x*' },
      { list: 'tune', source: 'legcy' },
    ]);
  });

  it('is refused when two files define one detector, when it holds none, and when it is not there', () => {
    expect(() => readCustomRules([folder], taxonomy)).toThrow(/holds no \.yml/u);
    for (const name of ['a.yml', 'b.yml'])
      writeFileSync(join(folder, name), 'detectors: [{id: aa, title: t, category: user.id, names: [aa aa]}]');
    expect(() => readCustomRules([folder], taxonomy)).toThrow(/custom-aa is defined in .*a\.yml too/u);
    expect(() => readCustomRules([join(folder, 'nowhere')], taxonomy)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    );
  });
});
