import { textDigest } from './canonical.ts';
import { ingestVersion, type NamedDocument } from './named-document.ts';

/** The text under which a named document is staged, and its digest: members are already in canonical order. */
export function stagedForm(named: NamedDocument): { readonly body: string; readonly digest: string } {
  const body = JSON.stringify(named);
  return { body, digest: textDigest(`${ingestVersion}\n${body}`) };
}
