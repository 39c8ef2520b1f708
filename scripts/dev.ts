// `npm run dev`, once everything is installed: pages and functions follow each edit.
import { runService } from './lib/service.ts';

await runService({ dev: true });
