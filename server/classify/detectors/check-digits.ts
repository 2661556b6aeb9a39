/** Luhn's sum over a text of digits (ISO/IEC 7812-1 annex B). */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 1 && sum % 10 === 0;
}

/** Weighted sum modulo `modulus` over the first digits. */
export function weighted(digits: string, weights: readonly number[], modulus: number): number {
  return weights.reduce((sum, weight, i) => sum + weight * (digits.charCodeAt(i) - 48), 0) % modulus;
}

/** All digits the same, or counting up or down: what people type to fill a field. */
export function isFiller(digits: string): boolean {
  return /^(\d)\1+$/.test(digits) || '01234567890123456789'.includes(digits) || '98765432109876543210'.includes(digits);
}

/** US National Provider Identifier: Luhn over 80840 and ten digits (45 CFR 162.406, CMS check digit note). */
export function isNpi(digits: string): boolean {
  return /^[12]\d{9}$/.test(digits) && luhn(`80840${digits}`);
}

/** NHS number of England, Wales and the Isle of Man: weights 10 to 2, modulo 11 (NHS Data Dictionary). */
export function isNhsNumber(digits: string): boolean {
  if (!/^\d{10}$/.test(digits) || isFiller(digits)) return false;
  const check = (11 - weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2], 11)) % 11;
  return check !== 10 && check === digits.charCodeAt(9) - 48;
}

/** US DEA registration number: two letters, seven digits, check digit (21 CFR 1301). */
export function isDeaNumber(text: string): boolean {
  const found = /^[ABCDEFGHJKLMPRSTUX][A-Z9](\d{7})$/i.exec(text)?.[1];
  if (found === undefined) return false;
  return weighted(found, [1, 2, 1, 2, 1, 2], 10) === found.charCodeAt(6) - 48;
}

const vinWeights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const vinLetters: Readonly<Record<string, number>> = {
  A: 1,
  B: 2,
  C: 3,
  D: 4,
  E: 5,
  F: 6,
  G: 7,
  H: 8,
  J: 1,
  K: 2,
  L: 3,
  M: 4,
  N: 5,
  P: 7,
  R: 9,
  S: 2,
  T: 3,
  U: 4,
  V: 5,
  W: 6,
  X: 7,
  Y: 8,
  Z: 9,
};

/** Vehicle identification number with North America's check sign at position 9 (49 CFR 565.15). */
export function isVin(text: string): boolean {
  const vin = text.toUpperCase();
  if (!/^[A-HJ-NPR-Z\d]{17}$/.test(vin) || /^\d{17}$/.test(vin)) return false;
  const sum = vinWeights.reduce((total, weight, i) => {
    const sign = vin.charAt(i);
    return total + weight * (vinLetters[sign] ?? Number(sign));
  }, 0);
  return vin.charAt(8) === (sum % 11 === 10 ? 'X' : String(sum % 11));
}

/** US Medicare Beneficiary Identifier by position classes, without S, L, O, I, B, Z (CMS, MBI format). */
export function isMbi(text: string): boolean {
  return /^[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y\d]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y\d]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}$/i.test(
    text,
  );
}

/** US bank routing number: weights 3, 7, 1 modulo 10, first two digits of a Federal Reserve district (ABA). */
export function isAbaRouting(digits: string): boolean {
  if (!/^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}$/.test(digits) || isFiller(digits)) return false;
  return weighted(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1], 10) === 0;
}

const verhoeffTable = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
  [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
  [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
  [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
  [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
  [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
  [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
  [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
  [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
] as const;
const verhoeffShift = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4] as const;

/** Verhoeff's check over the dihedral group of ten (J. Verhoeff, 1969): Aadhaar, SNOMED CT identifiers. */
export function verhoeff(digits: string): boolean {
  let check = 0;
  for (let i = 0; i < digits.length; i++) {
    let digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    for (let turn = 0; turn < i % 8; turn++) digit = verhoeffShift[digit] ?? 0;
    check = verhoeffTable[check]?.[digit] ?? 0;
  }
  return digits.length > 1 && check === 0;
}

/** LOINC code: digits, dash, Luhn check digit (Regenstrief Institute, LOINC Users' Guide). */
export function isLoinc(text: string): boolean {
  return /^\d{1,5}-\d$/.test(text) && luhn(text.replace('-', ''));
}

/** SNOMED CT identifier of a concept or description: partition 00–11, Verhoeff (SNOMED CT Release File Specification). */
export function isSnomedId(digits: string): boolean {
  return /^[1-9]\d{5,17}$/.test(digits) && /(?:00|01|02|10|11)\d$/.test(digits) && verhoeff(digits);
}

/** EAN-13 sum, as the Swiss AHV number (756…) and book numbers use it. */
export function ean13(digits: string): boolean {
  return /^\d{13}$/.test(digits) && weighted(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1], 10) === 0;
}

/** Japan's My Number: twelve digits, weights 6 to 2, 7 to 2, modulo 11 (MIC ordinance 85 of 2014). */
export function isMyNumber(digits: string): boolean {
  if (!/^\d{12}$/.test(digits) || isFiller(digits)) return false;
  const rest = weighted(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 11);
  return (rest <= 1 ? 0 : 11 - rest) === digits.charCodeAt(11) - 48;
}

/** Medicare card number of Australia: first digit 2 to 6, weights 1 3 7 9, check digit at position 9. */
export function isAustralianMedicare(digits: string): boolean {
  return /^[2-6]\d{9,10}$/.test(digits) && weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9], 10) === digits.charCodeAt(8) - 48;
}
