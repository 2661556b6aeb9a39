import { redactText } from '../base/redact.ts';

const email = /[^\s@<>"'/:…]{1,64}@[^\s@<>"']{1,190}\.[a-z]{2,24}/gi;
const longNumber = /\+?\d(?:[ .-]?\d){8,40}/g;
const maxLength = 16_384;

/**
 * Free text from outside (descriptions, details of gaps) in the form that may be kept: e-mail addresses, numbers of nine
 * digits and more and the user part of URLs are replaced, because people paste example values into comments. Cut at 16,384
 * characters; lone surrogates are mended.
 */
export function scrubText(text: string): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return redactText(cut.toWellFormed()).replaceAll(email, '[address]').replaceAll(longNumber, '[number]');
}
