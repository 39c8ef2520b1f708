import { renderToStaticMarkup } from 'react-dom/server';
import type { Form } from '../../domain/forms/form.ts';
import { EMPTY_STATE, FormView, type FormState } from './Form.tsx';

/** Comments round the form in its built page: the function puts the same form, filled in, between them. */
export const FORM_START = '<!--formulaire-->';
/** See {@link FORM_START}. */
export const FORM_END = '<!--/formulaire-->';

/** Renders a form as HTML, markers included. */
export function renderForm(form: Form, state: FormState = EMPTY_STATE): string {
  return FORM_START + renderToStaticMarkup(<FormView form={form} state={state} />) + FORM_END;
}
