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

  it.each([
    ['<p>Seen.</p><p style="color:#fff">Not seen.</p>', 'Seen.', 2],
    ['<p>Seen.</p><p style="color: WHITE">Not, <b style="color:black">seen</b>.</p>', 'Seen. | seen', 1],
    ['<body bgcolor="#000080"><font color="navy">Not.</font><font color="white">Seen.</font>', 'Seen.', 1],
    ['<p>Seen.</p><p style="color: rgba(0, 0, 0, 0)">Not.</p>', 'Seen.', 1],
    ['<p>Seen.</p><p style="background:#123456; color:rgb(18, 52, 86)">Not.</p>', 'Seen.', 1],
    ['<p>Seen.</p><p style="position:absolute; left:-9999px">Not.</p>', 'Seen.', 1],
    ['<p>Seen.</p><p style="text-indent: -1000em">Not.</p>', 'Seen.', 1],
    ['<p>Seen.</p><p style="height:0; overflow:hidden">Not.</p>', 'Seen.', 1],
    ['<p>Seen.</p><p style="clip: rect(0, 0, 0, 0)">Not.</p>', 'Seen.', 1],
    ['<p>Seen.</p><p style="color: hsl(0, 0%, 100%)">Not.</p>', 'Seen.', 1],
    ['<p>Seen.</p><p style="background: hsl(240 100% 50%); color: #00f">Not.</p>', 'Seen.', 1],
    ['<p>Seen.</p><p><font color="#FFFFFF">Not.</font></p>', 'Seen.', 1],
    ['<p>Seen.</p><p style="opacity: 0.01">Not.</p>', 'Seen.', 1],
    ['<p>Seen.</p><p style="filter: opacity(0)">Not.</p>', 'Seen.', 1],
    ['<p>Seen.</p><p style="font: 0/0 serif">Not.</p>', 'Seen.', 1],
    ['<p style="font: 10px serif; opacity: .2; filter: opacity(0.5); color: hsl(0, 0%, 40%)">Seen.</p>', 'Seen.', 0],
    ['<p style="background: hsl(120, 100%, 25%); color: hsl(240, 100%, 50%)">Seen.</p>', 'Seen.', 0],
    // White on a band of another colour, on a picture, and a layout that moves a column.
    ['<div style="background: navy"><p style="color: white">Seen.</p></div>', 'Seen.', 0],
    ['<div style="background: url(a.png)"><p style="color: white">Seen.</p></div>', 'Seen.', 0],
    ['<div style="background: white"><p style="color: #333">Seen.</p></div>', 'Seen.', 0],
    ['<p style="margin-left: -100px; height: 0">Seen.</p>', 'Seen.', 0],
  ])('says nothing in the colour of its ground or moved off it: %s', (body, seen, words) => {
    expect(read(body)).toEqual([seen, words]);
  });

  it('may stand on a ground that another file tells, which is said', () => {
    const page = (head: string) =>
      htmlLines(
        `<html><head>${head}</head><body><p style="color:white">Said.</p><p style="color:white;background:white">Not.</p></body></html>`,
      );
    const { lines, looksElsewhere } = page('<link rel="stylesheet" href="a.css">');
    expect([lines.map(({ text }) => text), looksElsewhere]).toEqual([['Said.'], true]);
    expect(page('<!-- <link rel="stylesheet" href="a.css"> --><link rel="icon" href="a">').looksElsewhere).toBe(false);
  });

  it('is read with colours of the style sheets in it', () => {
    const body = '<div class="band"><p class="light">Seen.</p></div><p class="light">Not.</p>';
    expect(read(body, '.light { color: #fefefe } .band { background-color: #222 }')).toEqual(['Seen.', 1]);
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
