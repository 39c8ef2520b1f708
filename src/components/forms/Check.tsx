import type { Field, StoredValue } from '../../domain/forms/field.ts';
import { fieldsOf, questionOf, type Form, type FormSection } from '../../domain/forms/form.ts';
import type { RawValues } from '../../domain/forms/schema.ts';
import { HIDDEN, STEPS } from '../../domain/forms/steps.ts';
import { answerInWords, NO_ANSWER } from '../../domain/forms/words.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { anchorOf } from './FieldControl.tsx';
import { Notice, type NoticeWords } from './Form.tsx';

/** Answers without a mistake, shown again before anything is stored. */
export interface CheckState {
  /** As they were typed: they are sent again as they are. */
  typed: RawValues;
  /** As they will be stored. */
  values: Readonly<Record<string, StoredValue>>;
  /** The proof that they were shown. */
  token: string;
  idempotencyKey: string;
  /** What was written in the field that nobody sees. */
  trap?: string;
  /** Sending failed: what is true, and what to do. */
  notice?: NoticeWords;
}

/** What stands above the answers, in the place of what introduced the questions. */
export function CheckIntro({ form, notice }: { form: Form; notice?: NoticeWords | undefined }) {
  return (
    <>
      <h1 tabIndex={-1} autoFocus={!notice}>
        Vérifiez vos réponses
      </h1>
      <p className="lead">{fr('Rien n’est encore envoyé, rien n’est encore enregistré.')}</p>
      <p>{fr(`Relisez. Corrigez ce qui doit l’être. Puis appuyez sur « ${form.submit} », en bas.`)}</p>
    </>
  );
}

/** Every answer with the way to change it, and the button that sends. Works without JavaScript. */
export function CheckView({ form, state }: { form: Form; state: CheckState }) {
  const { typed, token, idempotencyKey, trap, notice } = state;
  const hidden = [
    [HIDDEN.key, idempotencyKey],
    [HIDDEN.token, token],
    ...(trap ? [[HIDDEN.trap, trap]] : []),
    ...fieldsOf(form).flatMap(({ name }) => (typed[name] ?? []).map((value) => [name, value])),
  ];
  return (
    <form
      className="form"
      action={actionOf(form)}
      method="post"
      noValidate
      data-form={form.slug}
      data-page={form.page}
      data-check
    >
      {notice && <Notice {...notice} />}
      {hidden.map(([name, value], index) => (
        <input key={index} type="hidden" name={name} value={value} />
      ))}
      {form.sections.map((section) => (
        <Answers key={section.title} form={form} section={section} values={state.values} />
      ))}
      <div className="form-end">
        <button className="button" type="submit">
          {fr(form.submit)}
        </button>
        <button className="button quiet" type="submit" name={HIDDEN.step} value={STEPS.mend}>
          Revenir aux questions
        </button>
      </div>
    </form>
  );
}

interface AnswersProps {
  form: Form;
  section: FormSection;
  values: CheckState['values'];
}

function Answers({ form, section, values }: AnswersProps) {
  return (
    <section>
      <h2>{fr(section.title)}</h2>
      <dl className="answers">
        {section.fields.map((field) => (
          <div key={field.name}>
            <dt>{fr(questionOf(field))}</dt>
            <dd>{wordsOf(field, values[field.name] ?? null)}</dd>
            <dd>
              <button
                className="plain"
                type="submit"
                name={HIDDEN.step}
                value={STEPS.mend}
                formAction={`${actionOf(form)}#${anchorOf(field)}`}
              >
                Modifier
                <span className="vh"> : {fr(questionOf(field))}</span>
              </button>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The site's own words take its typography; what a person wrote stays as they wrote it. */
function wordsOf(field: Field, value: StoredValue): string {
  const words = answerInWords(field, value);
  return 'choices' in field || words === NO_ANSWER ? fr(words) : words;
}

function actionOf(form: Form): string {
  return `/api/formulaires/${form.slug}`;
}
