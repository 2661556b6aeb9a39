import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../server/rulebook/texts/parse-document.ts';
import { stream, writePdf } from './make-pdf.ts';
import { drawnFont, duty, form, layer, order, pdf, picture, states, text, type Page } from './one-page-pdf.ts';

/** A shading from grey to white, called `S`. */
const gradient = {
  resources:
    '/Shading << /S << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 600 0] /Extend [true true] /Function << /FunctionType 2 /Domain [0 1] /C0 [0.8] /C1 [1] /N 1 >> >> >>',
};
const read = async (page: Page) => parseDocument(pdf(page), { numbering: 'articles' });

describe('text that no eye sees is left out and told by page', () => {
  it.each<[string, string, Page]>([
    ['drawn with nothing', 'not drawn', { after: text('3 Tr') }],
    ['only cutting out what nobody paints', 'not drawn', { after: `q ${text('7 Tr')} Q` }],
    ['cutting out what is painted elsewhere', 'not drawn', { after: `q ${text('7 Tr')} 0 g 40 90 9 9 re f Q` }],
    ['cut out of white', 'not drawn', { after: `q ${text('7 Tr')} 1 g 40 590 400 30 re f Q` }],
    ['white on the paper', 'in the colour of what lies below', { after: text('1 g') }],
    ['nearly white on the paper', 'in the colour of what lies below', { after: text('0.97 0.96 0.98 rg') }],
    ['white in four inks', 'in the colour of what lies below', { after: text('0 0 0 0 k') }],
    [
      'black on a black band',
      'in the colour of what lies below',
      { before: '0 g 40 590 400 30 re f', after: text('0 g') },
    ],
    ['transparent', 'transparent', { resources: states('/ca 0'), after: `q /G gs ${text('')} Q` }],
    [
      'nearly transparent',
      'in the colour of what lies below',
      { resources: states('/ca 0.07'), after: `q /G gs ${text('')} Q` },
    ],
    [
      'in a transparent group',
      'transparent',
      {
        resources: `${states('/ca 0')} /XObject << /X 20 0 R >>`,
        more: new Map([[20, form(text(''), '/Group << /S /Transparency >>')]]),
        after: 'q /G gs /X Do Q',
      },
    ],
    ['white with a nearly white outline', 'in the colour of what lies below', { after: text('1 g 0.98 G 2 Tr') }],
    ['clipped away', 'clipped away', { after: `q 0 0 20 20 re W n ${text('')} Q` }],
    [
      'clipped to nothing by two boxes apart',
      'clipped away',
      { after: `q 0 0 9 9 re W n 40 590 400 30 re W n ${text('')} Q` },
    ],
    [
      'outside the box of a form',
      'clipped away',
      {
        resources: '/XObject << /X 20 0 R >>',
        more: new Map([
          [
            20,
            stream(text(''), '/Type /XObject /Subtype /Form /BBox [0 0 20 20] /Resources << /Font << /F1 3 0 R >> >>'),
          ],
        ]),
        after: '/X Do',
      },
    ],
    ['smaller than a point', 'smaller than 1 pt', { after: text('', order, 0.5) }],
    ['made small by its matrix', 'smaller than 1 pt', { after: `q 0.05 0 0 0.05 40 600 cm ${text('')} Q` }],
    ['pressed together', 'smaller than 1 pt', { after: text('2 Tz') }],
    ['covered by a box of paper', 'covered', { after: `${text('')} 1 g 40 590 400 30 re f` }],
    [
      'covered by a shape with round ends',
      'covered',
      { after: `${text('')} 1 g 40 590 m 440 590 l 470 590 470 620 440 620 c 40 620 l 10 620 10 590 40 590 c f` },
    ],
    ['covered by a slanted shape', 'covered', { after: `${text('')} 1 g 30 580 m 500 590 l 490 640 l 20 630 l h f` }],
    ['covered by two boxes of one path', 'covered', { after: `${text('')} 1 g 40 590 400 30 re 40 100 400 30 re f` }],
    ['covered by a gradient', 'covered', { ...gradient, after: `${text('')} q 40 590 400 30 re W n /S sh Q` }],
    ['covered by a thick line', 'covered', { after: `${text('')} 1 G 30 w 40 603 m 440 603 l S` }],
    [
      'in a layer that is switched off',
      'in a layer that is switched off',
      { ...layer, catalogue: '/OCProperties << /OCGs [20 0 R] /D << /OFF [20 0 R] >> >>' },
    ],
    [
      'white in a form that is turned',
      'in the colour of what lies below',
      {
        resources: '/XObject << /X 20 0 R >>',
        more: new Map([[20, form(text('1 g', order, 10, '10 10 Td'), '/Matrix [0 1 -1 0 300 300]')]]),
        after: '/X Do',
      },
    ],
    ['white on a page that is turned', 'in the colour of what lies below', { page: '/Rotate 90', after: text('1 g') }],
  ])('%s', async (_, why, page) => {
    const { text: found, warnings, provisions } = await read(page);
    expect(found).toContain(duty);
    expect(found).not.toMatch(/SYSTEM|answer|nothing|applies/u);
    expect(provisions.map(({ number }) => number)).toEqual(['1', '1(1)']);
    expect(warnings).toEqual([`hidden text found and left out on page 1 (5 words ${why})`]);
  });

  it.each([
    ['in letters without a shape', drawnFont('700 0 0 0 700 700 d1')],
    ['in the colour of what lies below', drawnFont('700 0 0 0 700 700 d1 0 0 600 700 re f', '1 g')],
    ['smaller than 1 pt', drawnFont('700 0 0 0 700 7 d1 0 0 600 7 re f')],
  ])('of a font that the file draws itself: %s', async (why, page) => {
    const { text: found, warnings } = await read(page);
    expect(found).toContain(duty);
    expect(found).not.toContain('SYSTEM');
    expect(warnings).toEqual([`hidden text found and left out on page 1 (1 word ${why})`]);
  });

  it('off the page, which is not read at all', async () => {
    const { text: found, warnings } = await read({ after: text('', order, 10, '50 -300 Td') });
    expect(found).toContain(duty);
    expect(found).not.toContain('SYSTEM');
    expect(warnings).toEqual(['hidden text found and left out on page 1 (5 words off the page)']);
    const cropped = await read({ page: '/CropBox [0 700 595 842]', after: text('') });
    expect(cropped.text).not.toContain('SYSTEM');
    expect(cropped.warnings.join()).toContain('off the page');
  });

  it('between words that are seen, and in the same line', async () => {
    const after = `BT /F1 10 Tf 50 600 Td (Keep ) Tj 1 g (${order}) Tj 0 g ( these words.) Tj ET`;
    const { text: found } = await read({ after });
    expect(found).toMatch(/Keep\s+these words\./u);
    expect(found).not.toContain('SYSTEM');
  });

  it('in words that also stand where they are seen: those stay', async () => {
    const { text: found } = await read({
      after: `${text('1 g', 'Guard the towers')} ${text('0 g', 'Guard the towers', 10, '50 500 Td')}`,
    });
    expect(found.match(/Guard the towers/gu)).toHaveLength(1);
  });

  it('is all that there is: the file is refused, and the reason said', async () => {
    const one = `BT 1 g /F1 6 Tf 50 700 Td (${`${duty} `.repeat(3)}) Tj ET`;
    const bytes = writePdf(
      new Map<number, string | Buffer>([
        [1, '<< /Type /Catalog /Pages 2 0 R >>'],
        [2, '<< /Type /Pages /Count 1 /Kids [10 0 R] >>'],
        [3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
        [
          10,
          '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 3000 842] /Contents 11 0 R /Resources << /Font << /F1 3 0 R >> >> >>',
        ],
        [11, stream(one)],
      ]),
    );
    await expect(parseDocument(bytes, { numbering: 'articles' })).rejects.toMatchObject({
      code: 'ARTEFACT_INVALID',
      message: expect.stringMatching(/nearly no text that is seen: hidden text found and left out on page 1/u),
    });
  });
});

describe('text that is seen stays, and nothing is said', () => {
  it.each<[string, Page]>([
    ['white on a dark band', { before: '0.1 0.1 0.3 rg 40 590 400 30 re f', after: text('1 g') }],
    [
      'white on a dark band that a form draws',
      {
        resources: '/XObject << /X 20 0 R >>',
        more: new Map([[20, form('0 g 40 590 400 30 re f')]]),
        before: '/X Do',
        after: text('1 g'),
      },
    ],
    ['a footnote of five points', { after: text('', order, 5) }],
    ['small by size and large by matrix', { after: `BT /F1 1 Tf 10 0 0 10 50 600 Tm (${order}) Tj ET` }],
    ['turned upwards', { after: `BT /F1 10 Tf 0 1 -1 0 300 100 Tm (${order}) Tj ET` }],
    ['on a page that is turned', { page: '/Rotate 270', after: text('') }],
    ['grey', { after: text('0.6 g') }],
    ['half transparent', { resources: states('/ca 0.5'), after: `q /G gs ${text('')} Q` }],
    ['after a transparent drawing that is over', { resources: states('/ca 0'), after: `q /G gs Q ${text('')}` }],
    ['inside a clip', { after: `q 40 590 400 30 re W n ${text('')} Q` }],
    ['after a clip that is over', { after: `q 0 0 9 9 re W n Q ${text('')}` }],
    ['stroked', { after: text('1 g 0 G 1 Tr') }],
    ['filled white with a dark outline', { after: text('1 g 0 G 2 Tr') }],
    ['cut out of a dark box', { after: `q ${text('7 Tr')} 0 g 40 590 400 30 re f Q` }],
    [
      'in a form that is moved onto the page',
      {
        resources: '/XObject << /X 20 0 R >>',
        more: new Map([[20, form(text('', order, 10, '10 10 Td'), '/Matrix [1 0 0 1 100 500]')]]),
        after: '/X Do',
      },
    ],
    [
      'in a group',
      {
        resources: '/XObject << /X 20 0 R >>',
        more: new Map([[20, form(text(''), '/Group << /S /Transparency >>')]]),
        after: '/X Do',
      },
    ],
    [
      'under a highlighter',
      { resources: states('/ca 0.4'), after: `${text('')} q /G gs 1 1 0 rg 40 590 400 30 re f Q` },
    ],
    ['struck through by a thin line', { after: `${text('')} 0.5 w 40 603 m 440 603 l S` }],
    [
      'beside a shape in the same box',
      { after: `${text('')} 1 g 40 500 m 540 500 l 540 595 l 540 590 l 540 640 l h f` },
    ],
    ['in the hole of a ring', { after: `${text('')} 1 g 20 570 460 70 re 35 585 430 40 re f*` }],
    ['on a gradient of another colour', { ...gradient, after: `q 40 590 400 30 re W n /S sh Q ${text('')}` }],
    ['in a layer that is on', { ...layer, catalogue: '/OCProperties << /OCGs [20 0 R] /D << /ON [20 0 R] >> >>' }],
    ['on larger units', { page: '/UserUnit 4', after: text('', order, 0.5) }],
  ])('%s', async (name, page) => {
    const { text: found, warnings } = await read(page);
    expect(found).toContain(duty);
    expect(found).toContain(order);
    expect(warnings.filter((one) => !/picture, a mask or a note/u.test(one))).toEqual([]);
    // Half transparent paint below or above: whether one sees through it is not told.
    expect(warnings).toHaveLength(['under a highlighter', 'on a gradient of another colour'].includes(name) ? 1 : 0);
  });

  it('in letters that the file itself draws, and told where it colours them, too', async () => {
    const drawn = await read(drawnFont('700 0 0 0 700 700 d1 0 0 600 700 re f'));
    expect([drawn.text.includes('SYSTEM'), drawn.warnings]).toEqual([true, []]);
    const coloured = await read(drawnFont('700 0 d0 1 g 0 0 600 700 re f'));
    expect(coloured.text).toContain('SYSTEM');
    expect(coloured.warnings).toEqual([expect.stringMatching(/^on page 1 text .* brings its own colours/u)]);
  });

  it('on or under a picture it stays, and that nobody could tell is said', async () => {
    const drawn = 'q 400 0 0 30 40 590 cm /I Do Q';
    for (const page of [{ after: `${drawn} ${text('1 g')}` }, { after: `${text('')} ${drawn}` }]) {
      const { text: found, warnings } = await read({
        ...page,
        resources: '/XObject << /I 20 0 R >>',
        more: new Map([[20, picture]]),
      });
      expect(found).toContain(order);
      expect(warnings).toEqual([
        'on page 1 text lies on or under a picture, a mask or a note, or brings its own colours: whether it can be seen was not told',
      ]);
    }
  });

  it('under a note that is drawn, or in a pattern, it stays, and that nobody could tell is said', async () => {
    const note = (subtype: string): Page => ({
      after: text(''),
      page: '/Annots [30 0 R]',
      more: new Map<number, string | Buffer>([
        [30, `<< /Type /Annot /Subtype /${subtype} /Rect [40 590 500 620] /F 4 /AP << /N 31 0 R >> >>`],
        [31, form('1 g 0 0 460 30 re f')],
      ]),
    });
    const shading = gradient.resources.slice(gradient.resources.indexOf('/S << '), -3).replace('/S ', '/Shading ');
    const pattern = {
      after: `/Pattern cs /P scn ${text('')}`,
      resources: '/Pattern << /P 20 0 R >>',
      more: new Map([[20, `<< /Type /Pattern /PatternType 2 ${shading} >>`]]),
    };
    for (const page of [note('Square'), note('FreeText'), pattern]) {
      const { text: found, warnings } = await read(page);
      expect(found).toContain(order);
      expect(warnings).toEqual([expect.stringMatching(/^on page 1 text .* whether it can be seen was not told$/u)]);
    }
    // A mark on text lets it be read.
    expect((await read(note('Highlight'))).warnings).toEqual([]);
  });

  it('an unseen layer on the picture of a whole page is what an OCR read: it stays, and is told', async () => {
    const bytes = writePdf(
      new Map<number, string | Buffer>([
        [1, '<< /Type /Catalog /Pages 2 0 R >>'],
        [2, '<< /Type /Pages /Count 1 /Kids [10 0 R] >>'],
        [3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
        [
          10,
          '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 11 0 R /Resources << /Font << /F1 3 0 R >> /XObject << /I 20 0 R >> >> >>',
        ],
        [
          11,
          stream(
            `q 595 0 0 842 0 0 cm /I Do Q BT 3 Tr /F1 6 Tf 14 TL 50 780 Td (Article 1) Tj T* (Duties) Tj T* (1. ${duty}) Tj ET`,
          ),
        ],
        [20, picture],
      ]),
    );
    const { text: found, warnings } = await parseDocument(bytes, { numbering: 'articles' });
    expect(found).toContain(duty);
    expect(warnings).toEqual([expect.stringMatching(/^on page 1 the text is an unseen layer on a picture/u)]);
  });
});
