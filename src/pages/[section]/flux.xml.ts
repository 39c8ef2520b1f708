import type { APIRoute, GetStaticPaths } from 'astro';
import { getCollection } from 'astro:content';
import { rssOf, type FeedItem } from '../../domain/open-data/feed.ts';
import { labelOf } from '../../domain/vocabularies/choice.ts';
import { COUNTRIES } from '../../domain/vocabularies/countries.ts';
import { SECTORS, STAGES } from '../../domain/vocabularies/projects.ts';
import { REGIONS } from '../../domain/vocabularies/territories.ts';
import { loadListedProjects } from '../../loaders/catalogue.ts';
import { publisher } from '../../loaders/site.ts';

/** One feed: what it follows, and its lines. Invented examples are told to nobody. */
interface Following {
  title: string;
  description: string;
  items: (site: URL) => Promise<FeedItem[]>;
}

const FEEDS: Record<string, Following> = {
  projets: {
    title: `Projets pour le Togo | ${publisher.name}`,
    description: 'Les derniers projets publiés dans le catalogue.',
    items: async (site) =>
      (await loadListedProjects())
        .filter(({ data }) => !data.isExample)
        .map(({ id, data }) => ({
          title: data.title,
          link: new URL(`/projets/${id}/`, site).href,
          text: data.summary,
          publishedOn: data.publishedOn,
          categories: [
            labelOf(SECTORS, data.sector),
            labelOf(REGIONS, data.region),
            labelOf(STAGES, data.stage),
          ],
        })),
  },
  associations: {
    title: `Associations de Togolais de l’extérieur | ${publisher.name}`,
    description: 'Les dernières associations entrées dans l’annuaire.',
    items: async (site) =>
      (await getCollection('associations', ({ data }) => !data.isExample)).map(({ id, data }) => ({
        title: data.name,
        link: new URL(`/associations/${id}/`, site).href,
        text: data.description,
        publishedOn: data.publishedOn,
        categories: [
          labelOf(COUNTRIES, data.country),
          ...data.activities.map((one) => labelOf(SECTORS, one)),
        ],
      })),
  },
};

export const getStaticPaths = (() =>
  Object.entries(FEEDS).map(([section, following]) => ({
    params: { section },
    props: { following },
  }))) satisfies GetStaticPaths;

/** `/projets/flux.xml`, `/associations/flux.xml`. */
export const GET: APIRoute<{ following: Following }> = async ({ params, props, site, url }) => {
  const home = site ?? url;
  const feed = rssOf(
    {
      title: props.following.title,
      description: props.following.description,
      link: new URL(`/${params['section'] ?? ''}/`, home).href,
      self: new URL(`/${params['section'] ?? ''}/flux.xml`, home).href,
    },
    await props.following.items(home),
  );
  return new Response(feed, { headers: { 'Content-Type': 'application/rss+xml; charset=utf-8' } });
};
