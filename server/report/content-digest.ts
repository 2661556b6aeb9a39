import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/json.ts';
import type { ReportHead, ReportPart } from './report.ts';

/** SHA-256 over a report's content, whatever file it ends up in: two files with the same digest say the same. */
export interface ContentDigest {
  add(part: ReportPart): void;
  /** 64 hex digits; ends the digest. */
  end(): string;
}

/** The head (null: the content alone) and each part as canonical JSON, one a line. */
export function createContentDigest(head: ReportHead | null): ContentDigest {
  const hash = createHash('sha256');
  if (head !== null) hash.update(`${canonicalJson(head)}\n`);
  return {
    add: (part) => void hash.update(`${canonicalJson(part)}\n`),
    end: () => hash.digest('hex'),
  };
}
