// Whatever keeps a sending from being taken, the answer is a page of the built site, which says one true thing of it.
import { beforeAll, expect, test, vi } from 'vitest';
import { TRUTHS } from '../../functions/_lib/sentences.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { frenchTypography as fr } from '../../src/domain/typography.ts';
import { attribute, elementsOf, pageAt, textOf } from '../support/dist.ts';
import { followUpStates, letterStates, refusalStates, type State } from '../support/form-states.ts';
import { shown } from '../support/visit.ts';

beforeAll(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined));

/** The links of the header and of the footer, by which one is still on the site. */
const ways = (page: { document: Parameters<typeof elementsOf>[0] }) =>
  ['header', 'footer'].flatMap((name) =>
    elementsOf(page.document, name).flatMap((part) =>
      elementsOf(part, 'a').map((link) => attribute(link, 'href')),
    ),
  );

async function expectPageOf(address: string, { what, response }: State) {
  expect(response.headers.get('Cache-Control'), what).toBe('no-store');
  const page = await shown(response);
  expect(ways(page), what).toEqual(ways(pageAt(address)));
  expect(elementsOf(page.document, 'h1'), what).toHaveLength(1);
  return page;
}

test('every refusal is the page of the form, says what is true and what to do, and when to come back', async () => {
  const states = await refusalStates(inscription);
  expect(new Set(states.map(({ response }) => response.status))).toEqual(
    new Set([403, 413, 415, 422, 429, 503]),
  );
  for (const state of states) {
    const page = await expectPageOf(inscription.page, state);
    const said = Object.values(TRUTHS).filter((truth) => page.text.includes(fr(truth)));
    expect(said, state.what).toHaveLength(1);
    expect(page.title, state.what).toMatch(/^Erreur\u00a0: .+ \| /);
    const [alert] = elementsOf(page.document).filter((one) => attribute(one, 'role') === 'alert');
    expect(textOf(alert!), state.what).toMatch(
      /(essayez|envoyez|revenez|envoyez-l|utilisez|raccourcissez)/iu,
    );
    if (state.response.status === 429) expect(page.text).toMatch(/Réessayez dans \d+ minutes?/);
    if (state.response.status === 429) expect(state.response.headers.get('Retry-After')).toMatch(/^\d+$/);
  }
});

test('every answer to a link is the follow-up page, or that of letters', async () => {
  for (const state of await followUpStates()) await expectPageOf('/suivi/', state);
  for (const state of await letterStates()) await expectPageOf('/confirmer/', state);
});
