import { z } from 'zod';

const address = z
  .string()
  .regex(/^\/([a-z0-9-]+\/)*$/, { message: 'écrivez une adresse du site comme /guide/' });

const card = z.strictObject({
  title: z.string().min(2).describe('Les mots en gros.'),
  text: z.string().min(10).describe('Une ou deux phrases simples.'),
  link: address.describe('L’adresse de la page.'),
});

/** `content/accueil.yml`: every sentence of the home page. */
export const homeSchema = z.strictObject({
  title: z.string().min(5).describe('La grande phrase de l’accueil.'),
  lead: z.string().min(20).describe('Ce qu’est ce site, et ce qu’il n’est pas.'),
  description: z.string().min(40).max(170).describe('La phrase montrée par les moteurs de recherche.'),
  search: z.strictObject({
    label: z.string().min(5),
    examples: z
      .array(z.strictObject({ label: z.string(), link: address }))
      .min(1)
      .max(6),
  }),
  moments: z
    .array(card.extend({ urgent: z.boolean().default(false) }))
    .min(1)
    .max(6),
  act: z.strictObject({
    title: z.string(),
    cards: z
      .array(card.extend({ action: z.string() }))
      .min(1)
      .max(4),
  }),
  projects: z.strictObject({ title: z.string(), text: z.string(), action: z.string() }),
  recent: z.strictObject({ title: z.string() }),
});

export type Home = z.infer<typeof homeSchema>;
