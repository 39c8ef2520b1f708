/** Numbers from 0 to 1, small, quick, and the same everywhere for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Draws from a seed: the same each time. */
export function drawsOf(seed: number) {
  const next = randomNumbers(seed);
  const one = <Value>(list: readonly Value[]): Value => list[Math.floor(next() * list.length)]!;
  return {
    /** One of a list. */
    one,
    /** True once in so many. */
    onceIn: (times: number) => next() < 1 / times,
    /** A duration that is usually short and now and then very long, as people's are. */
    between(shortest: number, longest: number): number {
      const span = Math.log(longest / shortest);
      // The square makes long ones rare.
      return Math.round(shortest * Math.exp(span * next() ** 2));
    },
  };
}
export type Draws = ReturnType<typeof drawsOf>;
