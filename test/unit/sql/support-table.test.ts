import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dialectPage } from './support-table.ts';

describe('the page of SQL dialects', () => {
  it('says what the dialects and the cases say', async () => {
    await expect(dialectPage()).toMatchFileSnapshot(join(import.meta.dirname, '../../../docs/sql-dialects.md'));
  });
});
