import type { lookup } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { checkedLookup, RefusedAddress, refusedAddress } from '../../../server/notify/addresses.ts';

describe('where notices may go', () => {
  it.each([
    ['93.184.216.34', true],
    ['2606:2800:220:1:248:1893:25c8:1946', true],
    ['127.0.0.1', false],
    ['::1', false],
    ['::ffff:127.0.0.1', false],
    ['10.1.2.3', false],
    ['172.16.0.1', false],
    ['192.168.1.1', false],
    ['fd00::1', false],
    ['169.254.169.254', false],
    ['fe80::1', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['64:ff9b::7f00:1', false],
    ['not an address', false],
  ])('%s alone: %s', (address, allowed) => {
    expect(refusedAddress(address, []) === null).toBe(allowed);
  });

  it('opens private networks and this machine by name only, and never the link-local ones', () => {
    expect(refusedAddress('10.1.2.3', ['private'])).toBeNull();
    expect(refusedAddress('fd00::1', ['private'])).toBeNull();
    expect(refusedAddress('127.0.0.1', ['private'])).toBe('its address is this machine');
    expect(refusedAddress('127.0.0.1', ['loopback'])).toBeNull();
    expect(refusedAddress('10.1.2.3', ['loopback'])).toBe('its address is in a private network');
    expect(refusedAddress('169.254.169.254', ['private', 'loopback'])).toContain('linkLocal');
    expect(refusedAddress('fd00:ec2::254', ['private'])).toBe('its address is a metadata service');
  });

  it('refuses a name of which one address may not be asked, and hands out only what it looked at', async () => {
    const resolve = (addresses: readonly string[]) =>
      ((_name: string, _options: unknown, done: (error: null, found: unknown) => void) =>
        done(
          null,
          addresses.map((address) => ({ address, family: 4 })),
        )) as unknown as typeof lookup;
    const ask = (addresses: readonly string[], all: boolean) =>
      new Promise<unknown>((answer) => {
        checkedLookup([], resolve(addresses))('hook.example.com', { all }, (error, found) => answer(error ?? found));
      });
    expect(await ask(['93.184.216.34', '10.0.0.1'], true)).toBeInstanceOf(RefusedAddress);
    expect(await ask(['93.184.216.34'], true)).toEqual([{ address: '93.184.216.34', family: 4 }]);
    expect(await ask(['93.184.216.34'], false)).toBe('93.184.216.34');
    expect(await ask([], true)).toMatchObject({ message: 'it has no address' });
  });
});
