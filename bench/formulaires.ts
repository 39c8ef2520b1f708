// One form sent from end to end: function, validation, database. First one at a time, then fifty a second for twenty
// seconds whether the answers come or not.
import { Agent } from 'node:http';
import type { Report } from '../scripts/bench.ts';
import { atRate, sendForm, statusesOf, times, type Answer } from './_sendings.ts';
import { round, withService } from './_service.ts';

const ALONE = 100;
const RATE = 50;
const SECONDS = 20;
/** Beyond this the machine is drowned: what would be sent next is counted as lost. */
const IN_FLIGHT = 400;

export default async function forms(report: Report): Promise<void> {
  await withService(async (url) => {
    const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
    // Instances of the function start on their first calls.
    await Promise.all(Array.from({ length: 16 }, () => sendForm(url, agent)));

    const alone: Answer[] = [];
    for (let index = 0; index < ALONE; index += 1) alone.push(await sendForm(url, agent));
    times(report, 'alone', alone);

    const answers: Answer[] = [];
    const began = performance.now();
    const lost = await atRate(RATE, SECONDS, answers, () => sendForm(url, agent), IN_FLIGHT);
    const elapsed = (performance.now() - began) / 1000;
    times(report, 'load', answers);
    const stored = answers.filter(({ status }) => status === 201).length;
    const statuses = statusesOf(answers);
    report({ figure: 'load-stored', value: stored, unit: 'rows', bar: RATE * SECONDS, statuses, lost });
    report({ figure: 'load-rate', value: round(stored / elapsed), unit: 'per second', bar: RATE });
    agent.destroy();
  });
}
