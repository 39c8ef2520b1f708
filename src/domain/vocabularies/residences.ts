import type { Choice } from './choice.ts';

/** Where people live, as the rules of sources of funding cut the world up: a country is named when a rule names it. */
export const RESIDENCES = [
  { value: 'togo', label: 'Au Togo' },
  { value: 'afrique', label: 'Dans un autre pays d’Afrique' },
  { value: 'france', label: 'En France' },
  { value: 'allemagne', label: 'En Allemagne' },
  { value: 'union-europeenne', label: 'Dans un autre pays de l’Union européenne' },
  { value: 'suisse-norvege', label: 'En Suisse ou en Norvège' },
  { value: 'royaume-uni', label: 'Au Royaume-Uni' },
  { value: 'amerique-du-nord', label: 'Au Canada ou aux États-Unis' },
  { value: 'ailleurs', label: 'Ailleurs' },
] as const satisfies readonly Choice[];
