import type { Choice } from './choice.ts';

/** What a project is about. */
export const SECTORS = [
  { value: 'agriculture', label: 'Agriculture, élevage, pêche' },
  { value: 'crafts_industry', label: 'Artisanat et industrie' },
  { value: 'trade_services', label: 'Commerce et services' },
  { value: 'culture_sport', label: 'Culture et sport' },
  { value: 'water', label: 'Eau et assainissement' },
  { value: 'education', label: 'École et enseignement' },
  { value: 'energy', label: 'Énergie' },
  { value: 'environment', label: 'Environnement' },
  { value: 'training', label: 'Formation professionnelle' },
  { value: 'housing_infrastructure', label: 'Logement, routes, bâtiments' },
  { value: 'digital', label: 'Numérique' },
  { value: 'health', label: 'Santé' },
  { value: 'social', label: 'Solidarité' },
  { value: 'tourism', label: 'Tourisme' },
  { value: 'other', label: 'Autre' },
] as const satisfies readonly Choice[];

/** The value of one of {@link SECTORS}. */
export type Sector = (typeof SECTORS)[number]['value'];

/** How a sector is written at the end of an address. Codes are stored; addresses are read and shared. */
export const SECTOR_SLUGS: Readonly<Record<Sector, string>> = {
  agriculture: 'agriculture',
  crafts_industry: 'artisanat-industrie',
  trade_services: 'commerce-services',
  culture_sport: 'culture-sport',
  water: 'eau',
  education: 'ecole',
  energy: 'energie',
  environment: 'environnement',
  training: 'formation',
  housing_infrastructure: 'logement-routes-batiments',
  digital: 'numerique',
  health: 'sante',
  social: 'solidarite',
  tourism: 'tourisme',
  other: 'autre',
};

/** How far a project has got. */
export const STAGES = [
  { value: 'idea', label: 'Une idée' },
  { value: 'study', label: 'À l’étude' },
  { value: 'ongoing', label: 'En cours' },
  { value: 'delivered', label: 'Livré' },
  { value: 'in_service', label: 'En service un an après' },
] as const satisfies readonly Choice[];

/** How a stage is written at the end of an address. */
export const STAGE_SLUGS: Readonly<Record<(typeof STAGES)[number]['value'], string>> = {
  idea: 'idee',
  study: 'etude',
  ongoing: 'en-cours',
  delivered: 'livre',
  in_service: 'en-service',
};

/** Who carries a project. */
export const HOLDER_TYPES = [
  { value: 'person', label: 'Une personne' },
  { value: 'association', label: 'Une association' },
  { value: 'company', label: 'Une entreprise' },
  { value: 'local_authority', label: 'Une commune ou une autre collectivité' },
] as const satisfies readonly Choice[];

/** What a project looks for. */
export const NEEDS = [
  { value: 'funding', label: 'De l’argent' },
  { value: 'skills', label: 'Des compétences' },
  { value: 'local_partner', label: 'Un partenaire sur place' },
  { value: 'land', label: 'Un terrain ou un local' },
  { value: 'equipment', label: 'Du matériel' },
] as const satisfies readonly Choice[];

/** How a need is written at the end of an address. */
export const NEED_SLUGS: Readonly<Record<(typeof NEEDS)[number]['value'], string>> = {
  funding: 'argent',
  skills: 'competences',
  local_partner: 'partenaire',
  land: 'terrain',
  equipment: 'materiel',
};

/** What somebody may bring to a project: what projects look for, and the rest. */
export const HELP_KINDS = [
  ...NEEDS,
  { value: 'other', label: 'Autre chose' },
] as const satisfies readonly Choice[];

/** How long a project should last. */
export const DURATION_BANDS = [
  { value: 'under_6_months', label: 'Moins de 6 mois' },
  { value: '6_to_12_months', label: 'De 6 mois à 1 an' },
  { value: '1_to_2_years', label: 'De 1 à 2 ans' },
  { value: 'over_2_years', label: 'Plus de 2 ans' },
] as const satisfies readonly Choice[];

/** Whether the commune or the village agrees. */
export const LOCALITY_AGREEMENTS = [
  { value: 'yes', label: 'Oui, elle est d’accord' },
  { value: 'pending', label: 'La demande est en cours' },
  { value: 'no', label: 'Non, pas encore' },
] as const satisfies readonly Choice[];
