import { fieldsOf, questionOf, type Form } from './form.ts';

/**
 * How long the answers of a form are kept. The database erases them when the time has come: its table
 * `private.retention` says the same, and a test compares the two.
 */
export interface Retention {
  months: number;
  /**
   * The day the months are counted from. `received`: the sending. `agreed`: the last time the person agreed, by
   * sending, correcting or answering « Toujours d’accord ? ». `changed`: the last thing that happened to it, a
   * decision, a correction or a message.
   */
  from: 'received' | 'agreed' | 'changed';
  /** Kept as long as it is published, however old. */
  whilePublished?: boolean;
  /**
   * What is published stops being shown these months after its last confirmation (or its publication): from there it is
   * kept like what was withdrawn.
   */
  unconfirmedMonths?: number;
  /** The months it is kept after it was refused or withdrawn. */
  closedMonths?: number;
  /** Answers emptied before the rest, by name: the months they are kept from the sending. */
  answers?: Readonly<Record<string, number>>;
}

/** What is kept for a number of days, whatever the form. `private.kept_days` says the same. */
export const KEPT_DAYS = {
  /** A sending put aside because it looked like a robot's. */
  quarantine: 30,
  /** The trace of a letter that was sent, or given up: what it was about and when, never an address. */
  letter: 30,
  /** The trace of a « Toujours d’accord ? », so that it is asked once a year. */
  yearly_letter: 400,
  /** A letter that could not leave: after that it would only surprise. */
  unsent_letter: 7,
} as const;

const STARTS: Record<Retention['from'], string> = {
  received: 'après l’envoi',
  agreed: 'après votre dernier accord',
  changed: 'après le dernier changement du dossier',
};

/** How long the answers of a form are kept, in sentences. */
export function retentionWords(form: Form): string {
  const { months, from, whilePublished, unconfirmedMonths, closedMonths, answers = {} } = form.retention;
  const main = `${spell(months)} ${STARTS[from]}`;
  return [
    whilePublished ? `Tant que la fiche est publiée. Sinon, ${main}.` : `${capital(main)}.`,
    ...(unconfirmedMonths
      ? [
          `La fiche n’est plus montrée ${unconfirmedMonths} mois après sa dernière confirmation : c’est un retrait.`,
        ]
      : []),
    ...(closedMonths ? [`Après un refus ou un retrait : ${spell(closedMonths)}.`] : []),
    ...fieldsOf(form).flatMap((field) => {
      const kept = answers[field.name];
      return kept ? [`La réponse à « ${questionOf(field)} » : ${spell(kept)} après l’envoi.`] : [];
    }),
    'Ensuite, tout s’efface automatiquement.',
  ].join(' ');
}

const NUMBERS = ['un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix', 'onze'];

function spell(months: number): string {
  const years = months / 12;
  if (Number.isInteger(years)) return `${NUMBERS[years - 1] ?? years} ${years === 1 ? 'an' : 'ans'}`;
  return `${NUMBERS[months - 1] ?? months} mois`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
