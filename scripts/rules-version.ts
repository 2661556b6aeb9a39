import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOf } from '../server/model/json.ts';

/**
 * Writes server/classify/rules-version.ts: a digest of the code that weighs evidence, so that a changed rule judges all
 * columns again and nobody has to raise a number. `--check` compares instead. Comments and white space do not count;
 * neither do detectors, words and categories: a verdict's key names those that it rests on.
 */
const classify = fileURLToPath(new URL('../server/classify', import.meta.url));
const target = join(classify, 'rules-version.ts');
/** What a judgement begins with; all that these import within the room is weighing too. */
const roots = [
  'judge-column.ts',
  'table-subject.ts',
  'table-findings.ts',
  'tuning.ts',
  'allow-list.ts',
  'names/read-name.ts',
];

/** The file's text as it should be by the rules of today. */
export function rulesVersionText(): string {
  const texts = ruleFiles().map((file) => [relative(classify, file), bare(readFileSync(file, 'utf8'))]);
  return [
    '/** Digest of the code that weighs evidence. Written by `node scripts/rules-version.ts`; do not edit by hand. */',
    `export const rulesVersion = '${digestOf(texts).slice(0, 12)}';`,
    '',
  ].join('\n');
}

function ruleFiles(): readonly string[] {
  const found = new Set<string>();
  const follow = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    for (const [, from] of readFileSync(file, 'utf8').matchAll(
      /^(?:import|export) (?!type )[^;]*?from '(\.[^']+)';/gmsu,
    )) {
      const path = join(dirname(file), from ?? '');
      if (path.startsWith(classify) && !path.startsWith(join(classify, 'detectors'))) follow(path);
    }
  };
  for (const root of roots) follow(join(classify, root));
  return [...found].sort();
}

function bare(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .replaceAll(/\s+/g, ' ');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = rulesVersionText();
  if (!process.argv.includes('--check')) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) {
    console.error('server/classify/rules-version.ts is old: run node scripts/rules-version.ts');
    process.exitCode = 1;
  }
}
