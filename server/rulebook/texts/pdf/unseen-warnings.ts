import type { SeenText } from './leave-out-unseen.ts';

const mostPages = 12;

/** What is to be said of the text of a PDF that no eye sees, page by page. */
export function unseenWarnings(pages: readonly SeenText[]): readonly string[] {
  const numbered = pages.map((page, i) => ({ ...page, page: i + 1 }));
  const hidden = numbered.flatMap(({ page, leftOut, isLost }) => {
    const why = [...leftOut]
      .map(([reason, words]) => `${words} ${words === 1 ? 'word' : 'words'} ${reason}`)
      .join(', ');
    return why === ''
      ? []
      : [`page ${page} (${why}${isLost ? '; not to be told from the rest, so all of the page' : ''})`];
  });
  const scans = numbered.filter(({ isScan }) => isScan).map(({ page }) => page);
  const unsure = numbered.filter(({ unsure: words }) => words > 0).map(({ page }) => page);
  return [
    ...(hidden.length === 0 ? [] : [`hidden text found and left out on ${listed(hidden)}`]),
    ...(scans.length === 0
      ? []
      : [
          `on page ${listed(scans)} the text is an unseen layer on a picture, as an OCR makes it: compare it with the picture`,
        ]),
    ...(unsure.length === 0
      ? []
      : [
          `on page ${listed(unsure)} text lies on or under a picture, a mask or a note, or brings its own colours: whether it can be seen was not told`,
        ]),
  ];
}

function listed(items: readonly (string | number)[]): string {
  return items.length > mostPages
    ? `${items.slice(0, mostPages).join(', ')} and ${items.length - mostPages} more`
    : items.join(', ');
}
