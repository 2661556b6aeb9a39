import { visibleText } from '../draw/text.ts';

/** Text of a foreign system as it may stand in Markdown: on one line, nothing in it is markup or a link. */
export function escapeMarkdown(text: string): string {
  return visibleText(text).replaceAll(/[\\`*_[\]<>#|~]/gu, String.raw`\$&`);
}
