/** Names as people of many lands give them, and such as trip over quotes, dots and spaces. */
export const namesOfEveryScript = [
  'имя',
  '名前',
  'الاسم',
  'שם',
  'नाम',
  'e-mail "privat"',
  "o'clock",
  'a.b',
  ' spaced ',
  '🙂',
  'İstanbul',
] as const;
