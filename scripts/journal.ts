// `npm run journal`: reads the chain of the audit log again, and says whether a line was changed. See docs/gestion.md.
import path from 'node:path';
import process from 'node:process';
import { verifyLinks, type AuditLink, type ChainState } from './lib/audit-chain.ts';
import { answerOf, openOfficerDatabase } from './lib/officer-database.ts';
import { UserError, complain, say } from './lib/terminal.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');
const PAGE = 500;

const HELP = `Le journal de ce que font les agents. Tout est expliqué dans docs/gestion.md.

  npm run journal                              le journal est-il entier ? donne l’empreinte à noter
  npm run journal -- <ligne> <empreinte>       et la ligne notée un autre jour, a-t-elle la même empreinte ?`;

interface Noted {
  line: number;
  print: string;
}

function readNoted([line, print, ...rest]: string[]): Noted | undefined {
  if (line === undefined) return undefined;
  if (/^\d+$/u.test(line) && /^[0-9a-f]{64}$/u.test(print ?? '') && rest.length === 0)
    return { line: Number(line), print: print ?? '' };
  throw new UserError('Donnez le numéro de la ligne, puis son empreinte de 64 signes.', { details: HELP });
}

async function verify(noted: Noted | undefined): Promise<void> {
  const database = await openOfficerDatabase(ROOT);
  try {
    let state: ChainState = verifyLinks([]);
    let found: string | undefined;
    for (;;) {
      const links = answerOf(
        await database.service.rpc('audit_links', { after: state.count, wanted: PAGE }),
      ) as AuditLink[];
      found ??= links.find(({ link }) => Number(link) === noted?.line)?.hash;
      state = verifyLinks(links, state);
      if (links.length === 0 || state.broken !== undefined) break;
    }
    const { unlinked } = JSON.parse(String(answerOf(await database.service.rpc('verify_audit_log')))) as {
      unlinked: number;
    };

    if (state.broken !== undefined)
      throw new UserError(
        `Le journal a été modifié : la ligne ${String(state.broken)} n’est plus celle qui a été écrite. Les ${String(state.count)} lignes d’avant sont justes. Gardez une copie de la base et cherchez qui y avait accès.`,
      );
    if (unlinked > 0)
      throw new UserError(
        `Le journal a été modifié : ${String(unlinked)} ligne(s) ont été ajoutées sans passer par le service.`,
      );
    if (noted !== undefined && found !== noted.print)
      throw new UserError(
        `Le journal a été refait : la ligne ${String(noted.line)} n’a plus l’empreinte que vous aviez notée. Gardez une copie de la base et cherchez qui y avait accès.`,
      );
    say(`Le journal est entier. Lignes relues : ${String(state.count)}, aucune modifiée.`);
    if (noted !== undefined) say(`La ligne ${String(noted.line)} a bien l’empreinte que vous aviez notée.`);
    say();
    say(
      'Notez ceci ailleurs (papier, courriel à un collègue). Seule une note ancienne montre un journal refait :',
    );
    say(`npm run journal -- ${String(state.count)} ${state.head}`);
  } finally {
    await database.close();
  }
}

try {
  const words = process.argv.slice(2);
  if (words[0] === 'aide') say(HELP);
  else await verify(readNoted(words));
} catch (error) {
  complain(error);
  process.exitCode = 1;
}
