import { readFileSync, writeFileSync } from 'node:fs';
import { dataFile } from '../server/base/data-files.ts';
import { loadCatalogue } from '../server/rulebook/catalogue.ts';
import { loadGlossary } from '../server/rulebook/search/glossary.ts';
import { checkEdition } from '../server/rulebook/texts/check-edition.ts';
import { guessLanguage } from '../server/rulebook/texts/guess-language.ts';
import { compareOwnWords } from '../server/rulebook/texts/own-words.ts';
import { parseDocument } from '../server/rulebook/texts/parse-document.ts';

/**
 * Compares the numbers and words of the catalogues with official texts in hand:
 * `node scripts/check-catalogues.ts gdpr=gdpr.xml hipaa=hipaa.pdf [--write]`. A number counts as checked when the text is
 * verified, has that number and speaks there of what our words speak of; `--write` notes it in provisions.yml (and takes the
 * note away where it no longer holds). Ends with 1 when words of ours are the text's, a number is not there, or names
 * something else.
 */
const writes = process.argv.includes('--write');
let isFine = true;
for (const pair of process.argv.slice(2).filter((one) => one.includes('='))) {
  const [id = '', file = ''] = pair.split('=');
  const catalogue = loadCatalogue(id);
  const text = await parseDocument(readFileSync(file), { numbering: catalogue.regulation.numbering });
  const language = text.language ?? guessLanguage(text.text) ?? catalogue.regulation.language;
  const { status, edition } = checkEdition(text, catalogue, { sha256: '', language });
  const checks = compareOwnWords(catalogue.provisions, text, loadGlossary().isFiller);
  const checked = new Set(
    checks.filter((one) => status === 'verified' && one.isFound && one.isAbout).map((one) => one.id),
  );
  console.log(`${id} against ${edition} (${status}): ${checked.size} of ${checks.length} numbers checked`);
  for (const { id: provision, isFound, isAbout, borrowed } of checks) {
    if (!isFound) console.log(`  ${provision}: not in the text`);
    else if (!isAbout)
      console.log(`  ${provision}: the text speaks of something else there, or our words are too few to tell`);
    if (borrowed !== null) console.log(`  ${provision}: "${borrowed}" stands in the text`);
    if (borrowed !== null || !isFound || !isAbout) isFine = false;
  }
  if (!writes) continue;
  const path = dataFile(`regulations/${id}/provisions.yml`);
  const lines = readFileSync(path, 'utf8').split('\n');
  const noted = lines.map((line) => {
    const provision = /^ {2}- \{ id: "([^"]+)"/u.exec(line)?.[1];
    if (provision === undefined) return line;
    const bare = line.replace(/, checked: true \}$/u, ' }');
    return checked.has(provision) ? bare.replace(/ \}$/u, ', checked: true }') : bare;
  });
  writeFileSync(path, noted.join('\n'));
}
process.exitCode = isFine ? 0 : 1;
