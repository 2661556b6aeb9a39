import { describe, expect, it } from 'vitest';
import { nearest, suggest } from '../../../server/base/nearest.ts';

describe('the nearest known word', () => {
  it.each([
    ['profil', 'profile'],
    ['shcedule', 'schedule'],
    ['URL', 'url'],
    ['appplies', 'applies'],
  ])('to %s is %s', (typed, expected) => {
    expect(nearest(typed, ['url', 'profile', 'schedule', 'applies'])).toBe(expected);
  });

  it('is none when nothing is near, and then all are listed', () => {
    expect(nearest('xyzzyx', ['url', 'profile'])).toBeNull();
    expect(suggest('xyzzyx', ['url', 'profile'])).toBe('known here: profile, url');
  });
});
