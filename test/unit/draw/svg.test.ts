import { describe, expect, it } from 'vitest';
import { chain, graph, hidden, link, node, shop } from './graphs.ts';
import { drawMermaid } from '../../../server/draw/mermaid.ts';
import { drawSvg } from '../../../server/draw/svg.ts';

/** True when every tag that opens closes, in order. */
function isBalanced(markup: string): boolean {
  const open: string[] = [];
  for (const [, close, name = '', selfClosing] of markup.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)) {
    if (close === '/') {
      if (open.pop() !== name) return false;
    } else if (selfClosing !== '/') open.push(name);
  }
  return open.length === 0;
}

const hostile = graph(
  'a:x',
  [node('"><script>alert(1)</script>', 0), node('b</style>:<img src=x onerror=y>', 1, 'SENSITIVE', '&lt;<b>')],
  [link('"><script>alert(1)</script>', 'b</style>:<img src=x onerror=y>', 'unknown', { fn: '<i>"' })],
);

describe('SVG drawing', () => {
  it('is an image with a name and a description', () => {
    const svg = drawSvg(shop(), { as: 'file' });
    expect(svg).toContain('role="img"');
    expect(svg).toContain('Where it goes: shop.public.customers.email</title>');
    expect(svg).toMatch(
      /<desc id="lx-desc">10 fields in 7 datasets, 12 connections; 7 sensitive; 4 connections on which/,
    );
  });

  it('needs nothing from outside', () => {
    const svg = drawSvg(shop(), { as: 'file' }).replace('http://www.w3.org/2000/svg', '');
    expect(svg).not.toMatch(/https?:|url\(|@import|<script|<image|<foreignObject|href/i);
  });

  it('writes hostile names as text', () => {
    for (const options of [
      { as: 'file' },
      { as: 'inline', linkTemplate: { field: '/f/{uid}', dataset: '/d/{uid}' } },
    ] as const) {
      const svg = drawSvg(hostile, options);
      expect(svg).not.toMatch(/<script|<img|<b>|<i>/);
      expect(isBalanced(svg)).toBe(true);
    }
  });

  it('links fields and datasets where a template is given, and hidden places nowhere', () => {
    const svg = drawSvg(graph('a:x', [node('a:x', 0), hidden('h', 1)], [link('a:x', 'h')]), {
      as: 'inline',
      linkTemplate: { field: '/fields/{uid}', dataset: '/datasets/{uid}' },
    });
    expect(svg).toContain('<a href="/fields/a%3Ax">');
    expect(svg).toContain('<a href="/datasets/a">');
    expect(svg.match(/<a /g)).toHaveLength(2);
    expect(svg).toContain('role="group"');
  });

  it('tells masked, hashed and unknown steps in words', () => {
    const svg = drawSvg(shop(), { as: 'file' });
    for (const words of [
      'hashed',
      'masked',
      'part kept',
      'count only',
      'unknown function',
      'columns not told',
      'filter',
    ])
      expect(svg).toContain(`>${words}</text>`);
    expect(svg).toContain('SHA2');
  });

  it('shortens a long name and keeps the whole one in its title', () => {
    const name = `warehouse.${'very_'.repeat(20)}long`;
    const svg = drawSvg(graph(`${name}:x`, [node(`${name}:x`, 0)], []), { as: 'file' });
    expect(svg).toContain(`<title>${name} (postgres)</title>`);
    expect(svg.match(new RegExp(`>${name}</text>`))).toBeNull();
  });

  it('gives pictures on one page their own ids', () => {
    expect(drawSvg(chain(2), { as: 'inline', idPrefix: 'flow-2' })).toContain(
      'aria-labelledby="flow-2-title flow-2-desc"',
    );
    expect(drawSvg(chain(2), { as: 'inline', idPrefix: '"><x' })).not.toContain('<x');
  });
});

describe('Mermaid text', () => {
  it('has the boxes, rows, words and notes of the drawing', () => {
    const text = drawMermaid(shop());
    expect(text.startsWith('flowchart LR\n')).toBe(true);
    expect(text).toContain('subgraph b4["shop.marts.customer_360"]');
    expect(text).toContain('-.->|"hashed"|');
    expect(text).toContain('Cut short');
    expect(text).toContain('["hidden"]:::hidden');
  });

  it('lets no name end its label', () => {
    const text = drawMermaid(hostile);
    for (const line of text.split('\n')) expect((line.match(/"/g) ?? []).length % 2).toBe(0);
    expect(text).not.toContain('<script');
  });
});
