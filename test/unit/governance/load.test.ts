import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadGovernance } from '../../../server/governance/load.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lexline-governance-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

async function mistake(): Promise<string> {
  return loadGovernance(folder).then(
    () => 'no mistake',
    (error: unknown) => (error instanceof Error ? error.message.replace(folder, '…') : ''),
  );
}

const clinic = `entities:
  - id: clinic
    name: Example Clinic
    role: controller
`;

describe('a governance folder', () => {
  it('reads every YAML file of the folder as one body, whichever file defines what', async () => {
    file('a.yml', clinic);
    file('b.yaml', 'activities:\n  - { id: care, name: Care, entity: clinic, purposes: [treatment] }\n');
    file('notes.txt', 'not: read');
    const read = await loadGovernance(folder);
    expect(read.entities.map(({ id }) => id)).toEqual(['clinic']);
    expect(read.activities[0]).toMatchObject({
      id: 'care',
      role: 'controller',
      purposes: ['treatment'],
      validTo: null,
    });
  });

  it.each([
    ['an unknown member', `${clinic}    dop: x\n`, /line 5: entities\.0: unknown member "dop"; did you mean "dpo"\?/u],
    ['an unknown list', 'entitees: []\n', /line 1: unknown member "entitees"; did you mean "entities"\?/u],
    ['a word that is none of the allowed', clinic.replace('controller', 'kontroller'), /line 4: entities\.0\.role: /u],
    ['a missing member', 'entities:\n  - id: clinic\n    role: controller\n', /line 2: entities\.0\.name: is missing/u],
    [
      'an unknown reference',
      `${clinic}activities:\n  - { id: care, name: Care, entity: klinic }\n`,
      /line 6: activities\.0\.entity: "klinic" is not among entities; did you mean "clinic"\?/u,
    ],
    [
      'a duration that is none',
      'retention:\n  - { id: tax, name: Tax, duty: keep-at-least, duration: 10 years, from: end }\n',
      /line 2: retention\.0\.duration: write a duration like P10Y/u,
    ],
    [
      'a selector that names nothing',
      `${clinic}systems:\n  - { id: crm, name: CRM, datasets: [{}] }\n`,
      /line 6: systems\.0\.datasets\.0: names nothing/u,
    ],
    [
      'two of one id at the same time',
      `${clinic}  - { id: clinic, name: Other, role: processor, validFrom: 2026-01-01 }\n`,
      /line 2: entities\.0\.id: "clinic" is there twice/u,
    ],
    ['what is no YAML', 'entities: [\n', /not valid YAML/u],
  ])('names file, line and the nearest known word for %s', async (_, text, expected) => {
    file('facts.yml', text);
    const message = await mistake();
    expect(message).toMatch(/\[governance\] .*facts\.yml/u);
    expect(message).toMatch(expected);
  });

  it('takes two of one id that hold one after the other', async () => {
    file(
      'facts.yml',
      `entities:
  - { id: clinic, name: Old name, role: controller, validTo: 2025-12-31 }
  - { id: clinic, name: New name, role: controller, validFrom: 2026-01-01 }
`,
    );
    expect((await loadGovernance(folder)).entities).toHaveLength(2);
  });

  it('says so when the folder is not there', async () => {
    rmSync(folder, { recursive: true });
    expect(await mistake()).toMatch(/\[governance\] … cannot be read/u);
  });
});
