import type { Association } from '../associations/association.ts';
import type { DirectoryEntry } from '../associations/directory.ts';
import { endOfListing } from '../associations/listing.ts';
import { SIZE_BANDS } from '../vocabularies/associations.ts';
import { labelOf } from '../vocabularies/choice.ts';
import { COUNTRIES } from '../vocabularies/countries.ts';
import { SECTORS } from '../vocabularies/projects.ts';
import { REGIONS } from '../vocabularies/territories.ts';
import type { Cell } from './csv.ts';
import type { Column, Dataset } from './dataset.ts';

const column = (
  name: string,
  type: Column<DirectoryEntry>['type'],
  description: string,
  read: (association: Association) => Cell,
): Column<DirectoryEntry> => ({ name, type, description, read: ({ data }) => read(data) });

/**
 * The directory of associations. Not the telephone nor the e-mail address, which are on each page: a list of them
 * would serve those who write to everybody, and a copy cannot be called back.
 */
export const ASSOCIATIONS_DATASET: Dataset<DirectoryEntry> = {
  id: 'associations',
  title: 'Des associations de Togolais de l’extérieur',
  description:
    'Les associations de l’annuaire : chacune s’est inscrite elle-même, et sa dernière confirmation (ou sa publication) a moins de 14 mois. Les exemples inventés n’y sont pas.',
  columns: [
    {
      name: 'identifiant',
      type: 'code',
      description: 'Ne change pas tant que l’association est dans l’annuaire.',
      read: ({ id }) => id,
    },
    {
      name: 'page',
      type: 'adresse web',
      description: 'La page de l’association. Son contact y est, si elle en publie un.',
      read: ({ id }, site) => new URL(`/associations/${id}/`, site).href,
    },
    column('nom', 'texte', 'Le nom de l’association.', ({ name }) => name),
    column('pays', 'code', 'Le pays où elle est, en deux lettres (ISO 3166-1).', ({ country }) => country),
    column('pays_libelle', 'texte', 'Le nom du pays.', ({ country }) => labelOf(COUNTRIES, country)),
    column('ville', 'texte', 'La ville.', ({ city }) => city),
    column('annee_creation', 'nombre', 'L’année de création.', ({ foundedYear }) => Number(foundedYear)),
    column('activites', 'liste de codes', 'Ce qu’elle fait.', ({ activities }) => activities),
    column('activites_libelle', 'liste de textes', 'Les mots des codes « activites ».', ({ activities }) =>
      activities.map((activity) => labelOf(SECTORS, activity)),
    ),
    column('regions', 'liste de codes', 'Les régions du Togo où elle agit.', (one) => one.actionRegions),
    column('regions_libelle', 'liste de textes', 'Les mots des codes « regions ».', ({ actionRegions }) =>
      actionRegions.map((region) => labelOf(REGIONS, region)),
    ),
    column('membres', 'code', 'Le nombre de membres, par tranche.', ({ sizeBand }) => sizeBand),
    column('membres_libelle', 'texte', 'Les mots du code « membres ».', ({ sizeBand }) =>
      sizeBand === null ? null : labelOf(SIZE_BANDS, sizeBand),
    ),
    column('presentation', 'texte', 'L’association, dans ses mots.', ({ description }) => description),
    column('site', 'adresse web', 'Son site ou sa page.', ({ website }) => website),
    column('publiee_le', 'date', 'Le jour de la publication ici.', ({ publishedOn }) => publishedOn),
    column('confirmee_le', 'date', 'Le dernier jour où elle a confirmé sa fiche.', (one) => one.confirmedOn),
    column('fin_le', 'date', 'Le jour où elle sort de l’annuaire, sans confirmation.', (one) =>
      endOfListing(one),
    ),
  ],
};
