import { z } from 'zod';

const environmentSchema = z.object({
  SUPABASE_URL: z.url(),
  SUPABASE_SECRET_KEY: z.string().min(20),
  SITE_URL: z.url().optional(),
  IPDCP_DECLARATION: z.string().optional(),
  // Whether they are usable is said by keys.ts: without them the forms close, and the rest goes on.
  DATA_KEY: z.string().optional(),
  OFFICERS_PUBLIC_KEY: z.string().optional(),
  // The same by mail/settings.ts: without them no letter leaves, and the rest goes on.
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().optional(),
  // The same by publication.ts: without it, nothing goes online by itself.
  BUILD_HOOK_URL: z.string().optional(),
});

/** What the functions need to know of where they run. */
export type Environment = z.infer<typeof environmentSchema>;

/**
 * Reads and checks the environment.
 *
 * @throws Error naming the variables at fault, never their values
 */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  // An empty variable means the same as none.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = environmentSchema.safeParse(set);
  if (result.success) return result.data;
  const names = result.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Error(`Environment variables missing or wrong: ${names}`);
}
