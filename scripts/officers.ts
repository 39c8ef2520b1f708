// `npm run agent`: creates an officer's account, the first one included, and changes roles. See docs/gestion.md.
import path from 'node:path';
import process from 'node:process';
import { answerOf, openOfficerDatabase, type OfficerDatabase } from './lib/officer-database.ts';
import { newPassphrase } from './lib/passphrase.ts';
import { UserError, complain, say } from './lib/terminal.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');

/** The roles as people write them, each with the rights of those before it. */
const ROLES = {
  lecture: 'reader',
  relecture: 'reviewer',
  publication: 'publisher',
  administration: 'admin',
} as const;

const WORDS: Readonly<Record<string, string>> = {
  reader: 'lit tout, ne décide de rien',
  reviewer: 'accepte, demande une précision, refuse',
  publisher: 'publie et retire du site, en plus',
  admin: 'règle le bureau et lit le journal, en plus',
};

const HELP = `Les agents du bureau. Tout est expliqué dans docs/gestion.md.

  npm run agent -- creer <adresse> [rôle]     un compte, avec son mot de passe ; le premier est administrateur
  npm run agent -- role <adresse> <rôle>      change le rôle d’un compte qui existe

Les rôles : ${Object.keys(ROLES).join(', ')}.`;

const EXISTS = `Un compte existe déjà avec cette adresse, et n’importe qui a pu le créer. Vérifiez auprès de la personne que c’est bien elle, puis lancez « npm run agent -- role <adresse> <rôle> ». Sinon, supprimez ce compte dans Supabase et recommencez.`;

function readAddress(text = ''): string {
  if (/^[^@\s]+@[^@\s]+\.[^@\s]+$/u.test(text)) return text.toLowerCase();
  throw new UserError('Donnez l’adresse électronique de la personne, après la commande.', { details: HELP });
}

function readRole(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (Object.hasOwn(ROLES, text)) return ROLES[text as keyof typeof ROLES];
  throw new UserError(`« ${text} » n’est pas un rôle. Choisissez : ${Object.keys(ROLES).join(', ')}.`);
}

/** Makes the account; the hosted Auth takes orders from the secret key, the embedded one from a visitor. */
async function createAccount(database: OfficerDatabase, email: string, password: string): Promise<void> {
  const { error } = database.visitor
    ? await database.visitor.auth.signUp({ email, password })
    : await database.service.auth.admin.createUser({ email, password, email_confirm: true });
  if (error === null) return;
  if (['email_exists', 'user_already_exists'].includes(error.code ?? '') || /already/iu.test(error.message))
    throw new UserError(EXISTS);
  throw new UserError('Supabase n’a pas créé le compte ; voici ce qu’il dit :', { details: error.message });
}

async function nameOfficer(database: OfficerDatabase, email: string, role?: string): Promise<string> {
  const named = String(
    answerOf(await database.service.rpc('name_officer', { email, ...(role === undefined ? {} : { role }) })),
  );
  if (named === 'no_account')
    throw new UserError(
      'Aucun compte n’a cette adresse : créez-le avec « npm run agent -- creer <adresse> ».',
    );
  return named;
}

async function withDatabase(act: (database: OfficerDatabase) => Promise<void>): Promise<void> {
  const database = await openOfficerDatabase(ROOT);
  try {
    await act(database);
  } finally {
    await database.close();
  }
}

async function create(address?: string, role?: string): Promise<void> {
  const email = readAddress(address);
  const wanted = readRole(role);
  await withDatabase(async (database) => {
    const password = newPassphrase();
    await createAccount(database, email, password);
    const named = await nameOfficer(database, email, wanted);
    say(`Compte créé : ${email}, qui ${WORDS[named] ?? named}.`);
    say(`Mot de passe : ${password}`);
    say();
    say('Il n’est écrit nulle part ailleurs. Donnez-le à la personne par un autre chemin que son adresse.');
    say('Elle entre par l’adresse /gestion/ du site. Le compte seul ne montre aucun nom :');
    say('il faut aussi le fichier de la clé des agents (docs/cles.md).');
  });
}

async function changeRole(address?: string, role?: string): Promise<void> {
  const email = readAddress(address);
  const wanted = readRole(role);
  if (wanted === undefined) throw new UserError('Donnez le rôle, après l’adresse.', { details: HELP });
  await withDatabase(async (database) => {
    const named = await nameOfficer(database, email, wanted);
    say(`C’est fait : ${email}, qui ${WORDS[named] ?? named}.`);
  });
}

try {
  const [command = 'aide', ...rest] = process.argv.slice(2);
  if (command === 'creer') await create(...rest);
  else if (command === 'role') await changeRole(...rest);
  else if (command === 'aide') say(HELP);
  else throw new UserError(`« ${command} » n’est pas une commande.`, { details: HELP });
} catch (error) {
  complain(error);
  process.exitCode = 1;
}
