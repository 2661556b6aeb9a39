import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../server/rulebook/texts/parse-document.ts';
import { readXml } from '../../../../server/rulebook/texts/read-xml.ts';
import type { Numbering } from '../../../../server/rulebook/texts/numbered-text.ts';

const parse = (text: string, numbering: Numbering = 'articles') => parseDocument(Buffer.from(text), { numbering });
const numbersOf = async (text: string, numbering: Numbering = 'articles') =>
  (await parse(text, numbering)).provisions.map(({ number }) => number);

const formex = `<?xml version="1.0"?><CONS.ACT><INFO.CONSLEG CONSLEG.DATE="20300102"/><LG.DOC>DE</LG.DOC><NO.CELEX>32030R0001</NO.CELEX>
<CONSID><NP><NO.P>(1)</NO.P><TXT>Wer Daten hält, schützt sie.<NOTE>Fußnote</NOTE></TXT></NP></CONSID>
<ARTICLE IDENTIFIER="004"><TI.ART>Artikel 4</TI.ART><STI.ART>Wörter</STI.ART>
<PARAG IDENTIFIER="004.001"><NO.PARAG>(1)</NO.PARAG><ALINEA><P>Es gilt:</P><LIST><ITEM><NP><NO.P>a)</NO.P><TXT><QUOT.START CODE="201E"/>Halter<QUOT.END CODE="201C"/> ist, wer hält;</TXT></NP></ITEM>
<ITEM><NP><NO.P>b)</NO.P><TXT>sonst nichts.</TXT></NP></ITEM></LIST></ALINEA></PARAG></ARTICLE></CONS.ACT>`;
const clml = `<Legislation DocumentURI="http://www.legislation.gov.uk/eur/2030/1"><P1group><Title>Guarding</Title>
<P1 id="article-9"><Pnumber>9</Pnumber><P1para><P2 id="article-9-1"><Pnumber>1</Pnumber><P2para><Text>Data is guarded.</Text></P2para></P2>
<P2 id="article-9-2"><Pnumber>2</Pnumber><P2para><Text>But not where</Text><P3 id="article-9-2-a"><Pnumber>a</Pnumber><P3para><Text>nobody minds.</Text></P3para></P3></P2para></P2></P1para></P1></P1group></Legislation>`;
const ecfr = `<ECFR><DIV5 N="164" TYPE="PART"><DIV8 N="§ 164.900" TYPE="SECTION"><HEAD>§ 164.900 Guards.</HEAD><P>(a)(1) First guard.</P><P>(2) Second guard.</P><P>(b) Other. (i) One.</P><P>(ii) Two.</P></DIV8>
<DIV8 N="164.901" TYPE="SECTION"><HEAD>§ 164.901 Definitions.</HEAD><P>Here:</P><P><I>Guard</I> means whoever guards.</P><P><I>Holder of keys</I> means whoever holds keys.</P></DIV8></DIV5></ECFR>`;

describe('a document of structure', () => {
  it('in Formex gives articles, points and recitals by their numbers, without notes, and says its language and edition', async () => {
    const text = await parse(formex);
    expect(text.provisions.map(({ number }) => number)).toEqual(['R1', '4', '4(1)', '4(1)(a)', '4(1)(b)']);
    expect(text.provisions[0]?.text).toBe('Wer Daten hält, schützt sie.');
    expect(text.provisions[3]?.text).toBe('a) „Halter“ ist, wer hält;');
    expect(text).toMatchObject({ format: 'formex', language: 'de', marks: ['32030R0001', 'consolidated 20300102'] });
  });

  it('cuts each passage at the place that its span names', async () => {
    const text = await parse(formex);
    for (const { span, text: words } of text.provisions) expect(text.text.slice(...span)).toBe(words);
  });

  it('in CLML goes by the ids of its parts', async () => {
    expect(await numbersOf(clml)).toEqual(['9', '9(1)', '9(2)', '9(2)(a)']);
  });

  it('of the eCFR counts its flat paragraphs, lists inside a line and terms without a number', async () => {
    expect(await numbersOf(ecfr, 'cfr')).toEqual([
      '164.900',
      '164.900(a)',
      '164.900(a)(1)',
      '164.900(a)(2)',
      '164.900(b)',
      '164.901',
      '164.901#guard',
      '164.901#holder-of-keys',
    ]);
  });

  it('in OSCAL names controls as the standard prints them', async () => {
    const oscal = {
      catalog: {
        metadata: { title: 'Controls', version: '5' },
        groups: [
          {
            controls: [
              {
                id: 'gd-2',
                title: 'Guards',
                parts: [{ name: 'statement', parts: [{ id: 'gd-2_smt.a', name: 'item', prose: 'Name guards.' }] }],
                controls: [{ id: 'gd-2.1', title: 'Night guards' }],
              },
            ],
          },
        ],
      },
    };
    expect(await numbersOf(JSON.stringify(oscal), 'free')).toEqual(['GD-2', 'GD-2(a)', 'GD-2(1)']);
  });

  it('is refused when it declares entities, is cut short or is XML of another kind', async () => {
    const bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>';
    for (const text of [bomb, '<CONS.ACT><ARTICLE>', '<CONS.ACT></ACT>', '<feed><entry/></feed>', '{"a":1}', '{"a":'])
      await expect(parse(text), text).rejects.toMatchObject({ code: 'ARTEFACT_INVALID' });
    expect(() => readXml('<a>'.repeat(300))).toThrow(/nested deeper/u);
  });
});

describe('a page', () => {
  it('gives the wording in force: struck-out text, scripts and styles are left out', async () => {
    const html = `<html lang="pt"><head><title>Lei</title><style>p{}</style></head><body><p>Article 1</p><p>Objeto</p>
      <p>1. Esta lei protege <strike>ninguém</strike> as pessoas&nbsp;todas.</p><script>evil()</script><table><tr><td>(a)</td><td>sempre;</td></tr></table></body></html>`;
    const text = await parse(html);
    expect(text).toMatchObject({ format: 'html', language: 'pt', title: 'Lei' });
    expect(text.text).toContain('protege as pessoas todas');
    expect(text.text).not.toMatch(/ninguém|evil|p\{\}/u);
    expect(text.provisions.map(({ number }) => number)).toEqual(['1', '1(1)', '1(1)(a)']);
  });
});

describe('plain text', () => {
  it('is cut at sections, and neither lists of contents nor cross-references are taken for them', async () => {
    const text = `Contents
1798.100. Duties.................... 3
1798.105. Deletion.................. 4
1798.100. Duties
(a) A business that holds data guards it as subdivision (b) of Section
1798.105. It does so always.
(b) It tells people.
1798.105. Deletion
(a) People may ask, and the business follows section
(b) of this part.
(1) It deletes.
(2) It tells others.`;
    expect(await numbersOf(text, 'california')).toEqual([
      '1798.100',
      '1798.100(a)',
      '1798.100(b)',
      '1798.105',
      '1798.105(a)',
      '1798.105(a)(1)',
      '1798.105(a)(2)',
    ]);
  });

  it('tells the letter i from the number i by what follows', async () => {
    const letters = 'abcdefghij'.split('').map((letter) => `(${letter}) Point ${letter}.`);
    expect((await numbersOf(`§ 5.1 Things.\n${letters.join('\n')}`, 'cfr')).at(-2)).toBe('5.1(i)');
    const romans = `§ 5.1 Things.\n(h) Eighth.\n(1) First:\n(i) Roman one.\n(ii) Roman two.`;
    const skipped = await numbersOf(
      `§ 5.1 Things.\n${letters.slice(0, 8).join('\n')}\n(1) First:\n(i) Roman one.\n(ii) Roman two.`,
      'cfr',
    );
    expect(skipped.slice(-3)).toEqual(['5.1(h)(1)', '5.1(h)(1)(i)', '5.1(h)(1)(ii)']);
    expect(romans).toContain('(i)');
  });

  it('reads no heading of a part into the section before it', async () => {
    const text = [
      '§ 5.1 Definitions.',
      'Wick means what burns.',
      '[60 XX 1, Jan. 1, 2030]',
      'Subparts B-C [Reserved]',
      'Subpart D—Lamps of the',
      'City',
      'SOURCE: 60 XX 2, unless otherwise noted.',
      '§ 5.20 Keepers.',
      '(a) Keepers heed',
      'Subpart D of this part and part 6.',
      'PART 6—OTHER LAMPS',
      'Contents',
      '§ 6.1 Others.',
      '(a) Others burn too.',
    ].join('\n');
    const { provisions } = await parse(text, 'cfr');
    const textOf = (wanted: string) => provisions.find(({ number }) => number === wanted)?.text;
    expect(textOf('5.1#wick')).toBe('Wick means what burns.\n[60 XX 1, Jan. 1, 2030]');
    expect(textOf('5.20')).toBe('(a) Keepers heed\nSubpart D of this part and part 6.');
    expect(textOf('6.1')).toBe('(a) Others burn too.');
  });

  it('goes on after numbers that are reserved', async () => {
    const text = '§ 5.1 Things.\n(a) First.\n(b)–(d) [Reserved]\n(e) Fifth.\n(f) Sixth.';
    expect(await numbersOf(text, 'cfr')).toContain('5.1(e)');
    expect(await numbersOf(text, 'cfr')).toContain('5.1(f)');
  });

  it('of a standard of dotted numbers is cut by them, annexes last, whatever numbers a line mentions', async () => {
    const text = `3.5 Stored numbers
3.5.1 Stored numbers are made unreadable.
3.5.1.1 Hashes are keyed, as in
3.5.1 above.
12.10.7 Numbers where none belong are answered.
A3.2.1 Scope is confirmed.`;
    expect(await numbersOf(text, 'numbered')).toEqual(['3.5', '3.5.1', '3.5.1.1', '12.10.7', 'A3.2.1']);
  });

  it('of a company, without numbers, is cut into paragraphs that can be cited', async () => {
    const paragraph = `${'We keep what customers tell us for two years and no longer. '.repeat(9)}\n`;
    expect(await numbersOf(paragraph.repeat(3), 'free')).toEqual(['p1', 'p2', 'p3']);
  });

  it('is read in the encoding that it is in, and refused when it is none', async () => {
    const latin = Buffer.from(
      '<html><meta charset="iso-8859-1"><body><p>Artículo 1</p><p>Objeto</p><p>1. Protección.</p></body></html>',
      'latin1',
    );
    expect((await parseDocument(latin, { numbering: 'articles' })).text).toContain('Protección');
    await expect(parseDocument(new Uint8Array(), { numbering: 'articles' })).rejects.toMatchObject({
      code: 'ARTEFACT_INVALID',
    });
  });
});
