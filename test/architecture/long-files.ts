/** Files that are longer than 300 lines, and why they are better so. An entry whose file became shorter must go. */
export const longFiles: Readonly<Record<string, string>> = {
  'server/graphql/generated.ts': 'made by scripts/codegen.ts from schema/*.graphql',
};
