// Runs the local service until it is asked to stop, and says what there is to see.
import { LOCAL_KEY_FILE, LOCAL_PASSPHRASE } from './local-keys.ts';
import { type RunningServer, startServer } from './server.ts';
import { complain, say } from './terminal.mjs';

function printAddresses({ url, dataDir, database }: RunningServer, dev: boolean): void {
  const lines: [string, string][] = [
    ['Site', `${url}/`],
    ['Recherche', dev ? 'absente en développement : « npm start »' : `${url}/recherche/`],
    ['Inscription', `${url}/inscription/`],
    ['Proposer un projet', `${url}/projets/proposer/`],
    ['Projets', `${url}/projets/`],
    ['Bureau', `${url}/gestion/ (comptes : npm run agent)`],
    ['État du service', `${url}/api/sante`],
  ];
  if (database !== undefined) lines.push(['API Supabase', `${url}/rest/v1/  et  ${url}/auth/v1/`]);
  lines.push(['Données', dataDir]);
  if (database !== undefined)
    lines.push(['Clé d’essai', `${LOCAL_KEY_FILE}, dans ces données ; phrase secrète : ${LOCAL_PASSPHRASE}`]);
  say();
  say('Le service est prêt.');
  const width = Math.max(...lines.map(([label]) => label.length));
  for (const [label, value] of lines) say(`  ${label.padEnd(width)}  ${value}`);
  say();
  say('Ctrl-C pour arrêter ; les données restent.');
}

export async function runService({ dev }: { dev: boolean }): Promise<void> {
  let server: RunningServer | undefined;
  let stopping = false;
  const stop = (): void => {
    // Ctrl-C can reach us twice, from the terminal and from the parent.
    if (stopping) return;
    stopping = true;
    say();
    const ended = (): void => {
      say('Service arrêté. Les données restent.');
      process.exit(0);
    };
    // Asked before everything is ready: leave at once, each part is safe against that.
    if (server === undefined) process.exit(130);
    void server.stop().then(ended, ended);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  // The parent is gone, even by kill -9.
  if (process.connected) process.on('disconnect', stop);
  try {
    const build = process.env.SANS_CONSTRUCTION !== '1';
    const trustForwardedFor = process.env.TRUST_FORWARDED_FOR === '1';
    const publish = process.env.SANS_PUBLICATION !== '1';
    server = await startServer({ dev, build, publish, trustForwardedFor });
    printAddresses(server, dev);
    if (process.connected) {
      process.send?.({ ready: true, url: server.url, dataDir: server.dataDir, keys: server.keys });
    }
  } catch (error) {
    complain(error);
    process.exit(1);
  }
}
