/* The copy of one's answers for the thank-you page: in this tab only, gone when it closes. */
const KEY = 'copie-des-reponses';

/** The question's words and the answer's. */
export type AnswersCopy = [label: string, answer: string][];

/** Keeps what was sent. */
export function keepCopy(answers: AnswersCopy): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(answers));
  } catch {
    // Storage may be forbidden: the thank-you page then only shows the reference.
  }
}

/** What was kept, if anything. */
export function readCopy(): AnswersCopy {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as AnswersCopy;
  } catch {
    return [];
  }
}

/** Erases what was kept. */
export function forgetCopy(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}

/** What the form says now: in its questions, or where it shows the answers again. */
export function readAnswers(form: HTMLFormElement): AnswersCopy {
  const shown = [...form.querySelectorAll('.answers > div')];
  if (shown.length > 0) {
    return shown.map((one) =>
      ['dt', 'dd'].map((name) => one.querySelector(name)?.textContent ?? ''),
    ) as AnswersCopy;
  }
  return [...form.querySelectorAll<HTMLElement>('.field')].flatMap((field) => {
    const label = field.querySelector('legend, label')?.textContent ?? '';
    const answer = answerIn(field);
    return answer === '' ? [] : [[label, answer] as [string, string]];
  });
}

function answerIn(field: HTMLElement): string {
  const control = field.querySelector<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(
    'select, textarea, input:not([type=radio]):not([type=checkbox])',
  );
  if (control instanceof HTMLSelectElement)
    return control.value ? (control.selectedOptions[0]?.text ?? '') : '';
  if (control) return control.value.trim();
  const ticked = [...field.querySelectorAll<HTMLInputElement>('input:checked')];
  if (field.tagName !== 'FIELDSET') return ticked.length > 0 ? 'Oui' : 'Non';
  return ticked.map((box) => box.parentElement?.textContent ?? '').join(', ');
}
