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
