import { z } from 'zod';
import type { ParsedFile } from '../facts/freshness.ts';
import { recordingSchema } from '../listening.ts';
import { fullDate } from '../facts/partial-date.ts';

/** Where a person agreed that their words may be used. */
export const VOICE_SCOPES = {
  site: 'sur ce site',
  radio: 'à la radio',
  reunions: 'dans des réunions publiques',
  messagerie: 'par messagerie',
} as const;

/** What a person received for speaking, said to the reader in these words. */
export const VOICE_REWARDS = {
  benevole: 'Témoignage donné sans paiement.',
  frais: 'La personne a été remboursée de ses frais.',
  payee: 'La personne a été payée pour témoigner.',
} as const;

const keysOf = <T extends object>(object: T) =>
  Object.keys(object) as [keyof T & string, ...(keyof T & string)[]];

/** One file of `content/voix/`: what a real person agreed to tell. Never invented, never embellished. */
export const voiceSchema = z
  .strictObject({
    name: z.string().min(2).describe('Le nom choisi par la personne. Un autre nom que le sien, par défaut.'),
    nameIsReal: z.boolean().describe('true : la personne a demandé que son vrai nom soit écrit.'),
    from: z
      .string()
      .min(2)
      .describe('D’où elle parle, sans permettre de la reconnaître : « région centrale ».'),
    situation: z.string().min(5).max(120).describe('Ce qu’elle a vécu, en une phrase.'),
    text: z.string().min(50).max(3000).describe('Ses mots, relus avec elle.'),
    recording: recordingSchema.optional().describe('Sa voix seule, si elle a accepté. Jamais d’image.'),
    reward: z.enum(keysOf(VOICE_REWARDS)).describe('benevole, frais ou payee.'),
    consent: z.strictObject({
      givenOn: fullDate.describe('Le jour de l’accord.'),
      until: fullDate.describe('Le jour où l’accord s’arrête : deux ans au plus après le premier.'),
      how: z.enum(['ecrit', 'enregistre']).describe('ecrit ou enregistre.'),
      scopes: z
        .array(z.enum(keysOf(VOICE_SCOPES)))
        .min(1)
        .describe('Où ses mots peuvent être repris.'),
      collectedBy: z.string().min(2).describe('Qui a recueilli l’accord et garde la preuve.'),
      risksExplained: z.literal(true, {
        error: 'écrivez « true » seulement après avoir expliqué les risques à la personne',
      }),
      copyGiven: z.literal(true, {
        error: 'écrivez « true » seulement après avoir remis une copie à la personne',
      }),
      supportOffered: z.literal(true, {
        error: 'écrivez « true » seulement après avoir proposé une écoute avant, pendant et après',
      }),
      withdrawalCodeHash: z
        .string()
        .regex(/^[0-9a-f]{64}$/, { message: 'copiez la ligne que donne « npm run retrait-voix »' })
        .describe(
          'L’empreinte du code de retrait remis à la personne. Le code lui-même n’est écrit nulle part.',
        ),
    }),
  })
  .refine(
    ({ consent }) => consent.until > consent.givenOn && withinTwoYears(consent.givenOn, consent.until),
    {
      path: ['consent', 'until'],
      message: 'la fin de l’accord doit venir après son début, et deux ans plus tard au plus',
    },
  );

export type Voice = z.infer<typeof voiceSchema>;

/**
 * Whether a testimony may be published: the consent covers the site, has begun, has not ended, and its code has
 * not been used.
 *
 * @param withdrawn hashes of the withdrawal codes that were used
 */
export function mayPublish({ consent }: Voice, today: Date, withdrawn: ReadonlySet<string>): boolean {
  const day = today.toISOString().slice(0, 10);
  return (
    consent.scopes.includes('site') &&
    consent.givenOn <= day &&
    day < consent.until &&
    !withdrawn.has(consent.withdrawalCodeHash)
  );
}

/** The testimonies, among parsed files, whose agreement is over: their files must go. */
export function endedVoices(files: readonly ParsedFile[], day: Date): { file: string; until: string }[] {
  return files.flatMap(({ file, data }) => {
    const until = voiceSchema.safeParse(data).data?.consent.until;
    return until !== undefined && until <= day.toISOString().slice(0, 10) ? [{ file, until }] : [];
  });
}

function withinTwoYears(from: string, until: string): boolean {
  const limit = new Date(`${from}T00:00:00Z`);
  limit.setUTCFullYear(limit.getUTCFullYear() + 2);
  return until <= limit.toISOString().slice(0, 10);
}
