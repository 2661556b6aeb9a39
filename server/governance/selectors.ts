import type { Selector } from './objects.ts';

/** What a selector looks at: a dataset as its sources describe it. */
export interface Selectable {
  readonly name: string;
  readonly namespace: string;
  readonly platform: string | null;
  readonly sources: readonly string[];
  readonly owners: readonly string[];
  readonly tags: readonly { readonly name: string }[];
}

/** True when one of the selectors means the dataset. No selector means nothing. */
export function isSelected(selectors: readonly Selector[], dataset: Selectable): boolean {
  return selectors.some((selector) => fits(selector, dataset));
}

function fits(selector: Selector, dataset: Selectable): boolean {
  const { name, source, namespace, platform, owner, tag } = selector;
  return (
    (name === undefined || matches(name, dataset.name)) &&
    (namespace === undefined || matches(namespace, dataset.namespace)) &&
    (source === undefined || dataset.sources.includes(source)) &&
    (platform === undefined || dataset.platform === platform) &&
    (owner === undefined || dataset.owners.some((one) => matches(owner, one))) &&
    (tag === undefined || dataset.tags.some((one) => matches(tag, one.name)))
  );
}

/** A name with `*` for any letters, whole and whatever the case; takes time in proportion to the two lengths. */
function matches(pattern: string, text: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const whole = text.toLowerCase();
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return whole === first;
  if (!whole.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = whole.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return whole.length - last.length >= at && whole.endsWith(last);
}

/** A selector as a person reads it: `name shop.clinic.*, source crm`. */
export function selectorText(selector: Selector): string {
  return Object.entries(selector)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
}
