import type { APIRoute } from 'astro';
import { sectorCard } from '../../../components/catalogue/sector-card.ts';
import { drawCard } from '../../../components/social-image/card.ts';
import { facetsOf, type Facet } from '../../../domain/projects/catalogue.ts';
import { publisher } from '../../../loaders/site.ts';

/** One image for each sector. */
export function getStaticPaths() {
  return facetsOf([])
    .filter(({ kind }) => kind === 'secteur')
    .map((facet) => ({ params: { value: facet.slug }, props: facet }));
}

/** The image to share, drawn by the build. */
export const GET: APIRoute<Facet> = async ({ props }) => {
  const image = await drawCard(sectorCard(props, publisher));
  return new Response(new Uint8Array(image), { headers: { 'Content-Type': 'image/png' } });
};
