// `npm run retrait-voix` on a fresh clone: installs what is missing, then runs on the project's Node.
import { handOver } from './lib/bootstrap.mjs';

await handOver('scripts/voice-withdrawal.ts');
