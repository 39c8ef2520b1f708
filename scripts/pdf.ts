// `npm run pdf`, after `npm run build`: prints the complete guide as dist/guide-complet.pdf and links it from its page.
//
// Netlify has no Chromium, so its own build publishes the guide without the PDF. To publish with it, build and print on
// a machine that has Chromium (a computer, or continuous integration), then upload dist/ as it is:
//
//   npm run build && npm run pdf && npx netlify deploy --prod --no-build --dir dist
import path from 'node:path';
import process from 'node:process';
import { ROOT, findChromium } from './lib/bootstrap.mjs';
import { announcePdf, makeGuidePdf, megabytes } from './lib/guide-pdf.ts';
import { UserError, complain, step } from './lib/terminal.mjs';

const DIST = path.join(ROOT, 'dist');

try {
  const chromiumPath = findChromium();
  if (chromiumPath === undefined) {
    throw new UserError(
      'Le PDF est imprimé par Chromium, qui n’est pas sur cette machine : installez-le (sur Debian ou Ubuntu : « sudo apt-get install chromium »), ou indiquez son chemin par CHROMIUM_PATH.',
    );
  }
  const progress = step('Impression du guide complet');
  try {
    const made = await makeGuidePdf({ dist: DIST, file: path.join(DIST, 'guide-complet.pdf'), chromiumPath });
    announcePdf(DIST, made);
    progress.done(`dist/guide-complet.pdf : ${made.pages} pages, ${megabytes(made.bytes)} Mo`);
  } catch (error) {
    progress.fail();
    throw error;
  }
} catch (error) {
  complain(error);
  process.exitCode = 1;
}
