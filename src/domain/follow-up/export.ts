import { fieldsOf, questionOf } from '../forms/form.ts';
import type { StoredValue } from '../forms/field.ts';
import { answerInWords } from '../forms/words.ts';
import type { HistoryEvent, Status, Submission } from './submission.ts';
import { HIDDEN_WORDS } from './words.ts';

/** One answer in the file: as it is stored, and in words. */
export interface ExportedAnswer {
  name: string;
  question: string;
  /** `null` when there is none, or when it can not be read; `words` then says which. */
  value: StoredValue;
  words: string;
}

/** Everything the site holds about a submission, for a program or to keep. */
export interface SubmissionExport {
  form: { slug: string; title: string; version: string };
  reference: string;
  status: Status;
  receivedAt: string;
  consentAt: string;
  revision: number;
  answers: ExportedAnswer[];
  history: readonly HistoryEvent[];
  team: Submission['team'];
  /** The news of a project. Not the offers of help: those are other people's. */
  updates: Submission['updates'];
}

/** A submission as data. */
export function exportOf(submission: Submission): SubmissionExport {
  const { form, reference, status, receivedAt, consentAt, formVersion, revision, history, team, updates } =
    submission;
  return {
    form: { slug: form.slug, title: form.title, version: formVersion },
    reference,
    status,
    receivedAt,
    consentAt,
    revision,
    answers: fieldsOf(form).flatMap((field) => {
      const answer = submission.answers[field.name];
      if (!answer) return [];
      const { name } = field;
      const question = questionOf(field);
      return 'hidden' in answer
        ? { name, question, value: null, words: HIDDEN_WORDS[answer.hidden] }
        : { name, question, value: answer.value, words: answerInWords(field, answer.value) };
    }),
    history,
    team,
    updates,
  };
}
