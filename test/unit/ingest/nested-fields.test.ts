import { describe, expect, it } from 'vitest';
import { withMembers } from '../../../server/ingest/nested-fields.ts';

const address = [['address'], ['address', 'city'], ['address', 'geo', 'lat'], ['address2']];

describe('a flow of a field with members', () => {
  it('carries each member to the like-named one', () => {
    const known = { from: address, to: [['home'], ['home', 'City'], ['home', 'geo', 'lat']] };
    expect(withMembers({ from: ['address'], to: ['home'] }, known)).toEqual([
      { from: ['address'], to: ['home'] },
      { from: ['address', 'city'], to: ['home', 'City'] },
      { from: ['address', 'geo', 'lat'], to: ['home', 'geo', 'lat'] },
    ]);
  });

  it('carries all of them into a target that has no members', () => {
    expect(withMembers({ from: ['address'], to: ['text'] }, { from: address, to: [['text']] })).toEqual([
      { from: ['address'], to: ['text'] },
      { from: ['address', 'city'], to: ['text'] },
      { from: ['address', 'geo', 'lat'], to: ['text'] },
    ]);
  });

  it('carries nothing else when a single member flows', () => {
    const flow = { from: ['address', 'city'], to: ['city'] };
    expect(withMembers(flow, { from: address, to: [['city']] })).toEqual([flow]);
  });
});
