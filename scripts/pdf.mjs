// `npm run pdf` on a fresh clone: installs what is missing, Chromium included, then runs on the project's Node.
import { handOver } from './lib/bootstrap.mjs';

await handOver('scripts/pdf.ts', { chromium: true });
