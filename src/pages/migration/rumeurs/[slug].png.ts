import type { APIRoute } from 'astro';
import { getCollection } from 'astro:content';
import { rumourCard } from '../../../components/rumours/rumour-card.ts';
import { drawCard } from '../../../components/social-image/card.ts';
import type { Rumour } from '../../../domain/rumours/rumour.ts';
import { today } from '../../../loaders/clock.ts';
import { publisher } from '../../../loaders/site.ts';

/** One image for each rumour. */
export async function getStaticPaths() {
  return (await getCollection('rumours')).map(({ id, data }) => ({ params: { slug: id }, props: data }));
}

/** The image to share, drawn by the build. */
export const GET: APIRoute<Rumour> = async ({ props }) => {
  const image = await drawCard(rumourCard(props, today(), publisher));
  return new Response(new Uint8Array(image), { headers: { 'Content-Type': 'image/png' } });
};
