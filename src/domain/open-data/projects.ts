import type { CatalogueEntry } from '../projects/catalogue.ts';
import type { Project } from '../projects/project.ts';
import { lastNewsOn } from '../projects/silence.ts';
import { labelOf, type Choice } from '../vocabularies/choice.ts';
import { COUNTRIES } from '../vocabularies/countries.ts';
import {
  DURATION_BANDS,
  HOLDER_TYPES,
  LOCALITY_AGREEMENTS,
  NEEDS,
  SECTORS,
  STAGES,
} from '../vocabularies/projects.ts';
import { REGIONS } from '../vocabularies/territories.ts';
import type { Cell } from './csv.ts';
import type { Column, Dataset } from './dataset.ts';

const column = (
  name: string,
  type: Column<CatalogueEntry>['type'],
  description: string,
  read: (project: Project) => Cell,
): Column<CatalogueEntry> => ({ name, type, description, read: ({ data }) => read(data) });

/** The words of a code, next to it: the code does not change when the words do. */
const words = (of: string, choices: readonly Choice[], read: (project: Project) => string | null) =>
  column(`${of}_libelle`, 'texte', `Les mots du code « ${of} ».`, (project) => {
    const value = read(project);
    return value === null ? null : labelOf(choices, value);
  });

/** The catalogue of projects. Never the name of a person who carries one: a copy cannot be called back. */
export const PROJECTS_DATASET: Dataset<CatalogueEntry> = {
  id: 'projets',
  title: 'Des projets pour le Togo',
  description:
    'Les projets publiés dans le catalogue : ceux que leur porteur a envoyés, et ceux que la rédaction raconte d’après des sources publiques. Les exemples inventés n’y sont pas.',
  columns: [
    {
      name: 'identifiant',
      type: 'code',
      description: 'Ne change pas tant que le projet est publié.',
      read: ({ id }) => id,
    },
    {
      name: 'page',
      type: 'adresse web',
      description: 'La page du projet, avec son texte entier et ses sources.',
      read: ({ id }, site) => new URL(`/projets/${id}/`, site).href,
    },
    column('titre', 'texte', 'Le nom du projet.', ({ title }) => title),
    column('resume', 'texte', 'Le projet en quelques lignes.', ({ summary }) => summary),
    column(
      'origine',
      'code',
      'depose (envoyé par le porteur) ou redaction (écrit par le site).',
      ({ origin }) => (origin === 'submitted' ? 'depose' : 'redaction'),
    ),
    column('secteur', 'code', 'Le secteur.', ({ sector }) => sector),
    words('secteur', SECTORS, ({ sector }) => sector),
    column('region', 'code', 'La région du Togo.', ({ region }) => region),
    words('region', REGIONS, ({ region }) => region),
    column('prefecture', 'texte', 'La préfecture, si elle est connue.', ({ prefecture }) => prefecture),
    column('commune', 'texte', 'La commune, si elle est connue.', ({ commune }) => commune),
    column('etape', 'code', 'Où en est le projet.', ({ stage }) => stage),
    words('etape', STAGES, ({ stage }) => stage),
    column('porteur_type', 'code', 'Qui porte le projet.', ({ holderType }) => holderType),
    words('porteur_type', HOLDER_TYPES, ({ holderType }) => holderType),
    column(
      'porteur',
      'texte',
      'Le nom de l’organisation qui porte le projet. Vide quand c’est une personne.',
      ({ holderType, holderName }) => (holderType === 'person' ? null : holderName),
    ),
    column(
      'porteur_pays',
      'code',
      'Son pays, en deux lettres (ISO 3166-1).',
      (project) => project.residenceCountry,
    ),
    words('porteur_pays', COUNTRIES, ({ residenceCountry }) => residenceCountry),
    column('budget_fcfa', 'nombre', 'Le coût total, en FCFA.', ({ budgetTotal }) => budgetTotal),
    column('reuni_fcfa', 'nombre', 'La somme déjà réunie, en FCFA.', ({ amountRaised }) => amountRaised),
    column(
      'depense_fcfa',
      'nombre',
      'La somme déjà dépensée, en FCFA. Vide si le porteur ne l’a pas dite.',
      ({ amountSpent }) => amountSpent,
    ),
    column('besoins', 'liste de codes', 'Ce que le projet cherche.', ({ needs }) => needs),
    column('besoins_libelle', 'liste de textes', 'Les mots des codes « besoins ».', ({ needs }) =>
      needs.map((need) => labelOf(NEEDS, need)),
    ),
    column(
      'competences',
      'liste de textes',
      'Les compétences cherchées.',
      ({ skillsSought }) => skillsSought,
    ),
    column('debut', 'mois', 'Le début, voulu ou réel.', ({ startWanted }) => startWanted),
    column('duree', 'code', 'La durée.', ({ durationBand }) => durationBand),
    words('duree', DURATION_BANDS, ({ durationBand }) => durationBand),
    column(
      'accord_localite',
      'code',
      'L’accord de la commune ou du village.',
      (project) => project.localityAgreement,
    ),
    words('accord_localite', LOCALITY_AGREEMENTS, ({ localityAgreement }) => localityAgreement),
    column('site', 'adresse web', 'Le site du projet.', ({ website }) => website),
    column('publie_le', 'date', 'Le jour de la publication ici.', ({ publishedOn }) => publishedOn),
    column(
      'nouvelles',
      'nombre',
      'Le nombre de nouvelles du porteur publiées depuis.',
      ({ news }) => news.length,
    ),
    column(
      'derniere_nouvelle',
      'date',
      'Le jour de la dernière nouvelle du porteur, ou de la publication s’il n’y en a pas.',
      (project) => lastNewsOn(project),
    ),
  ],
};
