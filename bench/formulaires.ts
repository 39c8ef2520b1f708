// One form sent from end to end: function, validation, database. First one at a time, then fifty a second for twenty
// seconds whether the answers come or not.
import { Agent, request as httpRequest } from 'node:http';
import type { Report } from '../scripts/bench.ts';
import { FORMS } from '../src/domain/forms/index.ts';
import { goodAnswers, urlencoded } from '../tests/support/forms.ts';
import { quantile, round, withService } from './_service.ts';

const ALONE = 100;
const RATE = 50;
const SECONDS = 20;
/** Beyond this the machine is drowned: what would be sent next is counted as lost. */
const IN_FLIGHT = 400;

interface Answer {
  status: number;
  milliseconds: number;
}

let sent = 0;

function send(url: string, agent: Agent): Promise<Answer> {
  sent += 1;
  const form = FORMS.find(({ slug }) => slug === 'inscription') ?? FORMS[0]!;
  const body = urlencoded(goodAnswers(form, `mesure-${sent}`));
  const began = performance.now();
  return new Promise((resolve) => {
    const end = (status: number): void => resolve({ status, milliseconds: performance.now() - began });
    const outgoing = httpRequest(
      `${url}/api/formulaires/${form.slug}`,
      {
        method: 'POST',
        agent,
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded',
          'Content-Length': Buffer.byteLength(body),
          Accept: 'application/json',
          Origin: url,
          // One sender each: the limit per sender is not what is measured.
          'X-Forwarded-For': `2001:db8::${sent.toString(16)}`,
        },
      },
      (incoming) => {
        incoming.resume();
        incoming.once('end', () => end(incoming.statusCode ?? 0));
      },
    );
    outgoing.once('error', (error: NodeJS.ErrnoException) => {
      // As a browser does when the server had just closed an idle connection.
      if (outgoing.reusedSocket && error.code === 'ECONNRESET') resolve(send(url, agent));
      else end(0);
    });
    outgoing.end(body);
  });
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));

function times(report: Report, prefix: string, answers: readonly Answer[]): void {
  const values = answers.filter(({ status }) => status === 201).map(({ milliseconds }) => milliseconds);
  for (const share of [0.5, 0.95, 0.99]) {
    report({ figure: `${prefix}-p${share * 100}`, value: round(quantile(values, share)), unit: 'ms' });
  }
}

export default async function forms(report: Report): Promise<void> {
  await withService(async (url) => {
    const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
    // Instances of the function start on their first calls.
    await Promise.all(Array.from({ length: 16 }, () => send(url, agent)));

    const alone: Answer[] = [];
    for (let index = 0; index < ALONE; index += 1) alone.push(await send(url, agent));
    times(report, 'alone', alone);

    const pending = new Set<Promise<void>>();
    const answers: Answer[] = [];
    let lost = 0;
    const began = performance.now();
    for (let index = 0; index < RATE * SECONDS; index += 1) {
      await pause(began + (index * 1000) / RATE - performance.now());
      if (pending.size >= IN_FLIGHT) {
        lost += 1;
        continue;
      }
      const one: Promise<void> = send(url, agent).then((answer) => {
        answers.push(answer);
        pending.delete(one);
      });
      pending.add(one);
    }
    await Promise.all(pending);
    const elapsed = (performance.now() - began) / 1000;
    times(report, 'load', answers);
    const stored = answers.filter(({ status }) => status === 201).length;
    const statuses: Record<string, number> = {};
    for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1;
    report({ figure: 'load-stored', value: stored, unit: 'rows', bar: RATE * SECONDS, statuses, lost });
    report({ figure: 'load-rate', value: round(stored / elapsed), unit: 'per second', bar: RATE });
    agent.destroy();
  });
}
