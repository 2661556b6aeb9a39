import { describe, expect, it } from 'vitest';
import { withoutPersons } from '../../../server/base/person-words.ts';

describe('persons in plain words', () => {
  it.each([
    ['Johnson is ill', '[name] is ill'],
    ['since Rodriguez has left', 'since [name] has left'],
    ["Nguyen's salary is kept here", "[name]'s salary is kept here"],
    ['ask Hernandez about it', 'ask [name] about it'],
    ['filled by patient Martinez', 'filled by patient [name]'],
    ['Schmidt ist krank', '[name] ist krank'],
    ['von Müller gepflegt', 'von [name] gepflegt'],
  ])('%s: %s', (text, kept) => {
    expect(withoutPersons(text)).toBe(kept);
  });

  it.each([
    'Price is in euros',
    'Grant is expired when May has passed',
    'Status is set by Trigger',
    'set by Day and Case',
    'Washington',
    '`Johnson` is a column of the import',
    'Johnson_id is the key',
    'JOHNSON IS A CONSTANT',
    'filled by etl.Johnson.load',
    'Blorfington is unknown',
  ])('%s stays', (text) => {
    expect(withoutPersons(text)).toBe(text);
  });
});
