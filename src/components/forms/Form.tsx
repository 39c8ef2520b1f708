import type { RawValues } from '../../domain/forms/schema.ts';
import { fieldsOf, type FieldError, type Form, type FormSection } from '../../domain/forms/form.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { FieldControl } from './FieldControl.tsx';

/** What a form page shows besides the questions. */
export interface FormState {
  /** What was typed, by field name. */
  values: RawValues;
  /** What to mend, in the order of the page. */
  errors: readonly FieldError[];
  /** A sentence shown before everything else: the answers could not be taken, and what to do. */
  notice?: { title: string; text: string };
  /** Sent back unchanged, so that the same sending is never stored twice. */
  idempotencyKey?: string;
  /** Questions already answered whose answer can not be shown: left empty, it is kept. */
  kept?: readonly string[];
}

/** A form nobody has touched. */
export const EMPTY_STATE: FormState = { values: {}, errors: [] };

/** A whole form, the same in the built page and in the function's error page. */
export function FormView({ form, state }: { form: Form; state: FormState }) {
  return (
    <form
      className="form"
      action={`/api/formulaires/${form.slug}`}
      method="post"
      noValidate
      data-form={form.slug}
    >
      <FormAlerts form={form} state={state} />
      <input type="hidden" name="idempotency_key" value={state.idempotencyKey ?? ''} />
      <FormQuestions form={form} state={state} />
      <p className="form-end">
        <button className="button" type="submit">
          {fr(form.submit)}
        </button>
      </p>
    </form>
  );
}

/** What must be read before the questions: why the answers could not be taken, and which ones to mend. */
export function FormAlerts({ form, state }: { form: Form; state: FormState }) {
  return (
    <>
      {state.notice && <Notice {...state.notice} />}
      {state.errors.length > 0 && <ErrorSummary form={form} errors={state.errors} />}
    </>
  );
}

/** Every question of a form, with what was typed. */
export function FormQuestions({ form, state }: { form: Form; state: FormState }) {
  const errors = new Map(state.errors.map((error) => [error.field, error.message]));
  return form.sections.map((section) => (
    <Section key={section.title} section={section} state={state} errors={errors} />
  ));
}

/** A sentence in a frame that nobody misses. */
export function Notice({ title, text }: { title: string; text: string }) {
  return (
    <div className="form-alert" role="alert" tabIndex={-1} autoFocus>
      <h2>{fr(title)}</h2>
      <p>{fr(text)}</p>
    </div>
  );
}

function ErrorSummary({ form, errors }: { form: Form; errors: readonly FieldError[] }) {
  const radios = new Set(
    fieldsOf(form)
      .filter((field) => field.kind === 'choices' || (field.kind === 'choice' && field.display === 'radios'))
      .map((field) => field.name),
  );
  return (
    <div className="form-alert" role="alert" tabIndex={-1} autoFocus>
      <h2>
        {fr(errors.length === 1 ? 'Une réponse est à corriger' : `${errors.length} réponses sont à corriger`)}
      </h2>
      <p>Rien n’est perdu. Vos autres réponses sont gardées.</p>
      <ul>
        {errors.map((error) => (
          <li key={error.field}>
            <a href={`#${error.field}${radios.has(error.field) ? '-1' : ''}`}>{fr(error.message)}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface SectionProps {
  section: FormSection;
  state: FormState;
  errors: ReadonlyMap<string, string>;
}

function Section({ section, state: { values, kept = [] }, errors }: SectionProps) {
  const fields = section.fields.map((field) => (
    <FieldControl
      key={field.name}
      field={field}
      values={values[field.name] ?? []}
      error={errors.get(field.name)}
      kept={kept.includes(field.name)}
    />
  ));
  const intro = section.intro ? <p className="soft">{fr(section.intro)}</p> : null;
  if (!section.folded) {
    return (
      <section>
        <h2>{fr(section.title)}</h2>
        {intro}
        {fields}
      </section>
    );
  }
  const touched = section.fields.some(
    (field) =>
      errors.has(field.name) || kept.includes(field.name) || (values[field.name] ?? []).some(Boolean),
  );
  return (
    <details className="form-more" open={touched}>
      <summary>{fr(section.title)}</summary>
      {intro}
      {fields}
    </details>
  );
}
