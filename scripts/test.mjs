// `npm test` on a fresh clone: same bootstrap as `npm start`, plus a browser for the end-to-end tests.
import { handOver } from './lib/bootstrap.mjs';

await handOver('scripts/test.ts', { chromium: true });
