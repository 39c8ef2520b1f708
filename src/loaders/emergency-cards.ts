import { getCollection } from 'astro:content';
import { parse } from 'yaml';
import planText from '../../content/cartes-urgence/carte.yml?raw';
import phrasesText from '../../content/cartes-urgence/phrases.yml?raw';
import { cardGroups, cardPlanSchema, phrasesSchema, type CardGroup } from '../domain/emergency-card/card.ts';

/** What every card says, for components. */
export const cardPlan = cardPlanSchema.parse(parse(planText));

/** The phrases of the cards, for components. */
export const phrases = phrasesSchema.parse(parse(phrasesText));

/** Every card of the site, group by group. */
export async function loadCardGroups(): Promise<CardGroup[]> {
  const pages = await getCollection('docs', ({ data }) => data.destination !== undefined);
  return cardGroups(
    cardPlan,
    pages.flatMap(({ data }) => data.destination?.country ?? []),
  );
}
