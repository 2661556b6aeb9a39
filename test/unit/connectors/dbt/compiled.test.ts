import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JobDocument, SourceMessage } from '../../../../server/model/document.ts';
import { at, readDbt, realArtefact, targetWith, type Tree } from './artefacts.ts';

const id = 'model.shop_clinic.dim_customers';

/** A target whose manifest a command wrote that compiles nothing, with these files in its folder. */
function parsed(files: Readonly<Record<string, string>>, change: (node: Tree) => void = () => {}): string {
  const manifest = realArtefact('manifest');
  const node = at(manifest, 'nodes', id);
  delete node['compiled_code'];
  node['original_file_path'] = 'models/marts/dim_customers.sql';
  change(node);
  const folder = targetWith({ 'manifest.json': manifest });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const jobOf = (messages: readonly SourceMessage[]): JobDocument | undefined =>
  messages
    .flatMap((message) => (message.type === 'document' && message.document.type === 'job' ? [message.document] : []))
    .find(({ native }) => native?.id === id);
const gapsOf = (messages: readonly SourceMessage[]): string =>
  messages.flatMap((message) => (message.type === 'gap' ? [message.gap.detail] : [])).join('\n');

describe('a manifest without the SQL of a model', () => {
  const file = 'compiled/shop_clinic/models/marts/dim_customers.sql';

  it('takes the SQL that an earlier compile left beside it, and says so', async () => {
    const messages = await readDbt(parsed({ [file]: 'select 1 as one' }));
    expect(jobOf(messages)?.statements?.[0]?.sql).toBe('select 1 as one');
    expect(jobOf(messages)?.partial).toBeUndefined();
    expect(gapsOf(messages)).toMatch(/an earlier compile left in target\/compiled were read: .*dim_customers/u);
    expect(gapsOf(messages)).not.toContain('not compiled');
  });

  it('does not put common table expressions in front once more', async () => {
    const folder = parsed({ [file]: 'with x as (select 1 as one) select one from x' }, (node) => {
      node['extra_ctes_injected'] = false;
      node['extra_ctes'] = [{ id: 'model.shop_clinic.x', sql: 'x as (select 1 as one)' }];
    });
    expect(jobOf(await readDbt(folder))?.statements?.[0]?.sql).toBe('with x as (select 1 as one) select one from x');
  });

  it('is read anew when another file lies there', async () => {
    const cursor = (messages: readonly SourceMessage[]): unknown =>
      messages.findLast((message) => message.type === 'checkpoint')?.cursor;
    const one = cursor(await readDbt(parsed({ [file]: 'select 1 as one' })));
    expect(cursor(await readDbt(parsed({ [file]: 'select 1 as one' })))).toEqual(one);
    expect(cursor(await readDbt(parsed({ [file]: 'select 2 as two' })))).not.toEqual(one);
  });

  it.each<[string, Readonly<Record<string, string>>, (node: Tree) => void]>([
    ['there is no such file', {}, () => {}],
    ['the file is empty', { [file]: ' \n' }, () => {}],
    ['the file is of another package', { 'compiled/other/models/marts/dim_customers.sql': 'select 1' }, () => {}],
    [
      'its path leads out of the folder',
      { 'elsewhere.sql': 'select 1' },
      (node) => (node['original_file_path'] = '../../elsewhere.sql'),
    ],
    ['the file is still a template', { [file]: "select * from {{ ref('x') }}" }, () => {}],
  ])('stays without SQL where %s', async (_, files, change) => {
    const messages = await readDbt(parsed(files, change));
    expect(jobOf(messages)).toMatchObject({ partial: true });
    expect(jobOf(messages)?.statements).toBeUndefined();
    expect(gapsOf(messages)).toContain('not compiled');
  });

  it('leaves what the manifest does hold alone', async () => {
    const folder = parsed({ [file]: 'select 1 as one' }, (node) => (node['compiled_code'] = 'select 2 as two'));
    expect(jobOf(await readDbt(folder))?.statements?.[0]?.sql).toBe('select 2 as two');
  });
});
