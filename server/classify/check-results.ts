import type { Signal } from '../model/classification.ts';
import type { FieldProfile } from '../model/profile.ts';
import type { NameReading, NameSense } from './names/read-name.ts';

/** True for what came back when a code was checked (`cvv_result`, `cvc2_rsp`) as opposed to the code. Pure. */
export function isCheck({ fine, phrase }: NameSense, { words }: NameReading): boolean {
  if (!/^card_(?:cvv|pin)$/.test(fine)) return false;
  const after = words.join(' ').split(phrase).at(-1)?.trim().split(' ') ?? [];
  return after.some((word, i) => checkWords.test(word) || (verifying.test(word) && i === after.length - 1));
}

const checkWords =
  /^(?:results?|rslt|rsp|resp|responses?|match|matched|checks?|checked|chk|verified|valid|validated|status|outcome|indicator|ind|flag|flg|presence|present|provided|required|length|reason|attempts?|tries)$/;

const verifying = /^(?:verification|validation)$/;

const longNumbers = new Set(
  'card_number card_cvv card_pin card_track phone iban national_id passport email'.split(' '),
);

/** Values of one or two signs are no such number, but a code that a check of it gave: M, N, P. Null where it may be. Pure. */
export function tooShort(fine: string, profile: FieldProfile | null): Signal | null {
  if (profile === null || !longNumbers.has(fine) || profile.maxLength === 0 || profile.maxLength > 2) return null;
  return { signal: 'values-against', detail: 'the values are of one or two signs', weight: -9 };
}
