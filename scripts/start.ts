// `npm start`, once everything is installed: the whole service, like production, on this machine.
import { runService } from './lib/service.ts';

await runService({ dev: false });
