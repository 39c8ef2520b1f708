import type { Choice } from './choice.ts';

/** Where a rumour was seen or heard. */
export const RUMOUR_CHANNELS = [
  { value: 'whatsapp', label: 'WhatsApp' },
  { value: 'facebook', label: 'Facebook' },
  { value: 'tiktok', label: 'TikTok' },
  { value: 'radio', label: 'La radio' },
  { value: 'word_of_mouth', label: 'De bouche à oreille' },
  { value: 'recruiter', label: 'Un recruteur, une agence, un passeur' },
  { value: 'other', label: 'Ailleurs' },
] as const satisfies readonly Choice[];
