// A guide of a thousand pages, in French-looking text: the words of the real pages first, then made-up ones, with the
// frequencies of a real language (Zipf). The same pages at each run.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import type { Navigation } from '../src/domain/navigation.ts';
import { splitFrontMatter } from '../src/loaders/front-matter.ts';
import { listFiles } from '../src/loaders/read-content.ts';
import type { ProjectCopy } from '../tests/support/dist.ts';
import { randomNumbers } from '../tests/support/random.ts';

const MADE_UP = 20_000;
const PER_GROUP = 10;
const SOURCE = 'frwiki-passeport-togolais';

const SYLLABLES =
  'ba be bi bo ca ce ci co da de di do fa fi fo ga gé gi la le li lo ma mé mi mo na ne ni no pa pe pi po ra re ri ro sa se si so ta té ti to va vi vo cha che tra tre pra pré gran plon bri cla fleu quoi lou nou rou sou tou cou dou mon ton son cen men ten ven san tan can'.split(
    ' ',
  );
const ENDINGS =
  'tion ment ité age eur euse ance ence ier ière able ible ique isme iste ure esse oir aire al elle er é ée és ais ait ons ez ent'.split(
    ' ',
  );

/** Words of the real pages, most frequent first, then made-up ones. */
function vocabulary(random: () => number): string[] {
  const counts = new Map<string, number>();
  for (const file of listFiles('content/guide', '.md')) {
    const { body } = splitFrontMatter(readFileSync(file, 'utf8'));
    const prose = body.replace(/\[\^[^\]]*\]|\]\([^)]*\)/gu, ' ').toLowerCase();
    for (const [word] of prose.matchAll(/[\p{L}’]{1,}/gu)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const real = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([word]) => word);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)]!;
  const all = new Set(real);
  while (all.size < real.length + MADE_UP) {
    const length = 1 + Math.floor(random() * 3);
    all.add(Array.from({ length }, () => pick(SYLLABLES)).join('') + pick(ENDINGS));
  }
  return [...all];
}

/** A word only this page holds. */
export const ownWord = (index: number): string =>
  `zw${[...String(index)].map((digit) => 'bcdfghjklm'[Number(digit)]).join('o')}ic`;

/** Adds pages of about six hundred words to a copy of the project, and names them in its menu. */
export function addPages(copy: ProjectCopy, count: number): void {
  const random = randomNumbers(228);
  const words = vocabulary(random);
  // Zipf: the word of rank r comes r times less often than the first.
  const sums: number[] = [];
  let total = 0;
  for (let rank = 1; rank <= words.length; rank += 1) sums.push((total += 1 / rank));
  const word = (): string => {
    const wanted = random() * total;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return words[low]!;
  };
  const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  const phrase = (least: number, most: number): string => {
    const text = Array.from({ length: between(least, most) }, word).join(' ');
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  const sentence = (): string => `${phrase(7, 15)}.`;
  const fact = (): object =>
    random() < 0.3 ? { notFound: sentence() } : { value: phrase(3, 10), sources: [SOURCE], asOf: '2024' };

  const ids: string[] = [];
  for (let index = 1; index <= count; index += 1) {
    const name = `mesure-${String(index).padStart(4, '0')}`;
    ids.push(`guide/${name}`);
    const head = {
      title: `${phrase(3, 6)} ${String(index)}`,
      description: `${sentence()} ${sentence()}`.padEnd(45, '.').slice(0, 165),
      lastUpdated: '2026-11-22',
      kind: 'demarche',
      sidebar: { label: phrase(2, 3) },
      questions: Array.from({ length: between(4, 8) }, () => phrase(2, 6).toLowerCase()),
      procedure: {
        forWhom: [fact()],
        documents: [
          {
            label: phrase(2, 4),
            value: Array.from({ length: 5 }, () => phrase(3, 8)),
            sources: [SOURCE],
            asOf: '2024',
          },
        ],
        cost: [fact()],
        delay: [fact()],
        validity: [fact()],
        where: [fact(), fact()],
        online: [fact()],
        legalBasis: [fact()],
        attention: [fact(), fact()],
      },
    };
    const sections = Array.from({ length: between(5, 7) }, () => {
      const text = Array.from({ length: between(5, 8) }, sentence).join(' ');
      const steps = Array.from({ length: 4 }, (_, step) => `${String(step + 1)}. ${sentence()}`).join('\n');
      return `## ${phrase(2, 5)}\n\n${text}\n\n${random() < 0.4 ? `${steps}\n\n` : ''}`;
    });
    const body = `${phrase(3, 5)} ${ownWord(index)}.[^${SOURCE}]\n\n${sections.join('')}`;
    writeFileSync(
      path.join(copy.root, 'content/guide', `${name}.md`),
      `---\n${stringify(head)}---\n\n${body}`,
    );
  }
  const file = path.join(copy.root, 'content/navigation.yml');
  const menu = parse(readFileSync(file, 'utf8')) as Navigation;
  const section = menu.sections.find(({ id }) => id === 'guide')!;
  for (let start = 0; start < count; start += PER_GROUP) {
    section.groups.push({
      label: `${phrase(2, 3)} ${String(start)}`,
      pages: ids.slice(start, start + PER_GROUP),
    });
  }
  writeFileSync(file, stringify(menu));
}
