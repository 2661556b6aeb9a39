/** Operators of a page's content, written as they stand in the file. The page's axes run right and down, in points. */

/** Begins a layout that nobody is read: lines, panels, headings that are repeated. `EMC` ends it. */
export const openArtifact = '/Artifact<</Type/Layout>>BDC\n';

/** A layout that nobody is read. */
export function artifact(operators: string): string {
  return `${openArtifact}${operators}EMC\n`;
}

/** Begins content that belongs to a tag; `EMC` ends it. */
export function openMark(tag: string, mcid: number): string {
  return `/${tag}<</MCID ${String(mcid)}>>BDC\n`;
}

/** One line of glyphs whose letters stand on `y`. */
export function textLine(
  hex: string,
  { font, size, colour, x, y }: { font: string; size: number; colour: string; x: number; y: number },
): string {
  return `BT/${font} ${num(size)} Tf ${rgb(colour)} rg 1 0 0 -1 ${num(x)} ${num(y)} Tm<${hex}>Tj ET\n`;
}

/** A filled rectangle. */
export function panel(x: number, y: number, width: number, height: number, colour: string): string {
  return `${rgb(colour)} rg ${num(x)} ${num(y)} ${num(width)} ${num(height)} re f\n`;
}

/** A thin level line. */
export function levelLine(from: number, to: number, y: number, colour: string): string {
  return `0.4 w ${rgb(colour)} RG ${num(from)} ${num(y)} m ${num(to)} ${num(y)} l S\n`;
}

/** A number as it is written: hundredths of a point are finer than any printer. */
export function num(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const colours = new Map<string, string>();

/** `#rrggbb` as three shares. */
export function rgb(colour: string): string {
  const before = colours.get(colour);
  if (before !== undefined) return before;
  const shares = [1, 3, 5].map((at) =>
    String(Math.round((Number.parseInt(colour.slice(at, at + 2), 16) / 255) * 1000) / 1000),
  );
  const text = shares.join(' ');
  colours.set(colour, text);
  return text;
}
