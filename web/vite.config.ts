/** Builds the pages into `web/dist`, from where `server/http/pages.ts` serves them. Nothing is inlined: the pages allow no inline script. */
export default {
  root: import.meta.dirname,
  base: './',
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: false, target: 'es2023' },
};
