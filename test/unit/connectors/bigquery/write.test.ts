import { describe, expect, it } from 'vitest';
import type { SourceConnection } from '../../../../connectors/connector.ts';
import type { DirectTagWriter, TagChange, TagTarget } from '../../../../server/model/tag-writing.ts';
import type { FakeCloud } from '../../../fake/bigquery-project.ts';
import type { FakeBigQuery } from '../../../fake/bigquery-server.ts';
import { never } from '../../../connector-messages.ts';
import { servers } from './over.ts';
import { connectTo, project, smallCloud, taxonomy } from './session.ts';

const { over } = servers();

function writerOf(connection: SourceConnection): DirectTagWriter {
  if (connection.write?.kind !== 'direct') throw new Error('no direct writer');
  return connection.write;
}
async function writerOver(
  cloud: FakeCloud,
  settings: object = {},
): Promise<{ readonly writer: DirectTagWriter; readonly server: FakeBigQuery }> {
  const server = await over(cloud);
  return { writer: writerOf(connectTo(server.url, settings)), server };
}
const target = (table: string, ...field: string[]): TagTarget => ({
  uid: 'f_1',
  dataset: { namespace: 'bigquery', name: `acme-shop.sales.${table}` },
  field: field.length === 0 ? null : field,
  facets: {},
});
const change = (action: TagChange['action'], to: TagTarget, tag: string): TagChange => ({ action, target: to, tag });
const fieldsOf = (cloud: FakeCloud, table = 'customers') =>
  cloud.projects.get(project)?.get('sales')?.tables.get(table)?.fields ?? [];

describe('tags in descriptions and labels', () => {
  it('stand behind what people wrote, nested members too, and go without a trace', async () => {
    const cloud = smallCloud();
    const { writer, server } = await writerOver(cloud);
    const before = structuredClone(fieldsOf(cloud));
    const tag = writer.tagFor('PII');
    expect(tag).toBe('lexline_pii');
    for (const to of [target('customers', 'email'), target('customers', 'addresses', 'geo', 'lat')]) {
      await writer.apply(change('add', to, tag), never);
      expect(await writer.tagsOf(to, never)).toEqual([{ name: 'lexline_pii', setBy: 'lexline' }]);
    }
    expect(fieldsOf(cloud)[1]).toMatchObject({
      description: 'Where invoices go [lexline: lexline_pii]',
      policyTags: before[1]?.policyTags,
    });
    expect(server.patches.every(({ ifMatch }) => ifMatch !== undefined)).toBe(true);
    await writer.apply(change('add', target('customers', 'email'), 'gdpr=yes'), never);
    await writer.apply(change('remove', target('customers', 'email'), tag), never);
    expect(fieldsOf(cloud)[1]?.description).toBe('Where invoices go [lexline: gdpr=yes]');
    await writer.apply(change('remove', target('customers', 'email'), 'gdpr=yes'), never);
    await writer.apply(change('remove', target('customers', 'addresses', 'geo', 'lat'), tag), never);
    expect(JSON.parse(JSON.stringify(fieldsOf(cloud)).replaceAll(',"description":""', ''))).toEqual(before);
  });

  it('are labels on a table, beside those of others', async () => {
    const cloud = smallCloud();
    const { writer, server } = await writerOver(cloud);
    await writer.apply(change('add', target('customers'), 'lexline_pii'), never);
    expect(await writer.tagsOf(target('customers'), never)).toEqual([
      { name: 'team', value: 'sales', setBy: 'person' },
      { name: 'lexline_pii', setBy: 'lexline' },
    ]);
    await writer.apply(change('remove', target('customers'), 'lexline_pii'), never);
    expect(server.patches.map(({ body }) => body)).toEqual([
      { labels: { lexline_pii: '' } },
      { labels: { lexline_pii: null } },
    ]);
    expect(cloud.projects.get(project)?.get('sales')?.tables.get('customers')?.labels).toEqual({ team: 'sales' });
  });

  it('leave a label alone whose value somebody else set, and take away their own', async () => {
    const cloud = smallCloud();
    const labels = () => cloud.projects.get(project)?.get('sales')?.tables.get('customers')?.labels;
    const { writer, server } = await writerOver(cloud);
    for (const action of ['add', 'remove'] as const)
      for (const tag of ['team', 'team=strict-dana'])
        await expect(writer.apply(change(action, target('customers'), tag), never)).rejects.toMatchObject({
          code: 'INPUT_INVALID',
          message: expect.stringContaining('another value') as string,
        });
    expect([labels(), server.patches]).toEqual([{ team: 'sales' }, []]);
    await writer.apply(change('add', target('customers'), 'privacy'), never);
    await writer.apply(change('remove', target('customers'), 'privacy'), never);
    await writer.apply(change('remove', target('customers'), 'team=sales'), never);
    expect(labels()).toEqual({});
  });

  it('bind no policy, and are shown beforehand as they are sent', async () => {
    const { writer, server } = await writerOver(smallCloud());
    expect(await writer.policiesOf('lexline_pii', never)).toEqual([]);
    const where = `PATCH ${server.url}/bigquery/v2/projects/acme-shop/datasets/sales/tables/customers`;
    expect(writer.steps(change('add', target('customers', 'email'), 'lexline_pii'))).toEqual([
      `${where}: the description of column email gets "[lexline: lexline_pii]"`,
    ]);
    expect(writer.steps(change('remove', target('customers'), 'lexline_pii'))).toEqual([
      `${where}: {"labels": {"lexline_pii": null}}`,
    ]);
    expect(server.patches).toEqual([]);
  });

  it('are put on the table as it is now, where somebody else changed it meanwhile', async () => {
    const cloud = smallCloud();
    const server = await over(cloud, {
      beforePatch: (n) => {
        if (n > 1) return;
        const table = cloud.projects.get(project)?.get('sales')?.tables.get('customers');
        table?.fields.push({ name: 'added', type: 'STRING' });
        if (table !== undefined) table.etag += 1;
      },
    });
    const writer = writerOf(connectTo(server.url));
    await writer.apply(change('add', target('customers', 'email'), 'lexline_pii'), never);
    expect(fieldsOf(cloud).map(({ name }) => name)).toContain('added');
    expect(fieldsOf(cloud)[1]?.description).toContain('lexline_pii');
    expect(server.patches).toHaveLength(1);
  });

  it('are put on the latest of daily tables', async () => {
    const cloud = smallCloud();
    const { writer } = await writerOver(cloud);
    const to = target('events_yyyymmdd', 'ip');
    await writer.apply(change('add', to, 'lexline_pii'), never);
    expect(fieldsOf(cloud, 'events_20260102')[1]?.description).toBe('[lexline: lexline_pii]');
    expect(fieldsOf(cloud, 'events_20260101')[1]?.description).toBeUndefined();
    expect(await writer.tagsOf(to, never)).toEqual([{ name: 'lexline_pii', setBy: 'lexline' }]);
  });

  it('know what is gone, and refuse what cannot be written', async () => {
    const cloud = smallCloud();
    cloud.table(project, 'sales', 'long', [{ name: 'a', type: 'STRING', description: 'x'.repeat(1020) }]);
    const { writer, server } = await writerOver(cloud);
    expect(await writer.tagsOf(target('gone', 'a'), never)).toBeNull();
    expect(await writer.tagsOf(target('customers', 'gone'), never)).toBeNull();
    const apply = (to: TagTarget, tag: string) => writer.apply(change('add', to, tag), never);
    await expect(apply(target('customers', 'gone'), 'a')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(apply(target('long', 'a'), 'lexline_pii')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(apply(target('customers', 'email'), 'a], [b')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(apply(target('customers'), 'Upper Case')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    expect(server.patches).toEqual([]);
  });
});

describe('tags as policy tags', () => {
  const settings = { writeTagsAs: 'policy-tag', taxonomy: 'Privacy' };

  it('are made where they are missing, put on a column that has none, and taken off', async () => {
    const cloud = smallCloud();
    const { writer, server } = await writerOver(cloud, settings);
    const tag = writer.tagFor('PII');
    const to = target('customers', 'addresses', 'street');
    expect([tag, writer.tables]).toEqual(['Privacy.lexline_pii', false]);
    expect(writer.steps(change('add', to, tag))).toEqual([
      `POST ${server.url}: policy tag "lexline_pii" in taxonomy "Privacy", where it is missing`,
      `PATCH ${server.url}/bigquery/v2/projects/acme-shop/datasets/sales/tables/customers: column addresses.street gets policy tag "Privacy.lexline_pii"`,
    ]);
    await writer.apply(change('add', to, tag), never);
    expect(cloud.taxonomies[0]?.policyTags.map(({ displayName }) => displayName)).toEqual(['Personal', 'lexline_pii']);
    expect(await writer.tagsOf(to, never)).toEqual([{ name: 'Privacy.lexline_pii', setBy: 'lexline' }]);
    await writer.apply(change('remove', to, tag), never);
    expect(await writer.tagsOf(to, never)).toEqual([]);
    expect(cloud.taxonomies[0]?.policyTags).toHaveLength(2);
  });

  it('never take the place of one that people set, and never make one of the company', async () => {
    const cloud = smallCloud();
    const { writer, server } = await writerOver(cloud, settings);
    await expect(
      writer.apply(change('add', target('customers', 'email'), 'Privacy.lexline_pii'), never),
    ).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    await expect(
      writer.apply(change('remove', target('customers', 'email'), 'Privacy.lexline_pii'), never),
    ).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    for (const tag of ['Privacy.Secret', 'Elsewhere.lexline_pii'])
      await expect(writer.apply(change('add', target('customers', 'id'), tag), never)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    await expect(writer.apply(change('add', target('customers', 'id'), 'Personal'), never)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
    expect(server.patches).toEqual([]);
    expect(fieldsOf(cloud)[1]?.policyTags?.names).toEqual([`${taxonomy}/policyTags/22`]);
  });

  it('name what they switch on, and say so where that cannot be seen', async () => {
    const cloud = smallCloud();
    const { writer } = await writerOver(cloud, settings);
    expect(await writer.policiesOf('Privacy.Personal', never)).toEqual([
      { kind: 'access', name: expect.stringContaining('only members with Fine-Grained Reader') as string },
      { kind: 'masking', name: 'mask_mail (EMAIL_MASK)' },
    ]);
    cloud.refused.add('taxonomies');
    expect(await writer.policiesOf('Privacy.Personal', never)).toMatchObject([{ kind: 'unknown' }]);
  });

  it('need to know in which taxonomy', async () => {
    const { writer } = await writerOver(smallCloud(), { writeTagsAs: 'policy-tag' });
    expect(() => writer.tagFor('PII')).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }) as Error);
  });
});
