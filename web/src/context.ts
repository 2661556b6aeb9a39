import type { Route } from './route.ts';

/** What a page is given to draw itself. */
export interface PageContext {
  readonly route: Route;
  /** Ends when the reader goes elsewhere. */
  readonly signal: AbortSignal;
  /** Changes the page's own choices in the address without leaving it. */
  keep(options: Readonly<Record<string, string>>): void;
}

/** Draws one page into an element. May draw a part, wait, and draw the rest. */
export type Page = (main: HTMLElement, context: PageContext) => Promise<void>;
