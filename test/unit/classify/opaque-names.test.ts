import { describe, expect, it } from 'vitest';
import { judgeFirst } from './column.ts';

type Make = (i: number) => string;
const of = (words: string): Make => {
  const list = words.split('|');
  return (i) => list[(i * 7 + Math.floor(i / list.length)) % list.length] ?? '';
};
const column = (make: Make, rows = 40): readonly string[] => Array.from({ length: rows }, (_, i) => make(i));
const judge = (make: Make, name = 'c7', table = 't_data') => judgeFirst(table, { [name]: column(make), id: null });

const given = of('Anna|Peter|Maria|Laura|David|Thomas|Julia');
const family = of('Miller|Schmidt|Garcia|Rossi|Novak|Jansen|Wilson|Brown');

describe('values that tell by themselves, under a name that tells nothing', () => {
  it.each([
    [
      'lines of passports',
      'PII',
      (i: number) => `P<UTO${family(i).toUpperCase()}<<${given(i).toUpperCase()}`.padEnd(44, '<'),
    ],
    ['e-mail addresses with words for their signs', 'PII', (i: number) => `${given(i)}.${i}[at]example.org`],
    ['e-mail addresses in words', 'PII', (i: number) => `${given(i)} dot x${i} at example dot org`],
    ['lists of IP addresses', 'PII', (i: number) => `203.0.113.${i}, 198.51.100.${i + 9}`],
    ['statements of a bank', 'PII', (i: number) => `:61:24010${i % 9}2D1${i},00NTRF//X\n:86:166?20EREF?3210${i}`],
    ['pairs of a name and a value', 'PII', (i: number) => `{"key":"phone","value":"+49 170 43511${10 + i}"}`],
    ['user names of two names', 'PII', (i: number) => `${given(i)}.${family(i * 3)}`.toLowerCase()],
    [
      'names by their sound',
      'PII',
      (i: number) => `${of('タナカ|サトウ|スズキ|ワタナベ')(i)} ${of('ミサキ|ユウタ|ハナコ')(i)}`,
    ],
    ['Japanese addresses', 'PII', (i: number) => `東京都渋谷区神南${1 + (i % 8)}-${i}-4`],
    ['Korean addresses', 'PII', (i: number) => `서울특별시 강남구 테헤란로 ${i}길 65`],
    ['Thai addresses', 'PII', (i: number) => `${i}/46 ถนนสุขุมวิท แขวงคลองเตย`],
    ['house lines with a town', 'PII', (i: number) => `Dlouhá ${i}/12, Praha ${1 + (i % 9)}`],
    [
      'lines of access logs',
      'PII',
      (i: number) => `203.0.113.${i} - - [10/Oct/2024:13:55:${10 + i}] "GET /a/${i}" 200`,
    ],
    ['degrees of places', 'PII', (i: number) => `43°${10 + i}'58"N 10°22'${10 + i}"E`],
    ['vital signs', 'PHI', (i: number) => `BP 1${10 + i}/80 HR ${60 + i}`],
    ['data of chips of cards', 'PCI', (i: number) => `5A0841111111111111115F2403${2400 + i}31`],
    ['attributes of patients', 'PHI', (i: number) => `{"00100010":{"vr":"PN","Value":[{"Alphabetic":"Doe^J${i}"}]}}`],
  ] as const)('are found: %s', (_what, kind, make) => {
    const found = judge(make);
    expect(found.abstain).toBe(false);
    expect(found.classes).toContain(kind);
  });

  it.each([
    ['number plates', 'PII', (i: number) => `B-FE ${6000 + i}`],
    [
      'user names of an initial and a name',
      'PII',
      (i: number) => `${given(i)[0] ?? 'x'}${family(i * 3)}${i}`.toLowerCase(),
    ],
    ['accounts of a domain', 'PII', (i: number) => `CORP\\user${i}`],
    [
      'two words of kana',
      'PII',
      (i: number) => `${of('ナツメ|クロサワ|モガミ|ヒイラギ')(i)} ${of('ミサキ|ユウタ|ハナコ')(i)}`,
    ],
    ['numbers as of residents of Korea', 'PII', (i: number) => `${60 + (i % 30)}0409-1${774_600 + i}`],
    [
      'notes of which a third names a disease',
      'PHI',
      (i: number) =>
        i % 3 === 0
          ? `customer ${i} called about a late parcel and told us of migraine since May`
          : `parcel ${i} was left at the door`,
    ],
  ] as const)('are left to a person: %s', (_what, kind, make) => {
    const found = judge(make);
    expect(found.abstain).toBe(true);
    expect(found.classes).toContain(kind);
  });

  it.each([
    ['UUIDs', (i: number) => `3f2504e0-4f89-41d3-9a0c-0305e82c3${300 + i}`],
    ['stock numbers', (i: number) => `${of('AB|CX|DF')(i)}-${1000 + i}`],
    ['versions', (i: number) => `1.${i}.3.4, 1.${i}.4.0`],
    ['networks', (i: number) => `10.${i}.0.0/16, 192.168.${i}.0/24`],
    ['settings', (i: number) => `{"key":"page_size","value":"${i}"}`],
    ['lines of a log of the house', (i: number) => `host 192.168.10.${i} is up, release 2.14.3.${i}`],
    ['packages', of('spring.boot|react.dom|lodash.merge|core.util|data.frame')],
    ['classes of programs', of('UserService|OrderFactory|HttpClient|JsonParser|MainActivity')],
    ['words of kana', of('スマートフォン|ノートパソコン|テレビ|カメラ')],
    ['types of programs', of('List<String>|Map<K,V>|A<B>>C|Set<T>')],
    ['where to shop', of('shop at example.com|sold at store.org|see us at home.net')],
    ['plants by their Latin names', of('Rosa canina|Viola odorata|Iris germanica|Daphne mezereum')],
    ['times', (i: number) => `12:${10 + i}:20`],
    ['digests', (i: number) => `46E3184E82A136A7129992EC3B0FEEB8E152F9B3DE5057A162CE0DD8867${69_000 + i}`],
  ] as const)('are nothing: %s', (_what, make) => {
    expect(judge(make)).toMatchObject({ abstain: false, classes: ['NONE'] });
  });

  it.each([
    ['part_no', 'products', (i: number) => `B-FE ${6000 + i}`],
    [
      'product_name',
      'products',
      (i: number) => `${of('アップル|チーズ|レモン')(i)} ${of('パイ|ケーキ')(i)}${i % 2 === 0 ? 'ー' : ''}`,
    ],
  ] as const)('leave nothing to a person where the name says something else: %s of %s', (name, table, make) => {
    expect(judge(make, name, table)).toMatchObject({ abstain: false, classes: ['NONE'] });
  });
});
