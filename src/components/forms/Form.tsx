import type { RawValues } from '../../domain/forms/schema.ts';
import { fieldsOf, type FieldError, type Form, type FormSection } from '../../domain/forms/form.ts';
import { HIDDEN, STEPS } from '../../domain/forms/steps.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { DraftBox } from './DraftBox.tsx';
import { anchorOf, FieldControl } from './FieldControl.tsx';

/** What is true of a sending, and what to do about it. */
export interface NoticeWords {
  title: string;
  /** The first sentence: received, not received, or not known. */
  truth?: string;
  text: string;
  /** Where to find out. */
  link?: { href: string; words: string };
}

/** What a form page shows besides the questions. */
export interface FormState {
  /** What was typed, by field name. */
  values: RawValues;
  /** What to mend, in the order of the page. */
  errors: readonly FieldError[];
  /** Shown before everything else: the answers could not be taken, and what to do. */
  notice?: NoticeWords;
  /** Sent back unchanged, so that the same sending is never stored twice. */
  idempotencyKey?: string;
  /** Questions already answered whose answer can not be shown: left empty, it is kept. */
  kept?: readonly string[];
  /** What was written in the field that nobody sees. */
  trap?: string;
  /** Shows every question, the optional ones too: the person is looking for one of them. */
  unfolded?: boolean;
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
      data-page={form.page}
      data-version={form.version}
    >
      <FormAlerts form={form} state={state} />
      <DraftBox form={form} />
      <input type="hidden" name={HIDDEN.key} value={state.idempotencyKey ?? ''} />
      <input type="hidden" name={HIDDEN.step} value={STEPS.check} />
      <Trap value={state.trap ?? ''} />
      <FormQuestions form={form} state={state} />
      <p className="form-end">
        <button className="button" type="submit">
          {fr('Relire avant d’envoyer')}
        </button>
      </p>
    </form>
  );
}

/**
 * A field that no person sees, reaches or hears, and that no browser fills in: what is written there is a robot's.
 * Whoever reads the page without its styles is told to leave it empty.
 */
function Trap({ value }: { value: string }) {
  const { trap } = HIDDEN;
  return (
    <div className="vh" aria-hidden="true">
      <label htmlFor={trap}>N’écrivez rien ici</label>
      <input id={trap} name={trap} type="text" tabIndex={-1} autoComplete="off" defaultValue={value} />
    </div>
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
export function Notice({ title, truth, text, link }: NoticeWords) {
  return (
    <div className="form-alert" role="alert" tabIndex={-1} autoFocus>
      <h2>{fr(title)}</h2>
      {truth && (
        <p>
          <strong>{fr(truth)}</strong>
        </p>
      )}
      <p>{fr(text)}</p>
      {link && (
        <p>
          <a href={link.href}>{fr(link.words)}</a>
        </p>
      )}
    </div>
  );
}

function ErrorSummary({ form, errors }: { form: Form; errors: readonly FieldError[] }) {
  const anchors = new Map(fieldsOf(form).map((field) => [field.name, anchorOf(field)]));
  return (
    <div className="form-alert" role="alert" tabIndex={-1} autoFocus>
      <h2>
        {fr(errors.length === 1 ? 'Une réponse est à corriger' : `${errors.length} réponses sont à corriger`)}
      </h2>
      <p>Rien n’est perdu. Vos autres réponses sont gardées.</p>
      <ul>
        {errors.map((error) => (
          <li key={error.field}>
            <a href={`#${anchors.get(error.field) ?? ''}`}>{fr(error.message)}</a>
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

/** A form to correct shows what was agreed to before: there, some boxes are ticked. */
function introOf({ fields, intro }: FormSection, { values, kept }: FormState): string | undefined {
  const agreed =
    kept !== undefined &&
    fields.every(({ kind }) => kind === 'consent') &&
    fields.some(({ name }) => (values[name] ?? []).length > 0);
  return agreed ? 'Ce qui est coché, vous l’avez déjà accepté. Vous pouvez changer d’avis.' : intro;
}

function Section({ section, state, errors }: SectionProps) {
  const { values, kept = [], unfolded = false } = state;
  const fields = section.fields.map((field) => (
    <FieldControl
      key={field.name}
      field={field}
      values={values[field.name] ?? []}
      error={errors.get(field.name)}
      kept={kept.includes(field.name)}
    />
  ));
  const words = introOf(section, state);
  const intro = words ? <p className="soft">{fr(words)}</p> : null;
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
    <details className="form-more" open={touched || unfolded}>
      <summary>{fr(section.title)}</summary>
      {intro}
      {fields}
    </details>
  );
}
