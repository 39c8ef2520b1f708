// Started by throwaway.ts: the local server on a throwaway project, with the same errors as `npm start`.
import { type StartOptions, startServer } from '../../scripts/lib/server.ts';
import { complain } from '../../scripts/lib/terminal.mjs';

const options = JSON.parse(process.argv[2] ?? '{}') as StartOptions;
try {
  const server = await startServer(options);
  process.on('SIGTERM', () => {
    void server.stop().then(() => process.exit(0));
  });
  process.on('disconnect', () => process.exit(1));
  process.send?.({ url: server.url, keys: server.keys });
} catch (error) {
  complain(error);
  process.exit(1);
}
