import { escapeXml, visibleText } from '../draw/text.ts';

/** A text as it may stand in a page: escaped, on one line, with marks that would turn its direction made visible. */
export function text(content: string): string {
  return escapeXml(visibleText(content.replaceAll(/[\t\r\n]+/g, ' ')));
}
