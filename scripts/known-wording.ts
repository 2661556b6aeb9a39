import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { dataFile } from '../server/base/data-files.ts';
import { loadCatalogue } from '../server/rulebook/catalogue.ts';
import { checkEdition } from '../server/rulebook/texts/check-edition.ts';
import { guessLanguage } from '../server/rulebook/texts/guess-language.ts';
import { wordingLines, wordingOf } from '../server/rulebook/texts/known-wording.ts';
import { parseDocument } from '../server/rulebook/texts/parse-document.ts';

/**
 * Writes down the wording of an edition as digests, from a text whose origin you trust:
 * `node scripts/known-wording.ts gdpr=gdpr_en.xml gdpr=gdpr_de.xml`. From then on a text of that edition and language is
 * verified by its wording. The file says which text it was taken from. Refuses a text whose marks or numbers do not hold.
 */
for (const pair of process.argv.slice(2)) {
  const [id = '', file = ''] = pair.split('=');
  const catalogue = loadCatalogue(id);
  const bytes = readFileSync(file);
  const sha256 = hash('sha256', bytes, 'hex');
  const text = await parseDocument(bytes, { numbering: catalogue.regulation.numbering });
  const language = text.language ?? guessLanguage(text.text) ?? catalogue.regulation.language;
  const unknown = { ...catalogue, wordings: () => new Map<string, never>() };
  const { edition, status } = checkEdition(text, unknown, { sha256, language });
  if (status !== 'verified') {
    console.error(`${file} is no whole text of a known edition of ${id}: nothing written`);
    process.exitCode = 1;
    continue;
  }
  const folder = join(dataFile(`regulations/${id}`), 'wording');
  mkdirSync(folder, { recursive: true });
  const wording = wordingOf(text.provisions);
  writeFileSync(
    join(folder, `${edition}.${language}.txt`),
    wordingLines(`${id} ${edition} (${language}), from a ${text.format} file with sha256 ${sha256}`, wording),
  );
  console.log(`${id} ${edition} (${language}): ${wording.size} provisions`);
}
