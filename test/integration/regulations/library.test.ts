import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../server/base/log.ts';
import { loadCatalogues, type Catalogue } from '../../../server/rulebook/catalogue.ts';
import { createLibrary, type LibraryOptions } from '../../../server/rulebook/create-library.ts';
import { createRulebook } from '../../../server/rulebook/create-rulebook.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { pdfOfPages } from './make-pdf.ts';

const signal = new AbortController().signal;
const clean: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of clean.splice(0).toReversed()) await end();
});

/** A regulation of our own, small enough to write out. */
const guards: Catalogue = {
  regulation: {
    id: 'guards',
    prefix: 'GUARDS',
    name: 'Guards Act',
    alsoCalled: [],
    number: 'Act 1 of 2030',
    jurisdiction: 'Nowhere',
    language: 'en',
    catalogue: '2030.01',
    inForce: { from: '2030-01-01', to: null },
    editions: [
      { id: '2030', title: 'first', from: '2030-01-01', to: '2031-01-01', marks: ['Guards Act', 'edition 2030'] },
      { id: '2031', title: 'second', from: '2031-01-01', to: null, marks: ['Guards Act', 'edition 2031'] },
    ],
    numbering: 'articles',
    otherTexts: [],
    sources: [],
    expected: { articles: 2 },
    authenticity: 'None of it is real.',
    publisher: 'Us',
    licence: 'Free.',
    terms: {},
  },
  provisions: [
    {
      id: 'GUARDS:1(1)',
      title: 'Biometric traits',
      duty: 'Fingerprints are kept by guards alone.',
      categories: ['user.biometric'],
      aliases: ['fingerprint'],
      checked: false,
    },
    {
      id: 'GUARDS:2(1)',
      title: 'Towers',
      duty: 'Every tower has a guard.',
      categories: [],
      aliases: ['tower watch'],
      checked: false,
    },
  ],
  mapping: { roles: ['none'], terms: [], derived: {}, notDerived: [] },
  originsOf: () => [],
  wordings: () => new Map(),
  provision: (id) => guards.provisions.find((one) => one.id === id),
};
const english = (edition: string, word = 'guarded') => `Guards Act, edition ${edition}

Article 1
Traits

1. The fingerprint of a person is ${word} by those who hold it.

Article 2
Towers

1. Each tower of the city shall be watched by night and by day, and the watch shall be written down.`;
const german = `Guards Act, edition 2031

Artikel 1
Merkmale

1. Der Fingerabdruck einer Person wird von denen bewacht, die ihn halten und für ihn bürgen.

Artikel 2
Türme

1. Der Turm der Stadt wird bei Nacht und bei Tag bewacht, und die Wache wird von dem Wächter aufgeschrieben.`;

async function open(more: Partial<LibraryOptions> = {}) {
  const path = mkdtempSync(join(tmpdir(), 'lexline-texts-'));
  const stores = await openSqliteStores({ path, log: silentLog });
  clean.push(async () => {
    await stores.close();
    rmSync(path, { recursive: true });
  });
  const catalogues = [guards, ...loadCatalogues(['gdpr'])];
  const options = {
    catalogues,
    vectors: stores.vectors,
    embedder: null,
    clock: { now: () => 1_900_000_000_000 },
    endpoints: {},
    ...more,
  };
  return { library: createLibrary(options), rulebook: createRulebook(options), vectors: stores.vectors };
}

const add = (library: ReturnType<typeof createLibrary>, text: string, language?: string) =>
  library.add(Buffer.from(text), 'guards', { language }, signal);

describe('official texts', () => {
  it('are quoted from the stored passage, with edition, checksum and place; own words stand apart', async () => {
    const { library, rulebook } = await open();
    const before = await rulebook.corpusEdition();
    const text = await add(library, english('2030'));
    expect(text).toMatchObject({
      edition: '2030',
      editionCheck: 'verified',
      language: 'en',
      format: 'text',
      warnings: [],
    });
    expect(text.provisions).toEqual({ articles: { found: 2, expected: 2 }, catalogue: { found: 2, expected: 2 } });
    const { hits } = await rulebook.search({ query: 'column fingerprint', regulations: ['guards'] });
    const [hit] = hits;
    expect(hit).toMatchObject({
      provision: 'GUARDS:1(1)',
      quote: '1. The fingerprint of a person is guarded by those who hold it.',
      ownWords: 'Fingerprints are kept by guards alone.',
      source: { edition: '2030', sha256: text.sha256 },
    });
    expect(hit?.passage?.text).toContain(hit?.quote ?? '?');
    expect(await rulebook.passage(hit?.passage?.id ?? '')).toEqual(hit?.passage);
    expect(await rulebook.passage('texts')).toBeNull();
    expect(await rulebook.corpusEdition()).not.toBe(before);
  });

  it('answer by their day, and a text added again replaces itself at once', async () => {
    const { library, rulebook, vectors } = await open();
    await add(library, english('2030'));
    await add(library, english('2031', 'watched'));
    await add(library, english('2031', 'honoured'));
    expect((await rulebook.list()).map(({ edition }) => edition)).toEqual(['2030', '2031']);
    const quote = async (asOf: string) =>
      (await rulebook.search({ query: 'column fingerprint', regulations: ['guards'], asOf })).hits[0]?.quote;
    expect(await quote('2030-06-01')).toContain('guarded');
    expect(await quote('2031-06-01')).toContain('honoured');
    expect((await vectors.collections()).length).toBe(1);
    await library.remove({ regulation: 'guards', edition: '2031', language: 'en' }, signal);
    expect((await rulebook.list()).map(({ edition }) => edition)).toEqual(['2030']);
  });

  it('added by two at once are both kept, or the later one is told to try again', async () => {
    const { library, rulebook, vectors } = await open();
    const done = await Promise.allSettled([add(library, english('2030')), add(library, english('2031'))]);
    const kept = done.filter(({ status }) => status === 'fulfilled').length;
    expect(await rulebook.list()).toHaveLength(kept);
    for (const one of done) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'STORE_BUSY' });
    expect(await vectors.collections()).toHaveLength(1);
  });

  it('in German answer German questions, and English ones where English is asked for', async () => {
    const { library, rulebook } = await open();
    await add(library, english('2031'));
    expect((await add(library, german)).language).toBe('de');
    const answer = async (query: string, language?: string) =>
      (await rulebook.search({ query, regulations: ['guards'], ...(language === undefined ? {} : { language }) })).hits;
    expect((await answer('Wer bewacht den Turm der Stadt bei Nacht?'))[0]).toMatchObject({ provision: 'GUARDS:2(1)' });
    expect((await answer('Wer bewacht den Turm der Stadt bei Nacht?'))[0]?.quote).toContain('Der Turm der Stadt');
    expect((await answer('column fingerprint', 'de'))[0]?.quote).toContain('Der Fingerabdruck');
    expect((await answer('column fingerprint'))[0]?.quote).toContain('The fingerprint');
  });

  it('are found by meaning too where an embedder is configured', async () => {
    const asked: string[] = [];
    const embedder = {
      model: 'letters',
      dimensions: 2,
      embed: async (texts: readonly string[]) => {
        asked.push(...texts);
        return texts.map((text) => (/tower|minaret/iu.test(text) ? [1, 0.1] : [0.1, 1]));
      },
    };
    const { library, rulebook, vectors } = await open({ embedder });
    await add(library, english('2031'));
    expect(asked.filter((text) => text.includes('Each tower'))).not.toEqual([]);
    const [found] = await vectors.search('lexline-regulations', {
      terms: [],
      vector: [1, 0],
      filter: { kind: 'official' },
      k: 1,
    });
    expect(found?.passage.text).toContain('tower');
    expect(
      (await rulebook.search({ query: 'watch of the tower at night', regulations: ['guards'] })).hits[0]?.provision,
    ).toBe('GUARDS:2(1)');
    expect(asked.at(-1)).toBe('watch of the tower at night');
  });

  it('are never quoted for what they do not say: a question that nothing answers stays unanswered', async () => {
    const { library, rulebook } = await open();
    await add(library, english('2031'));
    expect(await rulebook.search({ query: 'column warehouse_bin' })).toEqual({ hits: [], abstain: true });
    expect(await rulebook.search({ query: 'how do I tune a compiler' })).toEqual({ hits: [], abstain: true });
  });

  it('come from PDFs with the page they stand on, and are refused when they are another text', async () => {
    const { library, rulebook } = await open();
    const [first = '', second = ''] = english('2031').split('\n\nArticle 2');
    const bytes = pdfOfPages([first.split('\n'), `Article 2${second}`.split('\n')], { title: 'Guards Act' });
    const text = await library.add(bytes, 'guards', {}, signal);
    expect(text).toMatchObject({ format: 'pdf', editionCheck: 'verified' });
    expect((await rulebook.search({ query: 'tower watch', regulations: ['guards'] })).hits[0]?.source?.page).toBe(2);
    await expect(library.add(Buffer.from(english('2031')), 'gdpr', {}, signal)).rejects.toMatchObject({
      code: 'ARTEFACT_INVALID',
    });
  });
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  clean.push(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('downloading a text', () => {
  const pulling = async (listener: RequestListener, path = '/text') => {
    const url = await serve(listener);
    const { library } = await open({
      endpoints: { guards: [{ url: url + path, language: 'en', accept: 'text/plain' }] },
    });
    return library.pull('guards', {}, signal);
  };

  it('follows a redirect, asks for its kind, and keeps the checksum of what came', async () => {
    const { text, url } = await pulling((request, response) => {
      if (request.url === '/text') response.writeHead(302, { location: '/real' }).end();
      else response.end(request.headers.accept === 'text/plain' ? english('2031') : 'no');
    });
    expect(url).toMatch(/\/real$/u);
    expect(text).toMatchObject({ edition: '2031', editionCheck: 'verified' });
    expect(text.sha256).toMatch(/^[\da-f]{64}$/u);
  });

  it('stops at loops, at ways off to elsewhere, at too much, and at refusals', async () => {
    await expect(pulling((_, response) => response.writeHead(301, { location: '/text' }).end())).rejects.toMatchObject({
      code: 'CONNECTOR_UNAVAILABLE',
    });
    await expect(
      pulling((_, response) => response.writeHead(301, { location: 'file:///etc/passwd' }).end()),
    ).rejects.toMatchObject({ code: 'ARTEFACT_INVALID' });
    await expect(
      pulling((_, response) => response.writeHead(301, { location: 'http://192.0.2.1/' }).end()),
    ).rejects.toMatchObject({ code: 'ARTEFACT_INVALID' });
    await expect(pulling((_, response) => response.writeHead(503).end())).rejects.toMatchObject({
      code: 'CONNECTOR_UNAVAILABLE',
    });
    await expect(pulling((_, response) => response.end(Buffer.alloc(26 * 1024 * 1024)))).rejects.toMatchObject({
      code: 'ARTEFACT_TOO_LARGE',
    });
    await expect(pulling((_, response) => response.destroy())).rejects.toMatchObject({ code: 'CONNECTOR_UNAVAILABLE' });
  });

  it('is not done where the licence forbids it, and says so', async () => {
    const { library } = await open({ catalogues: loadCatalogues(['pci-dss']) });
    await expect(library.pull('pci-dss', {}, signal)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});
