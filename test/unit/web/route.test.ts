import { describe, expect, it } from 'vitest';
import { addressOf, readRoute } from '../../../web/src/route.ts';

describe('addresses of the pages', () => {
  it('reads the page, the id, the time and the choices', () => {
    expect(readRoute('/fields/RmllbGQ6MQ', '?asOf=2026-09-30&depth=5')).toEqual({
      page: 'field',
      path: '/fields/RmllbGQ6MQ',
      id: 'RmllbGQ6MQ',
      asOf: '2026-09-30',
      options: { depth: '5' },
    });
    expect(readRoute('/', '')).toEqual({ page: 'datasets', path: '/', id: '', asOf: null, options: {} });
  });

  it.each(['/fields/', '/field', '/fields/a/b', '/fields/a%20b', '/other', '//'])('does not know %s', (path) => {
    expect(readRoute(path, '').page).toBe('unknown');
  });

  it('writes what it reads, and leaves out what is empty', () => {
    const address = addressOf('/datasets/x', '2026-09-30', { q: 'a & b', by: '' });
    expect(address).toBe('./datasets/x?q=a+%26+b&asOf=2026-09-30');
    const [path = '', search = ''] = address.split('?');
    expect(readRoute(path.slice(1), search)).toMatchObject({ asOf: '2026-09-30', options: { q: 'a & b' } });
    expect(addressOf('/gaps', null)).toBe('./gaps');
  });
});
