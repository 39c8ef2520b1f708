import { renderToStaticMarkup } from 'react-dom/server';
import { FollowUp } from './FollowUp.tsx';
import type { FollowUpState } from './state.ts';

/** Comments round what changes in the built page: the function puts another state between them. */
export const FOLLOW_UP_START = '<!--suivi-->';
/** See {@link FOLLOW_UP_START}. */
export const FOLLOW_UP_END = '<!--/suivi-->';

/** Renders a state of the follow-up page as HTML, markers included. */
export function renderFollowUp(state: FollowUpState = { step: 'ask' }): string {
  return FOLLOW_UP_START + renderToStaticMarkup(<FollowUp state={state} />) + FOLLOW_UP_END;
}
