const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Words that end an expression or a relation: never an alias without AS, never the start of an operand. */
export const clauseWords = words(
  `SELECT FROM WHERE GROUP HAVING QUALIFY WINDOW ORDER SORT DISTRIBUTE CLUSTER LIMIT OFFSET FETCH UNION INTERSECT EXCEPT MINUS
   INTO ON USING JOIN INNER LEFT RIGHT FULL CROSS NATURAL LATERAL STRAIGHT_JOIN PIVOT UNPIVOT WHEN THEN ELSE END AND OR NOT
   AS SET VALUES CONNECT START PREWHERE SETTINGS TABLESAMPLE MATCH_RECOGNIZE RETURNING OUTPUT FOR WITH IN IS BETWEEN LIKE ILIKE
   RLIKE REGEXP CASE BY ASC DESC COLLATE XOR DIV WHENEVER OPTION INSERT UPDATE DELETE MERGE CREATE OVER FILTER WITHIN
   BULK GLOBAL ANTI SEMI ASOF MATCH_CONDITION QUALIFY APPLY OUTER CROSS ESCAPE NULLS ROWS RANGE GROUPS EXISTS ALTER DROP`,
);

/** Words that cannot be an alias after a relation. */
export const relationEnd = new Set([
  ...clauseWords,
  ...words(
    `FINAL SAMPLE ARRAY USE IGNORE FORCE PARTITION DISTRIBUTED AT BEFORE CHANGES VERSION TIMESTAMP POSITIONAL PASTE ANY ALL SEMI ANTI DO GO LOCK FORMAT`,
  ),
]);

/** Words of the ANSI core that can never name a column where an operand stands. */
export const notOperands = words(
  'SELECT FROM WHERE GROUP HAVING ORDER UNION INTERSECT THEN ELSE END WHEN AS ON JOIN USING INTO BY SET',
);

/** Values that are written as a word, in every dialect. */
export const wordValues = words(
  'TRUE FALSE NULL CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER SESSION_USER SYSTEM_USER LOCALTIME LOCALTIMESTAMP',
);

/** Words that start a join. */
export const joinWords = words(
  'JOIN INNER LEFT RIGHT FULL CROSS NATURAL STRAIGHT_JOIN SEMI ANTI ASOF GLOBAL ANY ALL POSITIONAL PASTE OUTER ARRAY',
);

/** Words that join two queries. */
export const setWords = words('UNION INTERSECT EXCEPT MINUS');

/** Words that start a query. */
export const queryStart = words('SELECT WITH VALUES SEL');
