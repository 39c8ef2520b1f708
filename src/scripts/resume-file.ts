/* Answers in a file that the person keeps, to finish on another device. Nothing is sent. */
import { fill, valuesOf, type Values } from './form-values.ts';

const LARGEST = 500_000;

interface ResumeFile {
  formulaire: string;
  version: string;
  reponses: Values;
}

/** Makes the two buttons of the file work. */
export function offerFile(form: HTMLFormElement, box: HTMLElement, say: (words: string) => void): void {
  box.querySelector('[data-draft-download]')?.addEventListener('click', () => download(form));
  const picker = box.querySelector<HTMLInputElement>('[data-draft-resume]');
  picker?.addEventListener('change', () => {
    const [file] = picker.files ?? [];
    if (!file) return;
    void resume(form, file).then((words) => {
      say(words);
      picker.value = '';
    });
  });
}

function download(form: HTMLFormElement) {
  const slug = form.dataset['form'] ?? '';
  const content: ResumeFile = {
    formulaire: slug,
    version: form.dataset['version'] ?? '',
    reponses: valuesOf(form),
  };
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }));
  link.download = `mes-reponses-${slug}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function resume(form: HTMLFormElement, file: File): Promise<string> {
  const content = file.size > LARGEST ? undefined : read(await file.text());
  if (!content) return 'Ce fichier ne se lit pas. Choisissez celui que vous avez téléchargé ici.';
  if (content.formulaire !== form.dataset['form'])
    return 'Ce fichier vient d’un autre formulaire. Ouvrez-le là-bas.';
  fill(form, content.reponses);
  const changed = content.version === form.dataset['version'] ? '' : ' Les questions ont changé depuis.';
  return `Vos réponses sont revenues.${changed} Relisez-les. Cochez à nouveau les accords, s’il y en a.`;
}

function read(text: string): ResumeFile | undefined {
  try {
    const content = JSON.parse(text) as Partial<ResumeFile>;
    const { formulaire, version, reponses } = content;
    const right = typeof formulaire === 'string' && typeof version === 'string' && isValues(reponses);
    return right ? { formulaire, version, reponses } : undefined;
  } catch {
    return undefined;
  }
}

function isValues(values: unknown): values is Values {
  return (
    typeof values === 'object' &&
    values !== null &&
    Object.values(values).every(
      (list) => Array.isArray(list) && list.every((text) => typeof text === 'string'),
    )
  );
}
