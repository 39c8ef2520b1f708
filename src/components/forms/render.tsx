import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Form } from '../../domain/forms/form.ts';
import { CheckIntro, CheckView, type CheckState } from './Check.tsx';
import { EMPTY_STATE, FormView, type FormState } from './Form.tsx';

/** Comments round the form in its built page: the function puts the same form, filled in, between them. */
export const FORM_START = '<!--formulaire-->';
/** See {@link FORM_START}. */
export const FORM_END = '<!--/formulaire-->';
/** Comments round the title and what introduces the questions, which have no place above the answers. */
export const INTRO_START = '<!--presentation-->';
/** See {@link INTRO_START}. */
export const INTRO_END = '<!--/presentation-->';

/** Renders a form as HTML, markers included. */
export function renderForm(form: Form, state: FormState = EMPTY_STATE): string {
  return FORM_START + markupOf(<FormView form={form} state={state} />) + FORM_END;
}

/** Renders the page that shows the answers again: what stands above them, and the form that sends them. */
export function renderCheck(form: Form, state: CheckState): { intro: string; form: string } {
  return {
    intro: markupOf(<CheckIntro form={form} notice={state.notice} />),
    form: markupOf(<CheckView form={form} state={state} />),
  };
}

/** React writes `hidden=""`; the rest of the site writes `hidden`. What people type is escaped: it cannot match. */
function markupOf(element: ReactElement): string {
  return renderToStaticMarkup(element).replaceAll(' hidden=""', ' hidden');
}
