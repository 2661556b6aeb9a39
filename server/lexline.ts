import type { Compose, ComposeSettings } from './cli/composition.ts';
export function composeFor(settings: ComposeSettings): Compose { throw new Error(String(settings)); }
