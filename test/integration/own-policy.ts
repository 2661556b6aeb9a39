import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A company's own policy as a folder of data, `our-policy`: one provision, `OURS:p1`, and the words that its document bears.
 * `provision` holds the members of the provision beside its id, `mapping` the whole of mapping.yml where there is one.
 */
export function writeOwnPolicy(
  folder: string,
  said: { readonly mark: string; readonly provision: string; readonly mapping?: string },
): void {
  const own = join(folder, 'our-policy');
  mkdirSync(own);
  writeFileSync(
    join(own, 'regulation.yml'),
    `id: our-policy
prefix: OURS
name: Our retention policy
number: version 3
jurisdiction: Example Ltd
language: en
catalogue: "2026.11"
inForce: { from: "2026-01-01", to: null }
editions: [{ id: v3, title: version 3, from: "2026-01-01", to: null, marks: [${said.mark}] }]
expected: {}
authenticity: ours
publisher: Example Ltd
licence: ours
terms: {}
`,
  );
  writeFileSync(join(own, 'provisions.yml'), `provisions:\n  - { id: "OURS:p1", ${said.provision} }\n`);
  if (said.mapping !== undefined) writeFileSync(join(own, 'mapping.yml'), said.mapping);
}
