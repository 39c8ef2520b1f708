import type { Choice } from './choice.ts';

/** What a person had come for: the subjects of the guide. */
export const PROCEDURES = [
  { value: 'passport', label: 'Passeport' },
  { value: 'national_id', label: 'Carte nationale d’identité' },
  { value: 'consular_card', label: 'Carte consulaire ou inscription au consulat' },
  { value: 'laissez_passer', label: 'Laissez-passer' },
  { value: 'nationality', label: 'Certificat de nationalité' },
  { value: 'criminal_record', label: 'Casier judiciaire' },
  { value: 'birth', label: 'Naissance : déclaration, copie d’acte, jugement' },
  { value: 'marriage', label: 'Mariage, divorce' },
  { value: 'death', label: 'Décès, rapatriement d’un corps, héritage' },
  { value: 'visa', label: 'Visa ou carte de séjour au Togo' },
  { value: 'legalization', label: 'Légalisation, procuration' },
  { value: 'driving_licence', label: 'Permis de conduire' },
  { value: 'diploma', label: 'Diplôme : copie, équivalence' },
  { value: 'pension', label: 'Retraite, sécurité sociale' },
  { value: 'customs', label: 'Douane, déménagement, véhicule' },
  { value: 'land', label: 'Terrain, titre foncier' },
  { value: 'vote', label: 'Vote, recensement' },
  { value: 'other', label: 'Autre démarche' },
] as const satisfies readonly Choice[];

/** What went wrong. */
export const DIFFICULTIES = [
  { value: 'no_answer', label: 'Personne ne répond à ma demande' },
  { value: 'delay', label: 'C’est trop long' },
  { value: 'fee', label: 'Un prix pas annoncé, ou plus cher que dit' },
  { value: 'extra_paper', label: 'Un papier en plus a été demandé' },
  { value: 'refusal', label: 'Un refus sans raison' },
  { value: 'unreachable', label: 'Service injoignable, ou pas de rendez-vous' },
  { value: 'document_error', label: 'Une faute sur le document reçu' },
  { value: 'treatment', label: 'La façon dont on m’a parlé ou traité' },
  { value: 'other', label: 'Autre chose' },
] as const satisfies readonly Choice[];

/** Whether the team may write back. */
export const ANSWER_WISHES = [
  { value: 'yes', label: 'Oui, à l’adresse que j’écris plus bas' },
  { value: 'no', label: 'Non' },
] as const satisfies readonly Choice[];
