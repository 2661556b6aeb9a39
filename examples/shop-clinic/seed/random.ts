/** A repeatable choice of things: the same seed gives the same data on every machine. */
export interface Random {
  /** 0 ≤ n < 1 */
  next(): number;
  /** From `low` to `high`, both included. */
  int(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  chance(share: number): boolean;
  digits(count: number): string;
  uuid(): string;
  /** A day, YYYY-MM-DD. */
  day(fromYear: number, toYear: number): string;
  /** An instant in UTC. */
  instant(fromYear: number, toYear: number): string;
}

/** mulberry32, Tommy Ettinger's 32-bit generator (public domain). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const two = (n: number) => String(n).padStart(2, '0');
  const day = (fromYear: number, toYear: number) => `${int(fromYear, toYear)}-${two(int(1, 12))}-${two(int(1, 28))}`;
  const random: Random = {
    next,
    int,
    pick(list) {
      const chosen = list[Math.floor(next() * list.length)];
      if (chosen === undefined) throw new Error('nothing to pick from');
      return chosen;
    },
    chance: (share) => next() < share,
    digits: (count) => Array.from({ length: count }, () => int(0, 9)).join(''),
    uuid() {
      const hex = Array.from({ length: 32 }, () => int(0, 15).toString(16)).join('');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
    day,
    instant: (fromYear, toYear) => `${day(fromYear, toYear)}T${two(int(6, 22))}:${two(int(0, 59))}:${two(int(0, 59))}Z`,
  };
  return random;
}
