import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Addresses that a receiver may have beside public ones. */
export type ExtraAddresses = readonly ('private' | 'loopback')[];

/** Metadata services of clouds that stand in private ranges. */
const metadataServices = ['fd00:ec2::254', 'fd20:ce::254'];

/** Why nothing is sent to an address; null: it may be. What is neither public nor named (link-local, metadata services) never is. */
export function refusedAddress(address: string, extra: ExtraAddresses): string | null {
  if (!ipaddr.isValid(address)) return 'its address cannot be read';
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (metadataServices.includes(parsed.toString())) return 'its address is a metadata service';
  if (range === 'unicast') return null;
  if (range === 'loopback') return extra.includes('loopback') ? null : 'its address is this machine';
  if (range === 'private' || range === 'uniqueLocal')
    return extra.includes('private') ? null : 'its address is in a private network';
  return `its address is ${range}, not a public one`;
}

/** A connection to an address that may not be asked. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

/**
 * Finds the addresses of a name and hands out only those that were looked at: the connection is made to them and not to
 * what the name means a moment later. One address that may not be asked refuses the name.
 */
export function checkedLookup(extra: ExtraAddresses, resolve: typeof lookup = lookup): LookupFunction {
  return (name, options, done) => {
    resolve(name, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, []);
      for (const { address } of addresses) {
        const why = refusedAddress(address, extra);
        if (why !== null) return done(new RefusedAddress(why), []);
      }
      const [first] = addresses;
      if (first === undefined) return done(new Error('it has no address'), []);
      return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}
