const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  þ: 'th',
  ð: 'd',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ة: 'ه',
  ى: 'ي',
  ـ: '',
};
const special = /[ßøæœłđıþðأإآةىـ]/gu;
// Latin, Greek and Cyrillic accents, Arabic vowel marks, Hebrew points. Marks of other scripts are letters there and stay.
const marks = /[\u0300-\u036f\u064b-\u0652\u0591-\u05c7]/gu;

/** Lower case without accents, so that `Ñandú` and `nandu` are one word. ASCII text comes back lowered and no more. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (isAscii(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(marks, '')
    .normalize('NFC')
    .replace(special, (letter) => letters[letter] ?? letter);
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
