// Fifty forms a second beside five hundred posts a second that are worth nothing, for a minute, whether the answers come
// or not: how many of the forms are accepted, and how much longer they take than one sent alone.
// `npm run bench -- charge 20`: as many seconds. The machine that sends is the one that answers.
import { Agent } from 'node:http';
import { availableParallelism, loadavg } from 'node:os';
import type { Report } from '../scripts/bench.ts';
import { FORMS } from '../src/domain/forms/index.ts';
import { drawsOf, type Draws } from '../tests/support/random.ts';
import {
  acceptedTimes,
  atRate,
  sendForm,
  sendPost,
  statusesOf,
  times,
  type Answer,
  type Post,
} from './_sendings.ts';
import { quantile, round, withService } from './_service.ts';

const ALONE = 100;
const FORMS_A_SECOND = 50;
const JUNK_A_SECOND = 500;
const SECONDS = 60;
/** Beyond this the machine is drowned: what would be sent next is counted as lost. */
const IN_FLIGHT = 600;

const URLENCODED = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const PATH = '/api/formulaires/inscription';

/** What programs send that no page would: other sites' posts, broken bodies, wrong answers, what is far too long. */
function junk(url: string, draws: Draws): Post {
  const accept = draws.one([JSON_TYPE, 'text/html', '*/*']);
  const from = { Accept: accept, 'X-Forwarded-For': `2001:db8:bad::${draws.one(MANY).toString(16)}` };
  return draws.one<Post>([
    {
      path: PATH,
      headers: { ...from, 'Content-Type': URLENCODED, Origin: 'https://ailleurs.example' },
      body: 'city=x',
    },
    {
      path: PATH,
      headers: { ...from, 'Content-Type': URLENCODED, 'Sec-Fetch-Site': 'cross-site' },
      body: SPAM,
    },
    { path: PATH, headers: { ...from, 'Content-Type': 'text/plain' }, body: SPAM },
    { path: PATH, headers: { ...from, 'Content-Type': 'multipart/form-data; boundary=x' }, body: SPAM },
    { path: PATH, headers: { ...from, 'Content-Type': JSON_TYPE }, body: '{"city":' },
    { path: PATH, headers: { ...from, 'Content-Type': URLENCODED, Origin: url }, body: SPAM },
    { path: PATH, headers: { ...from, 'Content-Type': URLENCODED }, body: `city=${'x'.repeat(66_000)}` },
    { path: '/api/formulaires/wp-login', headers: { ...from, 'Content-Type': URLENCODED }, body: SPAM },
    {
      path: '/api/confirmer',
      headers: { ...from, 'Content-Type': URLENCODED },
      body: 'cle=confirmer.xxxxxxxxxxxxxxxxxxxxxxxx',
    },
    { path: '/api/formulaires/', headers: { ...from, 'Content-Type': URLENCODED }, body: SPAM },
  ]);
}
const MANY = Array.from({ length: 5000 }, (_, index) => index);
const SPAM = `first_names=Viagra&last_name=&email=x&city=${'buy+now+'.repeat(40)}&url=https%3A%2F%2Fspam.example`;

export default async function load(report: Report, words: string[]): Promise<void> {
  const [seconds = SECONDS] = words.map(Number);
  await withService(async (url) => {
    const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
    // Every form has its own ceiling an hour: three thousand of the same would reach it.
    const draws = drawsOf(1);
    // Instances of the function start on their first calls.
    await Promise.all(Array.from({ length: 16 }, () => sendForm(url, agent)));
    const alone: Answer[] = [];
    for (let index = 0; index < ALONE; index += 1) alone.push(await sendForm(url, agent, draws.one(FORMS)));
    times(report, 'alone', alone);

    const [forms, refused]: [Answer[], Answer[]] = [[], []];
    const began = performance.now();
    const lost = await Promise.all([
      atRate(FORMS_A_SECOND, seconds, forms, () => sendForm(url, agent, draws.one(FORMS)), IN_FLIGHT / 2),
      atRate(JUNK_A_SECOND, seconds, refused, () => sendPost(url, agent, junk(url, draws)), IN_FLIGHT / 2),
    ]);
    const elapsed = (performance.now() - began) / 1000;
    agent.destroy();
    times(report, 'load', forms);
    const accepted = acceptedTimes(forms);
    const machine = { cores: availableParallelism(), load: loadavg().map(round), elapsed: round(elapsed) };
    report({
      figure: 'accepted',
      value: round((100 * accepted.length) / (FORMS_A_SECOND * seconds)),
      unit: '%',
      bar: 99,
      statuses: statusesOf(forms),
      lost: lost[0],
      ...machine,
    });
    report({
      figure: 'p95-beside-alone',
      value: round(quantile(accepted, 0.95) / quantile(acceptedTimes(alone), 0.95)),
      unit: 'times',
    });
    report({
      figure: 'junk',
      value: refused.length,
      unit: 'posts',
      bar: JUNK_A_SECOND * seconds,
      p95: round(
        quantile(
          refused.map(({ milliseconds }) => milliseconds),
          0.95,
        ),
      ),
      statuses: statusesOf(refused),
      lost: lost[1],
    });
  });
}
