import { z } from 'zod';

/** `content/editeur.yml`: who publishes the site, and that it is not the State's until someone may say so. */
export const publisherSchema = z.strictObject({
  name: z.string().min(3).describe('Le nom du site.'),
  shortName: z.string().min(3).describe('Le nom court, pour les petits écrans.'),
  publisher: z.string().min(3).describe('La personne ou l’organisation qui publie.'),
  status: z.string().min(3).describe('Ce qu’est ce site, en quelques mots.'),
  statusDetail: z.string().min(10).describe('La phrase qui l’explique.'),
  host: z.string().min(2).describe('L’hébergeur, avec son adresse.'),
  reviewDelay: z
    .string()
    .min(5)
    .nullable()
    .describe('En combien de temps l’équipe relit ce qui arrive (« d’ici trois semaines »), ou null.'),
  contact: z.string().min(3).nullable().describe('Comment écrire à l’éditeur, ou null.'),
});

export type Publisher = z.infer<typeof publisherSchema>;
