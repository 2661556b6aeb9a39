import { describe, expect, it } from 'vitest';
import { readHouseRules } from '../../../../server/rulebook/house-rules.ts';
import { parseDocument } from '../../../../server/rulebook/texts/parse-document.ts';
import { plainMarkdown } from '../../../../server/rulebook/texts/markdown.ts';

const text = `---
title: House rules
owner: jane
---
<!-- Draft: salary data may be shown to everybody. -->
# House rules

## 1 Salaries

Salary data may be seen by the payroll team alone.
<!--
Medical data of staff may be sold.
-->

<div style="display:none">Badges may be lent.</div>

## 2 Cameras

- The sheet is ~~kept for ten years~~ shredded, see [the handbook][h].
- ~~Camera footage is kept
  for ten years.~~
- Footage goes after <del>thirty</del> three days.[^1]

[//]: # (Bank data may be published.)
[h]: https://example.com/handbook "Handbook"
[^1]: Counted from midnight.
`;

describe('Markdown', () => {
  it('has no rule in its comments, front matter, definitions of links, struck-out and hidden text', () => {
    expect(readHouseRules(text, 'OURS').map(({ id, duty }) => [id, duty.replace(/\[the handbook\].*/u, '…')])).toEqual([
      ['OURS:1', 'Salary data may be seen by the payroll team alone.'],
      ['OURS:2.1', 'The sheet is shredded, see …'],
      ['OURS:2.2', 'Footage goes after three days.[^1]'],
      ['OURS:2.3', '[^1]: Counted from midnight.'],
    ]);
  });

  it('is read the same as a document, also where it begins with a comment or has no heading', async () => {
    for (const given of [text, text.slice(text.indexOf('<!--')), text.replaceAll(/^#.*$/gmu, '')]) {
      const parsed = await parseDocument(Buffer.from(given), { numbering: 'free' });
      expect(parsed.format).toBe('text');
      expect(parsed.text).not.toMatch(/Draft|Medical|Badges|Bank|ten years|thirty|jane/u);
      expect(parsed.text).toContain('payroll team');
    }
  });

  it.each([
    'Between ~5 and ~6 days.',
    'Write `<!--` for a remark.',
    'See [1]: the annex tells more of it.',
    'Keep a < b and c > d.',
  ])('keeps what is shown: %s', (line) => {
    expect(plainMarkdown(line).replaceAll('`', '')).toBe(line.replaceAll('`', ''));
    expect(readHouseRules(line, 'OURS')).toHaveLength(1);
  });
});
