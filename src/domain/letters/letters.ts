import { dayWords } from '../follow-up/words.ts';
import type { Status } from '../follow-up/submission.ts';
import type { Form } from '../forms/form.ts';
import { SILENCE_DAYS } from '../projects/silence.ts';
import { retentionWords } from '../forms/retention.ts';
import type { Letter, LetterBlock, LetterHead } from './letter.ts';

/** What a letter is about; `private.outbox` knows the same. */
export type LetterKind = 'receipt' | 'confirmation' | 'news' | 'yearly' | 'offer' | 'silence';

/** The submission a letter is about. */
export interface LetterSubject {
  form: Form;
  reference: string;
  status: Status;
  /** The last time its author agreed that it be kept. */
  agreedAt: string;
  /** Whether the address of the letter was already confirmed. */
  confirmed: boolean;
}

/** Whole addresses, each for the reader of one letter. */
export interface LetterLinks {
  confirm: string;
  keep: string;
  erase: string;
  stop: string;
  /** Absent when its key is gone: the reader may still have it. */
  followUp: string | undefined;
}

const IN_HAND =
  'Qui a ce lien peut faire la même chose que vous : ne transmettez pas ce courriel, et gardez-le.';

const NOT_YOU =
  'Quelqu’un a pu se tromper d’adresse. Ne faites rien : sans votre confirmation, nous n’écrirons plus à cette adresse.';

/** Writes a letter of a kind. */
export function letterOf(
  kind: LetterKind,
  subject: LetterSubject,
  links: LetterLinks,
  head: LetterHead,
): Letter {
  const { blocks, ...letter } = WRITERS[kind](subject, links);
  return {
    ...letter,
    blocks: [{ text: 'Bonjour,' }, ...blocks, ...signature(kind, subject, links, head)],
    ...(kind === 'receipt' || kind === 'confirmation' ? {} : { unsubscribe: links.stop }),
  };
}

type Writer = (
  subject: LetterSubject,
  links: LetterLinks,
) => {
  subject: string;
  blocks: LetterBlock[];
};

const WRITERS: Record<LetterKind, Writer> = {
  receipt: (subject, links) => ({
    subject: `Votre envoi est arrivé : ${subject.reference}`,
    blocks: [
      { text: 'Nous avons bien reçu votre envoi.' },
      { items: [`Formulaire : ${subject.form.title}`, `Référence : ${subject.reference}`] },
      ...(subject.confirmed ? [] : confirmation(links)),
      ...followUp(links),
      { title: 'Et maintenant ?' },
      { items: subject.form.nextSteps },
    ],
  }),

  confirmation: (subject, links) => ({
    subject: `Confirmez votre nouvelle adresse : ${subject.reference}`,
    blocks: [
      { text: `Cette adresse vient d’être donnée pour l’envoi ${subject.reference}.` },
      { items: [`Formulaire : ${subject.form.title}`] },
      ...confirmation(links),
      ...followUp(links),
    ],
  }),

  news: (subject, links) => ({
    subject: `Du nouveau pour votre envoi ${subject.reference}`,
    blocks: [
      { text: NEWS[subject.status] },
      { items: [`Formulaire : ${subject.form.title}`, `Référence : ${subject.reference}`] },
      ...followUp(links),
    ],
  }),

  offer: (subject, links) => ({
    subject: `Une proposition vous attend : ${subject.reference}`,
    blocks: [
      {
        text: 'Une personne propose d’aider votre projet. L’équipe a lu sa proposition et vous la transmet. Elle n’a pas vérifié qui est cette personne.',
      },
      { text: 'Ouvrez votre dossier pour la lire et lui répondre. Votre adresse ne lui a pas été donnée.' },
      ...followUp(links),
    ],
  }),

  silence: (subject, links) => ({
    subject: `Où en êtes-vous ? ${subject.reference}`,
    blocks: [
      {
        text: `Où en est votre projet ? Une phrase suffit, même s’il est bloqué. Ouvrez votre dossier, puis « Donner des nouvelles ».`,
      },
      {
        text: `Sans nouvelles pendant ${SILENCE_DAYS.silent} jours, la page du projet le dit. Au bout de ${SILENCE_DAYS.archived} jours, il quitte les listes pour les archives. Une fois livré, rien de cela : nous vous demandons seulement, un an après, s’il sert encore.`,
      },
      ...followUp(links),
    ],
  }),

  yearly: (subject, links) => ({
    subject: `Toujours d’accord ? Votre envoi ${subject.reference}`,
    blocks: [
      {
        text: `Nous gardons vos réponses depuis votre accord du ${dayWords(subject.agreedAt)}. Une fois par an, nous vous demandons si vous êtes toujours d’accord.`,
      },
      { items: [`Formulaire : ${subject.form.title}`, `Référence : ${subject.reference}`] },
      { title: 'Choisissez' },
      { link: links.keep, words: 'Oui, gardez mes réponses' },
      ...(links.followUp ? [{ link: links.followUp, words: 'Changer mes réponses' }] : []),
      { link: links.erase, words: 'Non, effacez tout' },
      { text: 'Chaque lien ouvre une page avec un bouton. Rien ne change tant que vous n’appuyez pas.' },
      { text: withoutAnswer(subject) },
    ],
  }),
};

const NEWS: Record<Status, string> = {
  received: 'Votre envoi est de nouveau dans la file, à relire.',
  needs_info:
    'L’équipe a besoin d’une précision pour continuer. Ouvrez votre dossier : vous pouvez corriger vos réponses ou ajouter un message.',
  accepted: 'Une personne de l’équipe a relu votre envoi et l’a accepté.',
  published: 'Votre envoi est publié : il paraît sur le site à sa prochaine mise à jour.',
  refused:
    'Une personne de l’équipe a relu votre envoi et ne l’a pas retenu. Vous pouvez le corriger : il sera relu.',
  withdrawn: 'L’équipe a retiré votre envoi. Il n’est ni traité ni publié.',
};

function confirmation({ confirm }: LetterLinks): LetterBlock[] {
  return [
    { title: 'Confirmez votre adresse' },
    { link: confirm, words: 'Cette adresse est bien la mienne' },
    {
      text: 'Ouvrez ce lien, puis appuyez sur le bouton. Sans cela, vous ne recevrez pas d’autre courriel pour cet envoi.',
    },
    { text: `Ce n’est pas vous ? ${NOT_YOU}` },
  ];
}

function followUp({ followUp: link }: LetterLinks): LetterBlock[] {
  if (link === undefined) {
    return [
      { text: 'Pour le suivre, le corriger ou l’effacer, ouvrez le lien que vous avez gardé en l’envoyant.' },
    ];
  }
  return [{ title: 'Suivre, corriger, effacer' }, { link, words: 'Ouvrir mon dossier' }, { text: IN_HAND }];
}

/** What happens to a submission whose author does not answer. */
function withoutAnswer({ form, agreedAt }: LetterSubject): string {
  const { months, from } = form.retention;
  if (from === 'agreed') {
    const end = new Date(agreedAt);
    end.setUTCMonth(end.getUTCMonth() + months);
    return `Sans réponse de votre part, tout sera effacé le ${dayWords(end.toISOString())}.`;
  }
  return `Sans réponse de votre part, la durée prévue ne change pas. ${retentionWords(form)}`;
}

function signature(
  kind: LetterKind,
  { form }: LetterSubject,
  { stop }: LetterLinks,
  { name, status, statusDetail, contact }: LetterHead,
): LetterBlock[] {
  return [
    { title: name },
    { text: `${status}. ${statusDetail}` },
    {
      text: `Vous recevez ce courriel parce que cette adresse a été écrite dans le formulaire « ${form.title} ». Personne ne lit les réponses à ce courriel.${contact === null ? '' : ` Pour nous écrire : ${contact}.`}`,
    },
    ...(kind !== 'receipt' && kind !== 'confirmation'
      ? [{ link: stop, words: 'Ne plus recevoir de courriel' }]
      : []),
  ];
}
