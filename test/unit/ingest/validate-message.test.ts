import { describe, expect, it } from 'vitest';
import { validateMessage } from '../../../server/ingest/validate-message.ts';

const dataset = {
  type: 'dataset',
  namespace: 'postgres://db.example.com:5432',
  name: 'shop.public.orders',
  kind: 'table',
  platform: 'postgres',
  fields: [{ path: ['id'], type: 'int4', ordinal: 1 }],
};
const job = {
  type: 'job',
  namespace: 'dbt://shop',
  name: 'model.shop.orders',
  kind: 'model',
  platform: 'dbt',
  inputs: [],
  outputs: [],
};
const end = (field: unknown) => ({ dataset: { namespace: 'n', name: 'd' }, field });

function check(document: unknown) {
  return validateMessage({ type: 'document', scope: 's', document });
}

describe('the border', () => {
  it.each([
    ['a dataset', { type: 'document', scope: 's', document: dataset }],
    ['a job', { type: 'document', scope: 's', document: job }],
    ['a scope that begins', { type: 'scope-begin', scope: 's' }],
    ['the list of scopes', { type: 'scopes', scopes: ['s'] }],
    ['a checkpoint whose cursor is null', { type: 'checkpoint', cursor: null }],
    ['a removal', { type: 'removed', scope: 's', kind: 'dataset', name: { namespace: 'n', name: 'd' } }],
    [
      'a gap',
      { type: 'gap', scope: 's', gap: { what: 'w', reason: 'no-rights', detail: '', remedy: 'ask its owner' } },
    ],
    ['unknown members', { type: 'document', scope: 's', document: { ...dataset, colour: 'green' } }],
    [
      'a name with quotes, dots, emoji and marks',
      { type: 'document', scope: 's', document: { ...dataset, name: 'a."b.c"\u200f.🗄' } },
    ],
  ])('lets %s pass', (_, message) => {
    expect(validateMessage(message)).toEqual({ type: 'valid', message });
  });

  it.each([
    ['no object', 7],
    ['an unknown type', { type: 'table' }],
    ['a document without a scope', { type: 'document', document: dataset }],
    ['a checkpoint without a cursor', { type: 'checkpoint' }],
    ['scopes that are no list', { type: 'scopes', scopes: 's' }],
    [
      'a gap with an unknown reason',
      { type: 'gap', scope: 's', gap: { what: 'w', reason: 'bad', detail: '', remedy: 'ask its owner' } },
    ],
    [
      'an observation on no day',
      {
        type: 'observation',
        kind: 'job',
        name: { namespace: 'n', name: 'j' },
        measure: 'runs',
        day: 'today',
        count: 1,
        last: '',
      },
    ],
  ])('refuses %s', (_, message) => {
    expect(validateMessage(message).type).toBe('invalid');
  });

  it.each([
    ['no name', { ...dataset, name: '' }],
    ['a name with U+0000', { ...dataset, name: 'a\u0000b' }],
    ['half a surrogate pair in its name', { ...dataset, name: 'a\ud800' }],
    ['a name longer than any', { ...dataset, name: 'x'.repeat(5000) }],
    ['an unknown kind', { ...dataset, kind: 'spreadsheet' }],
    ['a field twice', { ...dataset, fields: [...dataset.fields, ...dataset.fields] }],
    ['a field without a path', { ...dataset, fields: [{ path: [], type: null, ordinal: 1 }] }],
    ['a type that is not text', { ...dataset, fields: [{ path: ['id'], type: 4, ordinal: 1 }] }],
    ['a tag set by nobody known', { ...dataset, tags: [{ name: 'PII', setBy: 'me' }] }],
    ['a key without fields', { ...dataset, keys: [{ kind: 'primary' }] }],
    ['an alias without a namespace', { ...dataset, aliases: [{ name: 'x' }] }],
    ['inputs that are no list', { ...job, inputs: {} }],
    ['a statement without a namespace', { ...job, statements: [{ dialect: 'postgres', sql: 'SELECT 1' }] }],
    ['an edge of an unknown kind', { ...job, edges: [{ from: end(['a']), to: end(['b']), kind: 'COPY' }] }],
    ['a DIRECT edge that ends at no field', { ...job, edges: [{ from: end(['a']), to: end(null), kind: 'IDENTITY' }] }],
    ['a DATASET edge between fields', { ...job, edges: [{ from: end(['a']), to: end(['b']), kind: 'DATASET' }] }],
    [
      'an unknown effect',
      { ...job, edges: [{ from: end(['a']), to: end(['b']), kind: 'IDENTITY', effect: 'shuffle' }] },
    ],
    [
      'a confidence above one',
      { ...job, edges: [{ from: end(['a']), to: end(['b']), kind: 'IDENTITY', confidence: 2 }] },
    ],
  ])('makes a gap of a document with %s', (_, document) => {
    const checked = check(document);
    expect(checked).toMatchObject({ type: 'invalid', scope: 's', gap: { reason: 'not-read' } });
  });

  it('names the document in the gap and repeats no value of it', () => {
    const checked = check({ ...dataset, kind: 'canary@example.com' });
    expect(checked.type === 'invalid' && checked.gap.what).toContain('shop.public.orders');
    expect(JSON.stringify(checked)).not.toContain('canary');
  });
});
