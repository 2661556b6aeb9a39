import { describe, expect, it } from 'vitest';
import { htmlLines } from '../../../../server/rulebook/texts/html-lines.ts';

function read(body: string, style = '') {
  const { lines, hidden } = htmlLines(`<html><head><style>${style}</style></head><body>${body}</body></html>`);
  return [lines.map(({ text }) => text).join(' | '), hidden];
}

describe('a page of HTML', () => {
  it.each([
    ['<p>Seen.</p><p style="display:none">Not seen.</p>', 'Seen.', 2],
    ['<p>Seen.</p><p hidden>Not seen.</p><p>Again.</p>', 'Seen. | Again.', 2],
    ['<p>Seen<span style="font-size:0">, and not</span>.</p>', 'Seen .', 2],
    ['<p>Seen.</p><p style="color: red; VISIBILITY : hidden !important">Not.</p>', 'Seen.', 1],
    ['<p>Seen.</p><p style="display&#58;none">Not.</p>', 'Seen.', 1],
    ['<div style="display:none"><div>Not.</div><p>Nor this.</div><p>Seen.</p>', 'Seen.', 3],
    // An end that is left out ends the hidden element all the same.
    ['<ul><li hidden>Not.<li>Seen.</ul>', 'Seen.', 1],
    ['<p hidden>Not.<p>Seen.', 'Seen.', 1],
    ['<table><tr hidden><td>Not.<tr><td>Seen.</table>', 'Seen.', 1],
    ['<p><input hidden>Seen.</p>', 'Seen.', 0],
    ['<p style="font-size:0.8em; opacity:0.5">Seen.</p><p class="hidden">Seen.</p>', 'Seen. | Seen.', 0],
  ])('says nothing that a browser does not show, and counts its words: %s', (body, seen, words) => {
    expect(read(body)).toEqual([seen, words]);
  });

  it('is read with the style sheets in it', () => {
    const body = '<p class="a x">One.</p><div class="off"><p>Two.</p></div><p id="d">Three.</p><p>Four.</p>';
    expect(read(body, '.x, #d { display: none } .off p { visibility: hidden }')).toEqual(['Four.', 3]);
    expect(read(body, '@media print { .x { display: none } } .x:hover, p .y { display: none }')).toEqual([
      'One. | Two. | Three. | Four.',
      0,
    ]);
    expect(read(body, '@media screen { /* } */ p.x { display: none } }')).toEqual(['Two. | Three. | Four.', 1]);
  });
});
