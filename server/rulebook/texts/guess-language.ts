const commonWords: Readonly<Record<string, string>> = {
  en: 'the of and to in or that shall by for',
  de: 'der die und den des oder von zu für dass',
  fr: 'le la les des et du que ou dans par',
  es: 'el la los de que en las por con para',
  it: 'il di che la del dei per della una nel',
  nl: 'de het van een en dat voor met wordt aan',
  pt: 'o de que do da os dos das para com',
  pl: 'w i z na do oraz się lub jest przez',
};

/** The language of a text by its commonest words; null when none stands out. */
export function guessLanguage(text: string): string | null {
  const words =
    text
      .slice(0, 60_000)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  const scores = Object.entries(commonWords)
    .map(([language, list]) => {
      const common = new Set(list.split(' '));
      const count = words.filter((word) => common.has(word)).length;
      return { language, count, share: count / Math.max(1, words.length) };
    })
    .toSorted((a, b) => b.share - a.share);
  const [best, second] = scores;
  return best !== undefined && best.count > 1 && best.share > 0.05 && best.share > (second?.share ?? 0) * 1.15
    ? best.language
    : null;
}
