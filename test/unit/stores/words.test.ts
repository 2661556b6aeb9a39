import { describe, expect, it } from 'vitest';
import { indexedWords, searchedWords } from '../../../server/stores/words.ts';

describe('words by which things are found', () => {
  it('are split at separators and humps, each once', () => {
    expect(indexedWords('shop.customer_orders', null, 'BillingAdresse für Kunden').split(' ').toSorted()).toEqual(
      ['adresse', 'billing', 'billingadresse', 'customer', 'fur', 'kunden', 'orders', 'shop'].toSorted(),
    );
    expect(indexedWords('shop.people', ['home', 'zip zip'])).toBe('home zip');
  });

  it.each([
    ['accents', 'Café', 'CAFE'],
    ['ligatures', 'ﬁnal_oﬀer', 'final offer'],
    ['full-width letters and digits', 'ＥＭＡＩＬ２', 'email2'],
    ['half-width kana', 'ﾃﾞｰﾀ', 'データ'],
    ['sharp s', 'Straße', 'STRASSE'],
    ['both small sigmas', 'οδός', 'ΟΔΟΣ'],
    ['a dotless i', 'KIRMIZI', 'kırmızı'],
    ['raised digits', 'm²', 'M2'],
  ])('are one for %s', (_, written, asked) => {
    expect(searchedWords(asked)).toEqual(indexedWords(written, null).split(' '));
  });

  it('stay apart where letters differ by more than their form', () => {
    expect(searchedWords('wonne')).not.toEqual(searchedWords('vonne'));
    expect(searchedWords('о')).not.toEqual(searchedWords('o'));
  });

  it('count up to a hundred letters, none of them cut in half, in the index and in the question', () => {
    const [long, foxes] = ['a'.repeat(300), '𝕏'.normalize('NFC').repeat(3) + '𐐷'.repeat(300)];
    expect(indexedWords(long, null)).toBe('a'.repeat(100));
    expect(searchedWords(`${long}b`)).toEqual(['a'.repeat(100)]);
    expect(Array.from(indexedWords(foxes, null).split(' ')[0] ?? '')).toHaveLength(100);
    expect(searchedWords(foxes)).toEqual(indexedWords(foxes, null).split(' '));
  });

  it.each([
    ['customer email', ['customer', 'email']],
    ['"); drop --', ['drop']],
    ['a:b AND (c)~', ['a', 'b', 'and', 'c']],
    ['--', []],
  ])('are asked for by themselves, no operator: %s', (text, words) => {
    expect(searchedWords(text)).toEqual(words);
  });
});
