// `npm run dev` on a fresh clone: same bootstrap as `npm start`.
import { handOver } from './lib/bootstrap.mjs';

await handOver('scripts/dev.ts');
