// `npm run fraicheur`: the facts that someone should check again, oldest first, the rumours whose verdict is no longer
// shown, the testimonies whose agreement is over, and the sources nothing cites.
//
// `npm run fraicheur -- --jusqua 2027-06-01` shows what will have to be checked by that day.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { citedIn } from '../src/domain/facts/citations.ts';
import {
  RECHECK_REASONS,
  recheckList,
  sourcesIn,
  type ParsedFile,
  type Recheck,
} from '../src/domain/facts/freshness.ts';
import { formatPartialDate, fullDate, latestDayOf } from '../src/domain/facts/partial-date.ts';
import { endedVoices } from '../src/domain/migration/voice.ts';
import { staleRumours } from '../src/domain/rumours/rumour.ts';
import { today } from '../src/loaders/clock.ts';
import { splitFrontMatter } from '../src/loaders/front-matter.ts';
import { listFiles, readYaml } from '../src/loaders/read-content.ts';
import { UserError, complain, say } from './lib/terminal.mjs';

const SOURCES = 'content/sources/';

interface ReadFile extends ParsedFile {
  body: string;
}

/** The day to judge by: the one asked for, or today. */
function chosenDay(): Date {
  let asked: string | undefined;
  try {
    asked = parseArgs({ options: { jusqua: { type: 'string' } } }).values.jusqua;
  } catch {
    throw new UserError('Écrivez « npm run fraicheur », ou « npm run fraicheur -- --jusqua 2027-06-01 ».');
  }
  if (asked === undefined) return today();
  if (!fullDate.safeParse(asked).success) {
    throw new UserError(`« ${asked} » n’est pas une date : écrivez-la comme 2027-06-01.`);
  }
  return new Date(`${asked}T00:00:00Z`);
}

function readFile(file: string): ReadFile {
  try {
    if (!file.endsWith('.md')) return { file, data: readYaml(file), body: '' };
    const { data, body } = splitFrontMatter(readFileSync(file, 'utf8'));
    return { file, data, body };
  } catch {
    throw new UserError(`${file} ne peut pas être lu : lancez « npm run check » pour savoir pourquoi.`);
  }
}

function ageOf(date: string, day: Date): string {
  const latest = latestDayOf(date);
  if (!latest) return 'date inconnue';
  const written = `source de ${formatPartialDate(date)}`;
  const years = Math.floor((day.getTime() - latest.getTime()) / (365.25 * 24 * 3600 * 1000));
  if (years < 1) return written;
  return `${written}, il y a ${String(years)} an${years > 1 ? 's' : ''}`;
}

function excerptOf(value: string | string[]): string {
  const text = [value].flat().join(' ; ');
  return text.length > 70 ? `${text.slice(0, 69).trimEnd()}…` : text;
}

function print({ file, field, fact, reasons }: Recheck, day: Date): void {
  say(`${file}, champ « ${field} »`);
  say(`    « ${excerptOf(fact.value)} »`);
  say(`    ${ageOf(fact.asOf, day)} (${fact.sources.join(', ')})`);
  say(`    à revoir : ${reasons.map((reason) => RECHECK_REASONS[reason]).join(', ')}`);
  say();
}

function count(many: number, one: string, several: string): string {
  return many === 0 ? `aucun ${one}` : `${String(many)} ${many > 1 ? several : one}`;
}

// « npm run fraicheur | head » closes the pipe early: that is no failure.
process.stdout.on('error', () => process.exit(0));

try {
  const day = chosenDay();
  const files = [...listFiles('content', '.md'), ...listFiles('content', '.yml')]
    .filter((file) => !file.startsWith(SOURCES))
    .map(readFile);
  const rechecks = recheckList(files, day);
  const cited = new Set(files.flatMap(({ data, body }) => [...sourcesIn(data), ...citedIn(body)]));
  const unused = listFiles(SOURCES, '.yml').filter((file) => !cited.has(path.basename(file, '.yml')));

  const date = formatPartialDate(day.toISOString().slice(0, 10));
  const found = count(rechecks.length, 'fait à revoir', 'faits à revoir');
  say(`Au ${date} : ${found}, les plus anciens d’abord.`);
  say();
  for (const recheck of rechecks) print(recheck, day);

  say(`En tout : ${found}.`);
  for (const [reason, words] of Object.entries(RECHECK_REASONS)) {
    const many = rechecks.filter(({ reasons }) => (reasons as string[]).includes(reason)).length;
    if (many > 0) say(`  ${String(many)} : ${words}`);
  }
  say();
  const stale = staleRumours(files, day);
  if (stale.length > 0) {
    say(`Verdict masqué : ${count(stale.length, 'rumeur', 'rumeurs')} à revérifier.`);
    for (const { file, rumour } of stale)
      say(`  ${file} : « ${rumour.claim} », valable jusqu’au ${formatPartialDate(rumour.expiresOn)}`);
    say();
  }
  const ended = endedVoices(files, day);
  if (ended.length > 0) {
    say(`Accord terminé : ${count(ended.length, 'témoignage', 'témoignages')}. Effacez le fichier.`);
    for (const { file, until } of ended) say(`  ${file}, jusqu’au ${formatPartialDate(until)}`);
    say();
  }
  if (unused.length === 0) say('Toutes les sources sont citées.');
  else {
    say(`Jamais citées : ${count(unused.length, 'source', 'sources')}. Citez-les ou retirez-les.`);
    for (const file of unused) say(`  ${file}`);
  }
} catch (error) {
  complain(error);
  process.exitCode = 1;
}
