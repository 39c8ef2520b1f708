import { renderToStaticMarkup } from 'react-dom/server';
import { LetterPage } from './LetterPage.tsx';
import type { LetterPageState } from './state.ts';

/** Comments round what changes in the built page: the function puts another state between them. */
export const LETTER_START = '<!--courriel-->';
/** See {@link LETTER_START}. */
export const LETTER_END = '<!--/courriel-->';

/** Renders a state of the page that answers letters as HTML, markers included. */
export function renderLetterPage(state: LetterPageState = { step: 'ask' }): string {
  return LETTER_START + renderToStaticMarkup(<LetterPage state={state} />) + LETTER_END;
}
