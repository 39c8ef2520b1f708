// `npm start` on a fresh clone: runs on whatever Node the machine has, with nothing installed yet.
import { handOver } from './lib/bootstrap.mjs';

await handOver('scripts/start.ts');
