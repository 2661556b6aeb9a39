import type { CoarseClass } from './classification.ts';

const mark = '#';
const health = 'user.health';

/**
 * Name under which a coarse class of a category travels beside the category itself: `user.contact.email#PHI`. It has rows,
 * ranks and ways of its own, so a class reaches whatever any of its origins reaches, whichever origin of the category is
 * nearer. It is never shown as a category.
 */
export function carriedClass(category: string, one: CoarseClass): string {
  return `${category}${mark}${one}`;
}

/** Prefix of the categories of a table's subject: they hold of rows, not of values. */
export const subjectPrefix = 'subject.';
const keyMark = `${mark}KEY`;

/**
 * Name under which it travels whose rows a key singles out: `subject.customer#KEY` begins at the key of the customers and goes
 * where its values go. A copy of the key under another name so still tells whom the rows around it are about. It says nothing of
 * the values themselves and is never shown as a category.
 */
export function carriedSubject(category: string): string {
  return `${category}${keyMark}`;
}

/** Whose key a row carries: `customer`; null: it carries a category or a class. */
export function subjectCarried(carried: string): string | null {
  return carried.startsWith(subjectPrefix) && carried.endsWith(keyMark)
    ? carried.slice(subjectPrefix.length, -keyMark.length)
    : null;
}

/** The category of a row: its own, or the one whose class it carries. */
export function categoryOf(carried: string): string {
  const at = carried.indexOf(mark);
  return at < 0 ? carried : carried.slice(0, at);
}

/** The class that a row carries; null: it stands for the category itself, or carries a subject. */
export function classCarried(carried: string): CoarseClass | null {
  const at = carried.indexOf(mark);
  return at < 0 || subjectCarried(carried) !== null ? null : (carried.slice(at + 1) as CoarseClass);
}

/** True for rows of a category itself, which is all that is named to people. */
export function isCategoryRow({ category }: { readonly category: string }): boolean {
  return !category.includes(mark);
}

/**
 * The classes of a finding that its category does not say by itself: PHI always, as who held the origin decided it; all
 * classes of health data, which is personal data alone outside of HIPAA; and all of several, where card data is among them.
 */
export function classesToCarry(category: string, classes: ReadonlySet<CoarseClass>): readonly CoarseClass[] {
  const isHealth = category === health || category.startsWith(`${health}.`);
  const isMixed = classes.has('PCI') && classes.size > 1;
  return [...classes].filter((one) => one === 'PHI' || isHealth || isMixed);
}
