import { describe, expect, it } from 'vitest';
import { isLoopback, refuseOnLoopback } from '../../../server/access/loopback.ts';
import { loopbackViewer, maySee } from '../../../server/access/viewer.ts';

describe('this very machine', () => {
  it.each([
    '127.0.0.1',
    '127.1.2.3',
    '::1',
    '[::1]',
    'localhost',
    'LOCALHOST',
    'lexline.localhost',
    '::ffff:127.0.0.1',
  ])('is %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });
  it.each([
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '128.0.0.1',
    'localhost.example',
    '127.0.0.1.example',
    'example.com',
    '',
    '[::]',
  ])('is not %j', (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});

describe('a request without sign-in', () => {
  const refuse = (headers: Readonly<Record<string, string>>, remoteAddress = '127.0.0.1') =>
    refuseOnLoopback({ headers, remoteAddress });

  it('is answered when it comes from this machine by a local name', () => {
    for (const host of ['127.0.0.1', 'localhost:4000', '[::1]:4000']) expect(refuse({ host })).toBeNull();
    expect(refuse({ host: 'localhost', origin: 'http://127.0.0.1:5173' })).toBeNull();
  });

  it.each([
    [{ host: 'attacker.example' }, '127.0.0.1', /Host/u],
    [{ host: '127.0.0.1:80:80' }, '127.0.0.1', /Host/u],
    [{}, '127.0.0.1', /Host/u],
    [{ host: 'localhost' }, '10.0.0.7', /another machine/u],
    [{ host: 'localhost', 'x-forwarded-host': 'a' }, '127.0.0.1', /x-forwarded-host/u],
    [{ host: 'localhost', 'x-real-ip': 'a' }, '127.0.0.1', /x-real-ip/u],
    [{ host: 'localhost', via: '1.1 proxy.example' }, '127.0.0.1', /via/u],
    [{ host: 'localhost', origin: 'https://attacker.example' }, '127.0.0.1', /another site/u],
    [{ host: 'localhost', origin: 'null' }, '127.0.0.1', /another site/u],
  ])('is refused: %j from %s', (headers, from, why) => {
    expect(refuse(headers as Readonly<Record<string, string>>, from)).toMatch(why);
  });
});

describe('what a viewer may see', () => {
  it('is everything, or what one of their sources asserts', () => {
    expect(maySee(loopbackViewer.scope, [])).toBe(true);
    expect(maySee({ sources: ['a'] }, ['b', 'a'])).toBe(true);
    expect(maySee({ sources: ['a'] }, ['b'])).toBe(false);
    expect(maySee({ sources: ['a'] }, [])).toBe(false);
    expect(maySee({ sources: [] }, ['a'])).toBe(false);
  });

  it('never lets the machine’s viewer pass for somebody who signed in', () => {
    expect(loopbackViewer).toMatchObject({ signedIn: false, actor: { kind: 'process' } });
  });
});
