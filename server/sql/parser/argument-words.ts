/** Words that stand between arguments in place of a comma. */
export const separators = new Set([
  'FROM',
  'FOR',
  'PLACING',
  'USING',
  'SEPARATOR',
  'VALUE',
  'PASSING',
  'BY',
  'TO',
  'STYLE',
]);

/** Words before or behind an argument that say how, not what. */
export const manners = new Set(
  'BOTH LEADING TRAILING KEY IGNORE RESPECT NULLS ABSENT WITHOUT WRAPPER CONDITIONAL UNCONDITIONAL KEEP OMIT QUOTES'.split(
    ' ',
  ),
);

/** What follows the last argument and holds no column. */
export const trailers = new Set([
  'RETURNING',
  'ON',
  'LIMIT',
  'NULL',
  'ERROR',
  'EMPTY',
  'WITH',
  'FORMAT',
  'DEFAULT',
  'STRICT',
  'UNIQUE',
  'COLLATE',
  'PARTITION',
  'COPY',
  'PRUNE',
  // Teradata's older window functions: `RANK(a DESC)`.
  'ASC',
  'DESC',
]);
