// Made-up people and projects, with the letters of Ewe and Kabiyè, apostrophes, hyphens and line breaks:
// what is typed on the left, what must be in the database on the right.
import { aide } from '../../src/domain/forms/aide.ts';
import { association } from '../../src/domain/forms/association.ts';
import { avis } from '../../src/domain/forms/avis.ts';
import { difficulte } from '../../src/domain/forms/difficulte.ts';
import { inscription } from '../../src/domain/forms/inscription.ts';
import { projet } from '../../src/domain/forms/projet.ts';
import { retour } from '../../src/domain/forms/retour.ts';
import { rumeur } from '../../src/domain/forms/rumeur.ts';
import type { Form } from '../../src/domain/forms/form.ts';
import { codeOf, KNOWN_PROJECT } from '../support/forms.ts';
import { choiceLabel, rowsWhere, type Typed, type TypedAnswers } from '../support/browser.ts';

interface Answer {
  typed: Typed;
  stored: unknown;
}

/** The same text typed and stored. */
const text = (words: string): Answer => ({ typed: words, stored: words });

const codes =
  (form: Form) =>
  (name: string, code: string | string[]): Answer => ({
    typed: Array.isArray(code)
      ? code.map((one) => choiceLabel(form, name, one))
      : choiceLabel(form, name, code),
    stored: code,
  });

const tick: Answer = { typed: true, stored: true };

/** A whole registration, every question answered. */
function registration(mark: string): Record<string, Answer> {
  const choice = codes(inscription);
  return {
    first_names: text('Kɔ́kú-Édem ʋɩ'),
    last_name: text(`d’Almeida-Ɖogbé Ŋkɛ ${mark}`),
    email: text(`${mark}@example.org`),
    residence_country: choice('residence_country', 'FR'),
    city: text("L'Haÿ-les-Roses"),
    occupation_family: choice('occupation_family', 'J15'),
    occupation: text('Infirmière <b>de nuit</b> & formatrice'),
    availability: choice('availability', ['remote', 'short_mission']),
    skills: { typed: 'pédiatrie, vaccination ; ƒuƒu', stored: ['pédiatrie', 'vaccination', 'ƒuƒu'] },
    education_level: choice('education_level', 'bachelor'),
    experience_band: choice('experience_band', '11-20'),
    languages: { typed: 'français, éwé, kabɩyɛ', stored: ['français', 'éwé', 'kabɩyɛ'] },
    commitments: choice('commitments', ['teaching', 'medical_mission']),
    action_region: choice('action_region', 'kara'),
    phone: { typed: '00 33 (0)1 99 00 12 34', stored: '+33199001234' },
    consent_registry: tick,
    consent_contact: tick,
    consent_statistics: tick,
  };
}

/** A whole project, every question answered. */
function project(mark: string): Record<string, Answer> {
  const choice = codes(projet);
  return {
    title: text(`Un forage pour l’école d’Agbélouvé ${mark}`),
    summary: text('De l’eau propre pour 300 élèves.\nEt pour le village ɖɛɔŋƒʋɩʊ.'),
    description: text('Le besoin :\n\n- un puits « tari » ;\n- 3 km à pied.\n\nAprès : un comité le garde.'),
    sector: choice('sector', 'water'),
    stage: choice('stage', 'study'),
    region: choice('region', 'maritime'),
    prefecture: choice('prefecture', 'Zio'),
    commune: text('Zio 3'),
    locality_agreement: choice('locality_agreement', 'pending'),
    budget_total: { typed: '12 500 000 F CFA', stored: 12_500_000 },
    amount_raised: { typed: '1.250.000', stored: 1_250_000 },
    needs: choice('needs', ['funding', 'local_partner']),
    skills_sought: { typed: 'hydraulique, comptabilité', stored: ['hydraulique', 'comptabilité'] },
    start_wanted: { typed: 'mars 2027', stored: '2027-03' },
    duration_band: choice('duration_band', 'under_6_months'),
    website: { typed: 'example.org/forage', stored: 'https://example.org/forage' },
    holder_type: choice('holder_type', 'association'),
    holder_name: text('Association « Ɛsɔ-Wazʊʊ »'),
    residence_country: choice('residence_country', 'TG'),
    email: text(`${mark}@example.org`),
    phone: { typed: '+228 90 00 00 00', stored: '+22890000000' },
    consent_publication: tick,
    consent_contact: tick,
  };
}

/** An offer of help, every question answered. */
function help(mark: string): Record<string, Answer> {
  const choice = codes(aide);
  return {
    project: { typed: `https://example.org/projets/${KNOWN_PROJECT}/`, stored: KNOWN_PROJECT },
    help: choice('help', ['skills', 'other']),
    details: text('Hydrogéologue ɖɛ, « deux semaines » en juillet'),
    email: text(`${mark}@example.org`),
    consent_share: tick,
    consent_contact: tick,
  };
}

/** A whole association, every question answered. */
function group(mark: string): Record<string, Answer> {
  const choice = codes(association);
  return {
    name: text(`Les amis d’Agbélouvé & Ɛsɔ ${mark}`),
    country: choice('country', 'BE'),
    city: text('Braine-l’Alleud'),
    founded_year: text('1998'),
    activities: choice('activities', ['culture_sport', 'education']),
    description: text('Une fête par an.\n\nDes cours d’éwé <le samedi>.'),
    action_regions: choice('action_regions', ['maritime', 'savanes']),
    size_band: choice('size_band', '20_to_49'),
    website: { typed: 'example.org/amis', stored: 'https://example.org/amis' },
    public_contact: { typed: '00 228 90 00 00 00', stored: '+22890000000' },
    contact_name: text('Ɖogbé d’Almeida'),
    contact_role: text('Secrétaire générale'),
    email: text(`${mark}@example.org`),
    phone: { typed: '+228 90 00 00 00', stored: '+22890000000' },
    consent_publication: tick,
    consent_contact: tick,
  };
}

/** A report of a difficulty, every question answered. */
function difficulty(mark: string): Record<string, Answer> {
  const choice = codes(difficulte);
  return {
    country: choice('country', 'GA'),
    office: text(`Guichet d’essai ${mark}`),
    procedure: choice('procedure', 'passport'),
    difficulty: choice('difficulty', 'extra_paper'),
    month_sent: { typed: 'mars 2026', stored: '2026-03' },
    month_received: { typed: '08/2026', stored: '2026-08' },
    extra_paper: text('Une « attestation » de plus'),
    details: text('On m’a dit <b>de revenir</b>.\nTrois fois.'),
    answer_wanted: choice('answer_wanted', 'yes'),
    email: text(`${mark}@example.org`),
  };
}

/** A request of somebody who comes back, every question answered. */
function comingBack(mark: string): Record<string, Answer> {
  const choice = codes(retour);
  return {
    call_name: text('Ami d’Édem'),
    channel: choice('channel', 'whatsapp'),
    contact: { typed: '00 216 20 00 00 00', stored: '+21620000000' },
    safe_hours: text('après 20 h'),
    leave_message: choice('leave_message', 'no'),
    country: choice('country', 'TN'),
    return_region: choice('return_region', 'centrale'),
    needs: choice('needs', ['housing', 'job']),
    details: text(`Je veux reprendre la menuiserie.\n${mark}`),
    consent_storage: tick,
    consent_contact: tick,
  };
}

/** A rumour, every question answered. */
function hearsay(mark: string): Record<string, Answer> {
  const choice = codes(rumeur);
  return {
    claim: text('On dit que « tout est payé » ɖɛ.\nVraiment ?'),
    channel: choice('channel', 'word_of_mouth'),
    month_seen: { typed: '10/2026', stored: '2026-10' },
    link: text(`https://example.org/${mark}`),
    country: choice('country', 'CA'),
  };
}

/** The withdrawal of a testimony. */
const withdrawal = (mark: string): Record<string, Answer> => ({ code: text(codeOf(mark)) });

/** An opinion on a page, every question answered. */
function opinion(mark: string): Record<string, Answer> {
  const choice = codes(avis);
  return {
    helpful: choice('helpful', 'no'),
    page: text('Faire ou refaire son passeport ɖɛ'),
    comment: text(`Le prix n’est pas le bon.\n<b>Merci</b> & bonne journée ! ${mark}`),
  };
}

interface Model {
  answers: (mark: string) => Record<string, Answer>;
  /** A question whose answer holds the mark, required or given in every test. */
  marked: string;
  /** Another answer to one question, as somebody who corrects what they sent. */
  correction: TypedAnswers;
}

const MODELS: Record<string, Model> = {
  inscription: { answers: registration, marked: 'email', correction: { phone: '+228 91 00 00 00' } },
  projet: { answers: project, marked: 'email', correction: { phone: '+228 91 00 00 00' } },
  aide: { answers: help, marked: 'email', correction: { details: 'Hydrogéologue, un mois' } },
  association: { answers: group, marked: 'email', correction: { phone: '+228 91 00 00 00' } },
  difficulte: { answers: difficulty, marked: 'office', correction: { extra_paper: 'Un autre papier' } },
  retour: { answers: comingBack, marked: 'details', correction: { safe_hours: 'le matin' } },
  rumeur: { answers: hearsay, marked: 'link', correction: { month_seen: '09/2026' } },
  'retrait-voix': { answers: withdrawal, marked: 'code', correction: { code: codeOf('un autre code') } },
  avis: { answers: opinion, marked: 'comment', correction: { page: 'Le casier judiciaire' } },
};

/** A sending that never happened to anyone. */
export interface Sending {
  typed: TypedAnswers;
  stored: Record<string, unknown>;
  /** The same answers, one of them corrected. */
  corrected: TypedAnswers;
  /** The question whose answer is nobody else's, and that answer. */
  marked: { name: string; answer: string };
  /** The rows now stored with that answer. */
  rows(): Promise<Record<string, unknown>[]>;
}

/** One made-up sending; `mark` makes it different from every other. */
export function sending(form: Form, mark: string): Sending {
  const model = MODELS[form.slug];
  if (!model) throw new Error(`Write answers for the form « ${form.slug} » in tests/e2e/answers.ts`);
  const answers = Object.entries(model.answers(mark));
  const typed = Object.fromEntries(answers.map(([name, one]) => [name, one.typed]));
  const marked = { name: model.marked, answer: String(typed[model.marked]) };
  return {
    typed,
    stored: Object.fromEntries(answers.map(([name, { stored }]) => [name, stored])),
    corrected: { ...typed, ...model.correction },
    marked,
    rows: () => rowsWhere(form, marked.name, marked.answer),
  };
}
