// `npm run cles`: makes, checks and hands over the officers' key, and makes the key of the data. See docs/cles.md.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseKeyFile, unwrapKeyFile, wrapKeyPair, type KeyFile } from '../src/sealing/key-file.ts';
import { createKeyPair, publicPartOf } from '../src/sealing/seal.ts';
import { readEnvironment } from './lib/environment.ts';
import { askPassphrase, newPassphrase } from './lib/passphrase.ts';
import { UserError, complain, say } from './lib/terminal.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');

const HELP = `Les clés qui protègent les réponses. Tout est expliqué dans docs/cles.md.

  npm run cles -- creer [fichier]                       une nouvelle clé des agents
  npm run cles -- verifier <fichier>                    ce fichier et sa phrase secrète ouvrent-ils les réponses ?
  npm run cles -- transmettre <fichier> [autre fichier] une copie pour une autre personne, avec sa propre phrase
  npm run cles -- donnees                               une nouvelle clé des données (DATA_KEY)
  npm run cles -- rotation                              comment changer de clés, pas à pas`;

const ROTATION = `Changer la clé des données (une fois par an, ou après un doute sur Netlify) :
  1. npm run cles -- donnees
  2. Dans Netlify, mettez la nouvelle clé devant l’ancienne, séparées par une virgule : DATA_KEY=nouvelle,ancienne
  3. Redéployez. Chaque heure, la fonction « rotation » chiffre à nouveau les courriels avec la nouvelle clé.
  4. Quand docs/cles.md dit que c’est fini, enlevez l’ancienne clé et redéployez.

Changer la clé des agents (au départ d’une personne, ou si un fichier est perdu) :
  1. npm run cles -- creer
  2. Dans Netlify, remplacez OFFICERS_PUBLIC_KEY, puis redéployez : les nouvelles réponses utilisent la nouvelle clé.
  3. Gardez l’ancien fichier et sa phrase : eux seuls ouvrent les réponses reçues avant.`;

/** A path as the person wrote it: npm itself moves to the project's folder. */
const located = (file: string) => path.resolve(process.env.INIT_CWD ?? process.cwd(), file);

const day = () => new Date().toISOString().slice(0, 10);

function writeNew(file: string, content: KeyFile): void {
  try {
    writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new UserError(
      taken
        ? `« ${file} » existe déjà, et une clé effacée ne se retrouve pas : donnez un autre nom de fichier.`
        : `« ${file} » ne peut pas être écrit : choisissez un autre dossier.`,
      { cause: error },
    );
  }
}

function readKeyFile(file: string | undefined): KeyFile {
  if (file === undefined)
    throw new UserError('Donnez le fichier de la clé, après la commande.', { details: HELP });
  let text: string;
  try {
    text = readFileSync(located(file), 'utf8');
  } catch (error) {
    throw new UserError(`« ${file} » ne peut pas être lu : vérifiez son nom et son dossier.`, {
      cause: error,
    });
  }
  const known = parseKeyFile(text);
  if (!known) throw new UserError(`« ${file} » n’est pas un fichier de clé des agents.`);
  return known;
}

async function openKeyFile(file: KeyFile): Promise<JsonWebKey> {
  const privateKey = await unwrapKeyFile(file, await askPassphrase('Phrase secrète : '));
  if (!privateKey)
    throw new UserError('La phrase secrète n’ouvre pas ce fichier : écrivez-la comme sur le papier.');
  return privateKey;
}

function printPassphrase(file: string, passphrase: string): void {
  say(`Fichier : ${file}`);
  say(`Phrase secrète : ${passphrase}`);
  say();
  say('Elle n’est écrite nulle part ailleurs. Recopiez-la sur papier, avec les tirets, loin du fichier.');
}

async function create(file = `cle-agents-${day()}.json`): Promise<void> {
  const passphrase = newPassphrase();
  const made = await wrapKeyPair(await createKeyPair(), passphrase, day());
  writeNew(located(file), made);
  printPassphrase(located(file), passphrase);
  say(
    'Gardez le fichier en deux endroits (deux clés USB, par exemple), jamais dans le dépôt ni dans Netlify.',
  );
  say('Sans le fichier et sa phrase, les réponses scellées sont perdues pour toujours.');
  say();
  say('Dans Netlify, réglez cette variable. Elle n’est pas secrète :');
  say(`OFFICERS_PUBLIC_KEY=${made.publicKey}`);
  say();
  say(`Puis vérifiez votre copie : npm run cles -- verifier ${file}`);
}

async function verify(name?: string): Promise<void> {
  const file = readKeyFile(name);
  await openKeyFile(file);
  say(`La phrase ouvre la clé ${file.keyId}, créée le ${file.created}.`);
  const used = readEnvironment(ROOT).OFFICERS_PUBLIC_KEY ?? '';
  if (used === '') {
    say('Comparez avec Netlify. La variable doit valoir :');
    say(`OFFICERS_PUBLIC_KEY=${file.publicKey}`);
  } else if (used === file.publicKey) {
    say('C’est la clé en service : OFFICERS_PUBLIC_KEY est la même.');
  } else {
    throw new UserError(
      'Ce n’est pas la clé en service : OFFICERS_PUBLIC_KEY en désigne une autre. Ce fichier n’ouvre que les réponses reçues quand il servait : gardez-le.',
    );
  }
}

async function handToSomeone(name?: string, copy = `cle-agents-copie-${day()}.json`): Promise<void> {
  const file = readKeyFile(name);
  const privateKey = await openKeyFile(file);
  const passphrase = newPassphrase();
  const pair = { privateKey, publicKey: publicPartOf(privateKey) };
  writeNew(located(copy), await wrapKeyPair(pair, passphrase, file.created));
  say();
  printPassphrase(located(copy), passphrase);
  say('Donnez le fichier et la phrase par deux chemins différents. Votre propre fichier ne change pas.');
}

function makeDataKey(): void {
  say('Nouvelle clé des données. Elle est secrète : ne la mettez que dans Netlify, pour les fonctions.');
  say(`DATA_KEY=${randomBytes(32).toString('base64')}`);
}

try {
  const [command = 'aide', ...files] = process.argv.slice(2);
  if (command === 'creer') await create(...files);
  else if (command === 'verifier') await verify(...files);
  else if (command === 'transmettre') await handToSomeone(...files);
  else if (command === 'donnees') makeDataKey();
  else if (command === 'rotation') say(ROTATION);
  else if (command === 'aide') say(HELP);
  else throw new UserError(`« ${command} » n’est pas une commande.`, { details: HELP });
} catch (error) {
  complain(error);
  process.exitCode = 1;
}
