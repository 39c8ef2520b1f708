import { getCollection } from 'astro:content';
import { isKnown } from '../../domain/facts/fact.ts';
import { factsOfPage } from '../../domain/facts/page.ts';
import { registryOf, sourcesOfPage, type RegistryGroup } from '../../domain/facts/registry.ts';
import { sourcesOfFunding } from '../../domain/funding/funding.ts';
import { sourcesOfPage as sourcesOfFundingPage } from '../../domain/funding/funding-page.ts';
import { addressOf } from '../../domain/navigation.ts';
import { sourcesOfOfferCheck } from '../../domain/offer-check/offer-check.ts';
import { factsOfPost } from '../../domain/representations/representation.ts';
import { sourcesOfRumour } from '../../domain/rumours/rumour.ts';
import { loadCountries } from '../../loaders/countries.ts';
import { fundingPage, loadFundings } from '../../loaders/funding.ts';
import { offerCheck } from '../../loaders/offer-check.ts';
import { loadSources } from '../../loaders/sources.ts';
import { citingLegalPages } from './legal-pages.ts';

/** Every source of the site with the pages that cite it: guide, projects and legal pages. */
export async function loadRegistry(): Promise<RegistryGroup[]> {
  const docs = await getCollection('docs', (page) => !page.data.draft);
  const projects = await getCollection('projects');
  const helpLines = await getCollection('helpLines');
  const rumours = await getCollection('rumours');
  const fundings = await loadFundings();
  const countries = await loadCountries();
  return registryOf(await loadSources(), [
    ...docs.map((page) => ({
      label: page.data.sidebar.label ?? page.data.title,
      address: addressOf(page.id),
      sources: sourcesOfPage(page.body ?? '', factsOfPage(page.data)),
    })),
    ...projects.map((project) => ({
      label: project.data.title,
      address: `/projets/${project.id}/`,
      sources: [...project.data.sources, ...sourcesOfPage(project.data.description)],
    })),
    {
      label: 'Lignes d’aide',
      address: '/migration/lignes-d-aide/',
      sources: helpLines.flatMap(({ data }) => data.sources),
    },
    {
      label: offerCheck.title,
      address: '/migration/verifier-une-offre/',
      sources: sourcesOfOfferCheck(offerCheck),
    },
    ...rumours.map(({ id, data }) => ({
      label: `« ${data.claim} »`,
      address: `/migration/rumeurs/${id}/`,
      sources: sourcesOfRumour(data),
    })),
    { label: fundingPage.title, address: '/projets/financer/', sources: sourcesOfFundingPage(fundingPage) },
    ...fundings.map(({ id, data }) => ({
      label: data.name,
      address: `/projets/financer/${id}/`,
      sources: sourcesOfFunding(data),
    })),
    ...(await citingLegalPages()),
    ...countries.entries
      .filter((entry) => entry.address)
      .map((entry) => {
        const notes = countries.notes.get(entry.code);
        const facts = [
          ...entry.posts.flatMap((post) => factsOfPost(post.data)),
          ...(notes?.emergency ?? []),
          ...(notes?.remarks ?? []),
        ];
        return {
          label: entry.name,
          address: entry.address ?? '/pays/',
          sources: facts.filter(isKnown).flatMap((fact) => fact.sources),
        };
      }),
  ]);
}
