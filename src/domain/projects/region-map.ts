import type { Region } from '../vocabularies/territories.ts';

/*
 * The regions of Togo as a diagram: one tile each, all of one size, in their order from north to south. It says which
 * region is above which, and nothing of their shape, size or distance: we have no source for those.
 */

/** From the north, at the border of Burkina Faso, to the sea. */
export const NORTH_TO_SOUTH: readonly Region[] = ['savanes', 'kara', 'centrale', 'plateaux', 'maritime'];

/** How dark a tile is, 0 to 3: none, then thirds of what the richest region has. */
export function shadeOf(count: number, most: number): 0 | 1 | 2 | 3 {
  if (count === 0 || most === 0) return 0;
  return Math.ceil((count / most) * 3) as 1 | 2 | 3;
}
