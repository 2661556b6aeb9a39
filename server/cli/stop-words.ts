/** What a stop holds back, and how long: `user.contact towards mart.mailing.mail, until 2027-06-30T21:59:59.999Z`. */
export function stopWords(
  { category, expiresAt }: { readonly category: string | null; readonly expiresAt: string | null },
  towards: string | null,
): string {
  const what = category ?? 'everything';
  const where = towards === null ? '' : ` towards ${towards}`;
  return `${what} goes no further${where}, ${expiresAt === null ? 'until somebody ends it' : `until ${expiresAt}`}`;
}
