import type { Choice } from './choice.ts';

/** How many people an association counts, in bands. */
export const SIZE_BANDS = [
  { value: 'under_20', label: 'Moins de 20' },
  { value: '20_to_49', label: 'De 20 à 49' },
  { value: '50_to_199', label: 'De 50 à 199' },
  { value: '200_or_more', label: 'Au moins 200' },
] as const satisfies readonly Choice[];
