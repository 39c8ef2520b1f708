import { z } from 'zod';
import { fullDate } from './facts/partial-date.ts';

/** The languages a recording may be in, by ISO 639 code. */
export const RECORDING_LANGUAGES = {
  fr: 'Français',
  ee: 'Éwé',
  gej: 'Mina',
  kbp: 'Kabiyè',
  kdh: 'Tem (kotokoli)',
  mfq: 'Moba',
} as const;

/** One of the keys of {@link RECORDING_LANGUAGES}. */
export type RecordingLanguage = keyof typeof RECORDING_LANGUAGES;

/** A page read aloud by a real person. Nothing machine-translated may be declared here. */
export const recordingSchema = z.strictObject({
  language: z
    .enum(Object.keys(RECORDING_LANGUAGES) as [RecordingLanguage, ...RecordingLanguage[]])
    .describe('La langue : fr, ee (éwé), gej (mina), kbp (kabiyè), kdh (tem) ou mfq (moba).'),
  file: z
    .string()
    .regex(/^\/audio\/[a-z0-9-]+\.(opus|mp3|m4a)$/, {
      message: 'écrivez /audio/ puis un nom de fichier en minuscules, qui finit par .opus, .mp3 ou .m4a',
    })
    .describe('Le fichier, rangé dans public/audio/.'),
  seconds: z.number().int().min(5).max(600).describe('La durée en secondes, dix minutes au plus.'),
  kilobytes: z.number().int().min(1).max(3000).describe('Le poids en ko, dit au lecteur avant d’écouter.'),
  speaker: z.string().min(2).describe('Qui parle, comme la personne veut être nommée.'),
  recordedOn: fullDate.describe('Le jour de l’enregistrement.'),
  agreedOn: fullDate.describe('Le jour où la personne a donné son accord écrit ou enregistré.'),
  transcript: z.string().min(20).describe('Le texte dit, dans la même langue.'),
});

export type Recording = z.infer<typeof recordingSchema>;

const SENTENCE = 'écrivez une phrase simple, sans chiffre : elle est faite pour être écoutée';

/** What a listener must keep of a page: three to six short sentences, without figures. */
export const keyPointsSchema = z
  .array(
    z
      .string()
      .min(10)
      .max(130)
      .regex(/^[^0-9[\]]*[.!?]$/, { message: SENTENCE }),
  )
  .min(3)
  .max(6)
  .describe('L’essentiel : de trois à six phrases courtes, à lire à haute voix.');
