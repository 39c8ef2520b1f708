import type { Facet, FacetKind } from '../../domain/projects/catalogue.ts';

/** How a list of the catalogue is called. */
export interface FacetWords {
  title: string;
  description: string;
  /** « Aucun projet … pour le moment. » */
  none: string;
}

const STAGE_TITLES: Readonly<Record<string, string>> = {
  idea: 'Projets au stade de l’idée',
  study: 'Projets à l’étude',
  ongoing: 'Projets en cours',
  delivered: 'Projets livrés',
  in_service: 'Projets en service un an après',
};

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** The words of a list of the catalogue. */
export function wordsOf({ kind, label, value }: Facet): FacetWords {
  const words: Record<FacetKind, () => FacetWords> = {
    secteur: () => ({
      title: `Projets : ${label}`,
      description: `Les projets pour le Togo présentés sur ce site. Secteur : ${label}.`,
      none: 'dans ce secteur',
    }),
    region: () => ({
      title: `Projets dans la région ${label}`,
      description: `Les projets présentés sur ce site pour la région ${label}, au Togo.`,
      none: 'dans cette région',
    }),
    prefecture: () => ({
      title: `Projets dans la préfecture ${label}`,
      description: `Les projets présentés sur ce site pour la préfecture ${label}, au Togo.`,
      none: 'dans cette préfecture',
    }),
    commune: () => ({
      title: `Projets dans la commune ${label}`,
      description: `Les projets présentés sur ce site pour la commune ${label}, au Togo.`,
      none: 'dans cette commune',
    }),
    etape: () => ({
      title: STAGE_TITLES[value] ?? label,
      description: `Les projets pour le Togo présentés sur ce site. Où ils en sont : ${lowerFirst(label)}.`,
      none: 'à cette étape',
    }),
    besoin: () => ({
      title: `Projets qui cherchent ${lowerFirst(label)}`,
      description: `Les projets pour le Togo présentés sur ce site, et qui cherchent ${lowerFirst(label)}.`,
      none: 'avec ce besoin',
    }),
    pays: () => ({
      title: `Projets portés depuis ce pays : ${label}`,
      description: `Les projets pour le Togo présentés sur ce site. Pays du porteur : ${label}.`,
      none: 'porté depuis ce pays',
    }),
  };
  return words[kind]();
}
