import type { Step } from './steps.ts';

const sqlLanguages = new Set(['sql', 'plpgsql', 'plsql', 'spl', 'sqlpl', 'tsql', 'nzplsql', 'plvsql']);

const foreignLanguages = new Set(
  'python javascript js java scala plpython3u plpythonu plperl plperlu pltcl plv8 c r rust go internal external cpp clr lua'.split(
    ' ',
  ),
);

/** A language's name for messages: what is not known as one may be anything. */
function spokenLanguage(language: string): string {
  return foreignLanguages.has(language) ? language : 'another language';
}

/** A body in this language is not looked into. */
export function isForeign(language: string): boolean {
  return !sqlLanguages.has(language.replaceAll(/['"]/g, ''));
}

/** What stands for such a body. */
export function foreign(language: string): readonly Step[] {
  return [{ kind: 'foreign', language: spokenLanguage(language) }];
}
