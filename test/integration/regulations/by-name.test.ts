import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../server/base/log.ts';
import { loadCatalogues, loadFolderCatalogue } from '../../../server/rulebook/catalogue.ts';
import { createLibrary } from '../../../server/rulebook/create-library.ts';
import { createRulebook } from '../../../server/rulebook/create-rulebook.ts';
import type { Rulebook } from '../../../server/rulebook/rulebook.ts';
import { answerSearchLine } from '../../../server/rulebook/search-line.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';

const signal = new AbortController().signal;
const clean: (() => Promise<void> | void)[] = [];
const text = `Lamps Act of Nowhere

Article 1
Terms

1. ‘wick keeper’ means whoever trims a wick in a lamp of the city.

2. ‘night round’ means a walk from lamp to lamp between dusk and dawn.

Article 2
Duties

1. The wick keeper reports a broken lamp:
(a) the city hears of it within a day;
(b) the owner of the house beside it hears of it within a week.

Article 3
Beginning

1. This Act applies from the first of May.
2. It ends when the last lamp is dark.`;
let rulebook: Rulebook;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-lamps-'));
  clean.push(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(
    join(folder, 'regulation.yml'),
    'id: lamps\nname: Lamps Act\ncatalogue: "2026.11"\nnumbering: articles\nexpected: { articles: 3 }\n',
  );
  writeFileSync(
    join(folder, 'provisions.yml'),
    `provisions:
  - { id: "LAMPS:2(1)", title: Broken lamps, duty: "Whoever keeps wicks tells of lamps that broke.", categories: [], aliases: [broken lamp] }
`,
  );
  const stores = await openSqliteStores({ path: join(folder, 'data'), log: silentLog });
  clean.push(() => stores.close());
  const catalogues = [loadFolderCatalogue(folder), ...loadCatalogues(['gdpr'])];
  const options = { catalogues, vectors: stores.vectors, embedder: null, clock: { now: () => 0 }, endpoints: {} };
  await createLibrary(options).add(Buffer.from(text), 'lamps', {}, signal);
  rulebook = createRulebook(options);
});
afterAll(async () => {
  for (const end of clean.toReversed()) await end();
});
const answer = async (query: string) => {
  const { hits, note } = await answerSearchLine({ id: 1, query }, rulebook, signal);
  return { provisions: hits.map(({ provision }) => provision), first: hits[0]?.quote?.replaceAll('\n', ' '), note };
};

describe('what is asked for by its number', () => {
  it('is found where only an indexed text has it, and shown from its beginning', async () => {
    expect(await answer('Lamps Act Article 3')).toMatchObject({ provisions: ['LAMPS:3'] });
    expect(await answer('Lamps Act Artikel 3 Absatz 2')).toMatchObject({
      provisions: ['LAMPS:3(2)'],
      first: '2. It ends when the last lamp is dark.',
    });
  });

  it('comes before the provision that it stands in', async () => {
    expect((await answer('Lamps Act Art. 2(1)(b)')).provisions).toEqual(['LAMPS:2(1)(b)', 'LAMPS:2(1)']);
    expect((await answer('LAMPS:2(1)')).provisions[0]).toBe('LAMPS:2(1)');
  });

  it('is the nearest that it stands in where nobody has it, and of what does not exist that is said', async () => {
    expect((await answer('Lamps Act Article 3(9)')).provisions).toEqual(['LAMPS:3']);
    expect(await answer('Lamps Act Article 44')).toMatchObject({
      provisions: [],
      note: expect.stringContaining('no catalogue and no indexed text has a number 44') as string,
    });
  });
});

describe('a definition', () => {
  it('is found in the indexed text where no catalogue has it', async () => {
    expect(await answer('what does wick keeper mean')).toMatchObject({
      first: '1. ‘wick keeper’ means whoever trims a wick in a lamp of the city.',
    });
    expect((await answer('what is a night round')).provisions[0]).toBe('LAMPS:1(2)');
  });

  it('is answered by no other where nobody has it', async () => {
    expect((await answer('definition of lamp holder')).provisions).toEqual([]);
    expect((await answer('definition of controller')).provisions[0]).toBe('GDPR:4(7)');
  });
});
