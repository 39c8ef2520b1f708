import type { ReactNode } from 'react';
import { HIDDEN_WORDS } from '../../domain/follow-up/words.ts';
import type { ChoiceField, ChoicesField, Field } from '../../domain/forms/field.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import type { Choice } from '../../domain/vocabularies/choice.ts';

interface Props {
  field: Field;
  /** What was typed; a text field shows the first. */
  values: readonly string[];
  error: string | undefined;
  /** The question is answered already, and the answer can not be shown: left empty, it is kept. */
  kept?: boolean;
}

/** The id of the control that answers a question: the first box, when there are several. */
export function anchorOf(field: Field): string {
  return isGroup(field) ? `${field.name}-1` : field.name;
}

function isGroup(field: Field): field is ChoiceField | ChoicesField {
  return field.kind === 'choices' || (field.kind === 'choice' && field.display === 'radios');
}

/** One question with its label, its help before the field, and its error in the same words as the summary. */
export function FieldControl(props: Props) {
  const { field } = props;
  if (field.kind === 'consent') return <Consent {...props} />;
  if (isGroup(field)) return <ChoiceGroup {...props} field={field} />;
  return (
    <div className={props.error ? 'field wrong' : 'field'}>
      <label htmlFor={field.name}>{fr(field.label)}</label>
      <Hint field={field} />
      {props.kept && <KeptHint field={field} />}
      <ErrorText field={field} error={props.error} />
      <Input {...props} />
      {props.kept && !field.required && <Removal field={field} />}
    </div>
  );
}

function Hint({ field }: { field: Field }) {
  if (!field.hint) return null;
  return (
    <p className="hint" id={`${field.name}-hint`}>
      {fr(field.hint)}
    </p>
  );
}

function KeptHint({ field }: { field: Field }) {
  return (
    <p className="hint" id={`${field.name}-kept`}>
      {fr(`${HIDDEN_WORDS[field.protection ?? 'sealed']} Laissez vide pour garder votre réponse.`)}
    </p>
  );
}

function Removal({ field }: { field: Field }) {
  return (
    <label className="option">
      <input type="checkbox" name="enlever" value={field.name} />
      <span>Effacer cette réponse</span>
    </label>
  );
}

function ErrorText({ field, error }: { field: Field; error: string | undefined }) {
  if (!error) return null;
  return (
    <p className="field-error" id={`${field.name}-error`}>
      <span className="vh">Erreur : </span>
      {fr(error)}
    </p>
  );
}

function describedBy(field: Field, error: string | undefined, kept = false): string | undefined {
  const ids = [
    field.hint && `${field.name}-hint`,
    kept && `${field.name}-kept`,
    error && `${field.name}-error`,
  ].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

function Input({ field, values, error, kept }: Props): ReactNode {
  const common = {
    id: field.name,
    name: field.name,
    'aria-describedby': describedBy(field, error, kept),
    'aria-invalid': error ? true : undefined,
    // No « off » unless the form wants it: a browser that comes back to the page must bring the answers back.
    autoComplete: field.autocomplete,
  };
  const value = field.kind === 'tags' ? values.join(', ') : (values[0] ?? '');
  switch (field.kind) {
    case 'choice':
      return <Select field={field} common={common} value={value} />;
    case 'long-text':
      return <textarea {...common} rows={field.rows} defaultValue={value} data-max={field.maxLength} />;
    case 'email':
      return <input {...common} type="email" spellCheck={false} defaultValue={value} />;
    case 'phone':
      return <input {...common} type="tel" inputMode="tel" className="short" defaultValue={value} />;
    case 'url':
      return (
        <input
          {...common}
          type="text"
          inputMode="url"
          spellCheck={false}
          autoCapitalize="none"
          defaultValue={value}
        />
      );
    case 'contact':
    case 'project':
      return <input {...common} type="text" spellCheck={false} autoCapitalize="none" defaultValue={value} />;
    case 'code':
      return (
        <input
          {...common}
          type="text"
          spellCheck={false}
          autoCapitalize="characters"
          autoCorrect="off"
          defaultValue={value}
        />
      );
    case 'year':
    case 'money':
      return <input {...common} type="text" inputMode="numeric" className="short" defaultValue={value} />;
    case 'month':
      return <input {...common} type="text" className="short" defaultValue={value} />;
    default:
      return <input {...common} type="text" defaultValue={value} />;
  }
}

function Select({ field, common, value }: { field: ChoiceField; common: object; value: string }) {
  const options = (choices: readonly Choice[]) =>
    choices.map((choice) => (
      <option key={choice.value} value={choice.value}>
        {fr(choice.label)}
      </option>
    ));
  return (
    <select {...common} defaultValue={value}>
      <option value="">{field.required ? 'Choisissez' : 'Pas de réponse'}</option>
      {field.groups
        ? field.groups.map((group) => (
            <optgroup key={group.label} label={group.label}>
              {options(group.choices)}
            </optgroup>
          ))
        : options(field.choices)}
    </select>
  );
}

function ChoiceGroup({ field, values, error }: Props & { field: ChoiceField | ChoicesField }) {
  const type = field.kind === 'choices' ? 'checkbox' : 'radio';
  return (
    <fieldset className={error ? 'field wrong' : 'field'} aria-describedby={describedBy(field, error)}>
      <legend>{fr(field.label)}</legend>
      <Hint field={field} />
      <ErrorText field={field} error={error} />
      {field.choices.map((choice, index) => (
        <label className="option" key={choice.value}>
          <input
            type={type}
            id={`${field.name}-${index + 1}`}
            name={field.name}
            value={choice.value}
            defaultChecked={values.includes(choice.value)}
          />
          <span>{fr(choice.label)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Consent({ field, values, error }: Props) {
  return (
    <div className={error ? 'field wrong' : 'field'}>
      <ErrorText field={field} error={error} />
      <label className="option">
        <input
          type="checkbox"
          id={field.name}
          name={field.name}
          value="oui"
          data-consent=""
          defaultChecked={values.length > 0}
          aria-describedby={describedBy(field, error)}
          aria-invalid={error ? true : undefined}
        />
        <span>{fr(field.label)}</span>
      </label>
      <Hint field={field} />
    </div>
  );
}
