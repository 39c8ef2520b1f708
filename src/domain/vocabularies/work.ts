import type { Choice } from './choice.ts';

/**
 * Families of occupations. A one-letter code is a domain of ROME (Répertoire opérationnel des métiers et des
 * emplois, France Travail, Licence Ouverte); a letter and two digits is its second level, kept where one
 * domain mixes occupations people would never look for together.
 */
export const OCCUPATION_FAMILIES = [
  { value: 'A', label: 'Agriculture, pêche, espaces verts, soins aux animaux' },
  { value: 'B', label: 'Artisanat d’art et façonnage' },
  { value: 'F', label: 'Bâtiment et travaux publics' },
  { value: 'C', label: 'Banque, assurance, immobilier' },
  { value: 'D', label: 'Commerce et vente' },
  { value: 'E', label: 'Communication, médias, imprimerie' },
  { value: 'M12', label: 'Comptabilité et gestion' },
  { value: 'K19', label: 'Droit' },
  { value: 'K21', label: 'Enseignement et formation' },
  { value: 'G', label: 'Hôtellerie, restauration, tourisme, animation' },
  { value: 'H', label: 'Industrie' },
  { value: 'M18', label: 'Informatique et télécommunications' },
  { value: 'I', label: 'Installation, réparation, maintenance' },
  { value: 'K24', label: 'Recherche' },
  { value: 'J11', label: 'Santé : médecins, dentistes, sages-femmes' },
  { value: 'J12', label: 'Santé : pharmacie et biologie médicale' },
  { value: 'J15', label: 'Santé : soins infirmiers' },
  { value: 'J', label: 'Santé : autres métiers' },
  { value: 'K', label: 'Services aux personnes et aux collectivités' },
  { value: 'L', label: 'Spectacle, culture, sport' },
  { value: 'M', label: 'Secrétariat, ressources humaines, direction d’entreprise' },
  { value: 'N', label: 'Transport et logistique' },
] as const satisfies readonly Choice[];

/** Highest level of study, from none to doctorate. */
export const EDUCATION_LEVELS = [
  { value: 'none', label: 'Pas d’école ou école non terminée' },
  { value: 'primary', label: 'Fin du primaire (CEPD)' },
  { value: 'lower_secondary', label: 'Fin du collège (BEPC)' },
  { value: 'upper_secondary', label: 'Baccalauréat' },
  { value: 'vocational', label: 'Diplôme professionnel (CAP, BT, BTS…)' },
  { value: 'bachelor', label: 'Licence' },
  { value: 'master', label: 'Master ou diplôme d’ingénieur' },
  { value: 'doctorate', label: 'Doctorat' },
] as const satisfies readonly Choice[];

/** Years of experience, in bands: a band says enough and identifies less. */
export const EXPERIENCE_BANDS = [
  { value: '0-2', label: 'Moins de 3 ans' },
  { value: '3-5', label: 'De 3 à 5 ans' },
  { value: '6-10', label: 'De 6 à 10 ans' },
  { value: '11-20', label: 'De 11 à 20 ans' },
  { value: '21+', label: 'Plus de 20 ans' },
] as const satisfies readonly Choice[];

/** How someone could help. */
export const AVAILABILITIES = [
  { value: 'remote', label: 'À distance, depuis mon pays' },
  { value: 'short_mission', label: 'Une mission courte au Togo' },
  { value: 'return', label: 'Je pense rentrer au Togo' },
  { value: 'none', label: 'Je ne suis pas disponible pour le moment' },
] as const satisfies readonly Choice[];

/** What someone would like to do. */
export const COMMITMENTS = [
  { value: 'teaching', label: 'Enseigner ou former' },
  { value: 'medical_mission', label: 'Une mission de santé' },
  { value: 'mentoring', label: 'Conseiller un jeune ou un porteur de projet' },
  { value: 'investment', label: 'Investir' },
  { value: 'local_project', label: 'Participer à un projet local' },
  { value: 'association', label: 'Agir dans une association' },
] as const satisfies readonly Choice[];
