import type { Choice } from './choice.ts';

/** The means by which a person can be reached without danger. */
export const CHANNELS = [
  { value: 'phone_call', label: 'Un appel' },
  { value: 'sms', label: 'Un SMS' },
  { value: 'whatsapp', label: 'Un message WhatsApp' },
  { value: 'email', label: 'Un courriel' },
] as const satisfies readonly Choice[];

/** Whether a message may be left where somebody else could find it. */
export const MESSAGE_LEAVES = [
  { value: 'yes', label: 'Oui' },
  { value: 'no', label: 'Non, ne laissez rien' },
] as const satisfies readonly Choice[];

/** What a person coming back looks for. */
export const RETURN_NEEDS = [
  { value: 'papers', label: 'Des papiers d’identité' },
  { value: 'housing', label: 'Un logement' },
  { value: 'training', label: 'Une formation' },
  { value: 'job', label: 'Un emploi' },
  { value: 'project', label: 'Un projet, une activité' },
  { value: 'family', label: 'Ma famille' },
  { value: 'other', label: 'Autre chose' },
] as const satisfies readonly Choice[];
