/** Where the key is kept: in this tab, until it is closed. Never in a cookie, so no other site can send it. */
const place = 'lexline-key';

/** The key or token that this tab signs in with; null: none was given. */
export function keyOfTab(): string | null {
  return sessionStorage.getItem(place);
}

/** Keeps a key for this tab; null forgets it. */
export function keepKey(key: string | null): void {
  if (key === null) sessionStorage.removeItem(place);
  else sessionStorage.setItem(place, key);
}
