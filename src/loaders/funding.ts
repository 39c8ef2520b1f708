import { getEntries } from 'astro:content';
import { parse } from 'yaml';
import text from '../../content/financer.yml?raw';
import type { Funding } from '../domain/funding/funding.ts';
import { fundingPageSchema } from '../domain/funding/funding-page.ts';

/** The words of « Financer un projet », for components. */
export const fundingPage = fundingPageSchema.parse(parse(text));

/** Every source of funding, in the order of the page. */
export async function loadFundings(): Promise<{ id: string; data: Funding }[]> {
  return getEntries(fundingPage.order.map((id) => ({ collection: 'fundings' as const, id })));
}
