import { inject } from 'vitest';

/** One page of each kind. The last is the page of an address that doesn't exist. */
const KINDS = [
  '/',
  '/guide/',
  '/guide/passeport/',
  '/guide/urgence/',
  // A page with an aside.
  '/guide/double-nationalite/',
  '/migration/',
  '/migration/golfe-probleme/',
  '/migration/verifier-une-offre/',
  '/migration/carte-urgence/',
  '/migration/carte-urgence/kw/',
  '/migration/rumeurs/',
  '/migration/voix/',
  '/migration/rumeurs/canada-par-le-nigeria/',
  '/recherche/',
  '/projets/',
  '/projets/region/kara/',
  '/projets/secteur/eau/',
  // A list that holds nothing.
  '/projets/prefecture/cinkasse/',
  '/projets/exemple-forage-tone/',
  '/projets/bibliotheque-centre-culturel-siou/',
  '/projets/financer/',
  '/projets/financer/widu/',
  '/projets/proposer/',
  '/projets/proposer/merci/P-WWYH-FVQ6',
  '/projets/aider/',
  '/projets/comment-nous-lisons/',
  '/associations/',
  '/associations/pays/fr/',
  // A list that holds nothing.
  '/associations/region/plateaux/',
  '/associations/exemple-amis-du-village-imaginaire/',
  '/pays/fr/',
  '/donnees/',
  '/inscription/',
  '/inscription/merci/I-WWYH-FVQ6',
  '/sources/',
  '/sources/presse/',
  '/confidentialite/',
  '/confidentialite/registre/',
  '/transparence/',
  '/confirmer/',
  '/accessibilite/',
  '/mentions-legales/',
  '/suivi/',
  '/gestion/',
  '/cette-page-n-existe-pas/',
];

/** Every address of the sitemap. */
export async function everyPage(): Promise<string[]> {
  const { baseUrl } = inject('server');
  const sitemap = await (await fetch(`${baseUrl}/sitemap-0.xml`)).text();
  return [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address = '']) => new URL(address).pathname);
}

/** The addresses to look at: one page of each kind, and two of any rubric that came after this list. */
export async function oneOfEachKind(): Promise<string[]> {
  const rubricOf = (address: string) => address.split('/')[1] ?? '';
  const known = new Set(KINDS.map(rubricOf));
  const added = new Map<string, string[]>();
  for (const address of await everyPage()) {
    const rubric = rubricOf(address);
    if (!known.has(rubric)) added.set(rubric, [...(added.get(rubric) ?? []), address]);
  }
  return [...KINDS, ...[...added.values()].flatMap((addresses) => addresses.slice(0, 2))];
}
