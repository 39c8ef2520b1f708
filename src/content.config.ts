import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { docsSchema } from '@astrojs/starlight/schema';
import { associationSchema } from './domain/associations/association.ts';
import { procedureSchema } from './domain/facts/fact.ts';
import { pageFields } from './domain/facts/page.ts';
import { sourceSchema } from './domain/facts/source.ts';
import { fundingSchema } from './domain/funding/funding.ts';
import { destinationSchema } from './domain/migration/destination.ts';
import { helpLineSchema } from './domain/migration/help-line.ts';
import { voiceSchema } from './domain/migration/voice.ts';
import { projectSchema } from './domain/projects/project.ts';
import { countryNotesSchema, representationSchema } from './domain/representations/representation.ts';
import { rumourSchema } from './domain/rumours/rumour.ts';
import { associationsLoader } from './loaders/associations.ts';
import { projectsLoader } from './loaders/projects.ts';
import { voicesLoader } from './loaders/voices.ts';

/*
 * The strict rules for editors live in `domain/` and are applied, in French, by `build/check-content.ts`
 * before Astro reads anything; here the collections only take what the pages need.
 */
export const collections = {
  docs: defineCollection({
    loader: glob({ base: './content', pattern: ['{guide,migration,programmes}/**/[^_]*.md', '!**/_*/**'] }),
    schema: docsSchema({
      extend: z.object({
        kind: z.enum(['page', 'demarche', 'situation', 'destination']).default('page'),
        procedure: procedureSchema.optional(),
        destination: destinationSchema.optional(),
        questions: pageFields.questions,
        keyPoints: pageFields.keyPoints,
        recordings: pageFields.recordings,
        helpLines: pageFields.helpLines,
        callFirst: pageFields.callFirst,
        further: pageFields.further,
        urgent: pageFields.urgent,
      }),
    }),
  }),
  sources: defineCollection({
    loader: glob({ base: './content/sources', pattern: '*.yml' }),
    schema: sourceSchema,
  }),
  representations: defineCollection({
    loader: glob({ base: './content/representations', pattern: '*.yml' }),
    schema: representationSchema,
  }),
  countries: defineCollection({
    loader: glob({ base: './content/pays', pattern: '*.yml' }),
    schema: countryNotesSchema,
  }),
  helpLines: defineCollection({
    loader: glob({ base: './content/lignes', pattern: '*.yml' }),
    schema: helpLineSchema,
  }),
  rumours: defineCollection({
    loader: glob({ base: './content/rumeurs', pattern: '*.yml' }),
    schema: rumourSchema,
  }),
  voices: defineCollection({ loader: voicesLoader(), schema: voiceSchema }),
  fundings: defineCollection({
    loader: glob({ base: './content/financements', pattern: '*.yml' }),
    schema: fundingSchema,
  }),
  projects: defineCollection({ loader: projectsLoader(), schema: projectSchema }),
  associations: defineCollection({ loader: associationsLoader(), schema: associationSchema }),
};
