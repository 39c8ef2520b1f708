// `npm run retrait-voix`: draws the code that withdraws one testimony. It prints the line for the file of the
// testimony, which holds its fingerprint, and the slip for the person, which holds the code. It is kept nowhere else.
import { createHash, randomInt } from 'node:crypto';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { retraitVoix } from '../src/domain/forms/retrait-voix.ts';
import { CODE_BASE, CODE_NUMBERS, codeFrom, spokenCode } from '../src/domain/migration/withdrawal-code.ts';
import { UserError, complain, say } from './lib/terminal.mjs';

/** The address of the site, for the slip. */
function siteAddress(): string {
  let given: string | undefined;
  try {
    given = parseArgs({ options: { site: { type: 'string' } } }).values.site;
  } catch {
    throw new UserError('Écrivez « npm run retrait-voix -- --site https://votre-domaine.org ».');
  }
  const site = given ?? process.env['SITE_URL'];
  if (site === undefined || !URL.canParse(site)) {
    throw new UserError(
      'Donnez l’adresse du site, pour le papier remis à la personne : « npm run retrait-voix -- --site https://votre-domaine.org ».',
    );
  }
  return new URL(retraitVoix.page, site).href;
}

try {
  const address = siteAddress();
  const code = codeFrom(Array.from({ length: CODE_NUMBERS }, () => randomInt(CODE_BASE)));
  say('1. Dans le fichier du témoignage (content/voix/), sous « consent » :');
  say();
  say(`  withdrawalCodeHash: ${createHash('sha256').update(code).digest('hex')}`);
  say();
  say('2. Sur le papier remis à la personne, et nulle part ailleurs :');
  say();
  say('  POUR RETIRER MON TÉMOIGNAGE');
  say(`  Mon code : ${spokenCode(code)}`);
  say(`  Où : ${address}`);
  say('  Quand je veux. Je ne donne ni mon nom, ni ma raison.');
  say('  Je garde ce papier en lieu sûr. Sans lui, je demande à la personne qui a recueilli mes mots.');
  say();
  say('Recopiez le code à la main, lisez-le à voix haute avec la personne, puis fermez ce terminal.');
  say('Ce code n’est gardé nulle part : perdu, il ne se retrouve pas.');
} catch (error) {
  complain(error);
  process.exitCode = 1;
}
