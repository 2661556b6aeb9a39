import { describe, expect, it } from 'vitest';
import { isNotThere, readFailure, writeFailure } from '../../../server/base/file-failure.ts';

const thrown = (code: string): Error => Object.assign(new Error(`${code}: said by the system`), { code });

describe('why a file cannot be used', () => {
  it.each([
    ['ENOENT', 'nothing is there'],
    ['ENOTDIR', 'a part of its path is a file, no folder'],
    ['EISDIR', 'it is a folder'],
    ['EACCES', 'this user has no right to read it'],
    ['EPERM', 'this user has no right to read it'],
  ])('is said in words when it is read: %s', (code, why) => {
    expect(readFailure(thrown(code)).why).toBe(why);
  });

  it.each([
    ['ENOENT', 'its folder is not there', /choose one that exists/u],
    ['EISDIR', 'it is a folder', /name a file/u],
    ['EACCES', 'this user has no right to write there', /may write/u],
    ['EROFS', 'nothing can be written to that disk', /another disk/u],
    ['ENOSPC', 'the disk is full', /make room/u],
    ['EDQUOT', 'the disk is full', /make room/u],
  ])('is said in words when it is written, with what to do: %s', (code, why, remedy) => {
    expect(writeFailure(thrown(code))).toEqual({ why, remedy: expect.stringMatching(remedy) as string });
  });

  it('is said as the system says it where nobody has words for it', () => {
    expect(readFailure(thrown('EIO'))).toEqual({
      why: 'EIO: said by the system',
      remedy: expect.any(String) as string,
    });
    expect(writeFailure('no error')).toMatchObject({ why: 'no error' });
  });

  it('tells nothing there from something that cannot be looked at', () => {
    expect(['ENOENT', 'ENOTDIR', 'EACCES', 'EIO'].map((code) => isNotThere(thrown(code)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
