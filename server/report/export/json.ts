import { createContentDigest } from '../content-digest.ts';
import type { ReportHead, ReportPart } from '../report.ts';

/** A report as one JSON object: `{ report: {…head}, sections: { <id>: [ {…row} ] }, contentSha256 }`. One row a line. */
export async function* writeJson(head: ReportHead, parts: AsyncIterable<ReportPart>): AsyncGenerator<string> {
  const digest = createContentDigest(head);
  yield `{"report":${JSON.stringify(head)},\n"sections":{`;
  let keys: readonly string[] = [];
  let rows = -1;
  for await (const part of parts) {
    digest.add(part);
    if (part.type === 'section') {
      yield `${rows === -1 ? '' : '\n],'}\n${JSON.stringify(part.id)}:[`;
      keys = part.columns.map((column) => column.key);
      rows = 0;
    } else {
      const row = Object.fromEntries(keys.map((key, index) => [key, part.cells[index] ?? null]));
      yield `${rows === 0 ? '' : ','}\n${JSON.stringify(row)}`;
      rows += 1;
    }
  }
  yield `${rows === -1 ? '' : '\n]'}\n},\n"contentSha256":"${digest.end()}"}\n`;
}
