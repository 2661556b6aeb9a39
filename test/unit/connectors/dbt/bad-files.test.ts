import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { at, readDbt, realArtefact, targetWith, type Tree } from './artefacts.ts';

const text = JSON.stringify(realArtefact('manifest'));
const withVersion = (version: string): Tree => {
  const manifest = realArtefact('manifest');
  at(manifest, 'metadata')['dbt_schema_version'] = version;
  return manifest;
};

describe('a dbt target that cannot be read', () => {
  it.each([
    ['is cut short', text.slice(0, 5000), 'ARTEFACT_INVALID', 'not valid JSON'],
    ['is empty', '', 'ARTEFACT_INVALID', 'not valid JSON'],
    ['is binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), 'ARTEFACT_INVALID', 'binary'],
    ['is UTF-16', Buffer.from(`\uFEFF${text.slice(0, 100)}`, 'utf16le'), 'ARTEFACT_INVALID', 'UTF-16'],
    ['is Latin-1', Buffer.from('{"a": "\xe9"}', 'latin1'), 'ARTEFACT_INVALID', 'UTF-8'],
    ['is a list', '[1, 2]', 'ARTEFACT_INVALID', 'not a file that dbt writes'],
    ['is null', 'null', 'ARTEFACT_INVALID', 'not a file that dbt writes'],
    ['is some other JSON', '{"metadata": {"name": "x"}}', 'ARTEFACT_INVALID', 'not a manifest file'],
    ['is a catalog', realArtefact('catalog'), 'ARTEFACT_INVALID', 'not a manifest file'],
    ['is too old', withVersion('https://schemas.getdbt.com/dbt/manifest/v8.json'), 'ARTEFACT_VERSION', 'version 8'],
    [
      'has nodes that are a list',
      { ...realArtefact('manifest'), nodes: [] },
      'ARTEFACT_INVALID',
      '"nodes" is not an object',
    ],
  ])('because the manifest %s says so', async (_, content, code, says) => {
    const folder = targetWith({ 'manifest.json': content });
    await expect(readDbt(folder)).rejects.toMatchObject({ code, message: expect.stringContaining(says) });
  });

  it('names the file that is missing and what to run', async () => {
    await expect(readDbt(targetWith({}))).rejects.toMatchObject({
      code: 'ARTEFACT_INVALID',
      message: expect.stringContaining('manifest.json'),
      remedy: expect.stringContaining('dbt compile'),
    });
    await expect(readDbt(join(targetWith({}), 'manifest.json'))).rejects.toMatchObject({ code: 'ARTEFACT_INVALID' });
    const folder = targetWith({ 'manifest.json': text });
    await expect(readDbt(folder, { catalog: join(folder, 'other.json') })).rejects.toMatchObject({
      message: expect.stringContaining('other.json'),
    });
  });

  it('does not read a file beyond the limit, whatever it holds', async () => {
    const folder = targetWith({ 'manifest.json': Buffer.alloc(100 * 1024 * 1024, 'x') });
    await expect(readDbt(folder)).rejects.toMatchObject({
      code: 'ARTEFACT_TOO_LARGE',
      message: expect.stringContaining('104857600'),
      remedy: expect.stringContaining('maxBytes'),
    });
  });

  it('because the catalog, run results or freshness are broken says which', async () => {
    for (const name of ['catalog', 'run_results', 'sources']) {
      const folder = targetWith({ 'manifest.json': text, [`${name}.json`]: '{"metadata": ' });
      await expect(readDbt(folder)).rejects.toMatchObject({ message: expect.stringContaining(`${name}.json`) });
    }
  });
});

describe('a dbt target that can be read', () => {
  it.each(['v9', 'v10', 'v11', 'v12'])('with a manifest of version %s', async (version) => {
    const folder = targetWith({
      'manifest.json': withVersion(`https://schemas.getdbt.com/dbt/manifest/${version}.json`),
    });
    expect((await readDbt(folder)).some(({ type }) => type === 'scope-complete')).toBe(true);
  });

  it('with a manifest newer than known, and says so', async () => {
    const folder = targetWith({ 'manifest.json': withVersion('https://schemas.getdbt.com/dbt/manifest/v20.json') });
    expect(await readDbt(folder)).toContainEqual(
      expect.objectContaining({ gap: expect.objectContaining({ what: 'manifest version 20', reason: 'unsupported' }) }),
    );
  });

  it('by its own name, the name of its manifest, or that of the project around it', async () => {
    const folder = targetWith({ 'manifest.json': text });
    const direct = await readDbt(folder);
    expect(await readDbt(join(folder, 'manifest.json'))).toEqual(direct);
    expect(await readDbt(join(import.meta.dirname, '../../../../examples/shop-clinic/dbt'))).toEqual(await readDbt());
  });
});
