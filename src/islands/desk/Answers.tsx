import { useMemo } from 'react';
import { answeredSections, shownAnswer, type ShownAnswer } from '../../domain/desk/answers.ts';
import type { SubmissionRow } from '../../domain/desk/submission-file.ts';
import { fieldsOf, questionOf, type Form } from '../../domain/forms/form.ts';
import { NO_ANSWER } from '../../domain/forms/words.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { useDesk } from './desk-context.ts';
import { openAnswers, useOpened } from './use-opened.ts';

/** Every answer of a file, in the words of its form. */
export function Answers({ form, row }: { form: Form; row: SubmissionRow }) {
  const { opener } = useDesk();
  const open = useMemo(() => (by: NonNullable<typeof opener>) => openAnswers(form, row, by), [form, row]);
  const opened = useOpened(opener, open);
  const hidden = fieldsOf(form).some(({ protection, name }) => protection === 'sealed' && row[name] !== null);
  return (
    <section className="desk-answers" aria-label="Réponses">
      {hidden && !opener && (
        <p className="desk-hint">
          {fr('Certaines réponses sont scellées : « Ouvrir la clé », en haut, les montre.')}
        </p>
      )}
      {answeredSections(form, row).map(({ title, fields }) => (
        <div key={title} className="desk-section">
          <h4>{fr(title)}</h4>
          <dl>
            {fields.map((field) => (
              <div key={field.name}>
                <dt>{fr(questionOf(field))}</dt>
                <Answer shown={shownAnswer(field, row[field.name] ?? null, opened)} />
              </div>
            ))}
          </dl>
        </div>
      ))}
    </section>
  );
}

/** What stands in the place of an answer that cannot be read. */
const UNREAD: Readonly<Record<Exclude<ShownAnswer['kind'], 'words'>, string>> = {
  none: NO_ANSWER,
  sealed: 'Scellé',
  encrypted: 'Chiffré : seul le service le lit, pour écrire à la personne',
  unopened: 'Scellé avec une autre clé : ouvrez aussi l’ancien fichier',
};

function Answer({ shown }: { shown: ShownAnswer }) {
  if (shown.kind === 'words') return <dd>{shown.words}</dd>;
  return <dd className="desk-unread">{fr(UNREAD[shown.kind])}</dd>;
}
