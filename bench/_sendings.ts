// Forms sent to a running service, as programs send them.
import { request as httpRequest, type Agent } from 'node:http';
import type { Report } from '../scripts/bench.ts';
import type { Form } from '../src/domain/forms/form.ts';
import { inscription } from '../src/domain/forms/inscription.ts';
import { goodAnswers, urlencoded } from '../tests/support/forms.ts';
import { quantile, round } from './_service.ts';

export interface Answer {
  /** 0: none came. */
  status: number;
  milliseconds: number;
}

export interface Post {
  path: string;
  headers: Record<string, string>;
  body: string;
}

let sent = 0;

/** One sender each: the limit per sender is not what is measured. */
function newSender(): string {
  sent += 1;
  return `2001:db8::${sent.toString(16)}`;
}

/** A form that nobody sent before: the longest one, unless told. */
export function sendForm(url: string, agent: Agent, form: Form = inscription): Promise<Answer> {
  const address = newSender();
  return sendPost(url, agent, {
    path: `/api/formulaires/${form.slug}`,
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Accept: 'application/json',
      Origin: url,
      'X-Forwarded-For': address,
    },
    body: urlencoded(goodAnswers(form, `mesure-${address}`)),
  });
}

/** One post, from the first byte to the last of its answer. */
export function sendPost(url: string, agent: Agent, post: Post): Promise<Answer> {
  const began = performance.now();
  return new Promise((resolve) => {
    const end = (status: number): void => resolve({ status, milliseconds: performance.now() - began });
    const outgoing = httpRequest(
      url + post.path,
      {
        method: 'POST',
        agent,
        headers: { ...post.headers, 'Content-Length': Buffer.byteLength(post.body) },
      },
      (incoming) => {
        incoming.resume();
        incoming.once('end', () => end(incoming.statusCode ?? 0));
      },
    );
    outgoing.once('error', (error: NodeJS.ErrnoException) => {
      // As a browser does when the server had just closed an idle connection.
      if (outgoing.reusedSocket && error.code === 'ECONNRESET') resolve(sendPost(url, agent, post));
      else end(0);
    });
    outgoing.end(post.body);
  });
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));

/** Half, nearly all and all but one in a hundred of the accepted took less than this. */
export function times(report: Report, prefix: string, answers: readonly Answer[]): void {
  for (const share of [0.5, 0.95, 0.99]) {
    report({
      figure: `${prefix}-p${share * 100}`,
      value: round(quantile(acceptedTimes(answers), share)),
      unit: 'ms',
    });
  }
}

export function acceptedTimes(answers: readonly Answer[]): number[] {
  return answers.filter(({ status }) => status === 201).map(({ milliseconds }) => milliseconds);
}

/** How many of each status. */
export function statusesOf(answers: readonly Answer[]): Record<string, number> {
  const statuses: Record<string, number> = {};
  for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1;
  return statuses;
}

/**
 * Sends at the moments said, whether the answers come or not.
 *
 * @param inFlight beyond this the machine is drowned: what would be sent next is counted as lost
 * @returns how many were lost
 */
export async function atRate(
  rate: number,
  seconds: number,
  answers: Answer[],
  send: () => Promise<Answer>,
  inFlight: number,
): Promise<number> {
  const pending = new Set<Promise<void>>();
  let lost = 0;
  const began = performance.now();
  for (let index = 0; index < rate * seconds; index += 1) {
    await pause(began + (index * 1000) / rate - performance.now());
    if (pending.size >= inFlight) {
      lost += 1;
      continue;
    }
    const one: Promise<void> = send().then((answer) => {
      answers.push(answer);
      pending.delete(one);
    });
    pending.add(one);
  }
  await Promise.all(pending);
  return lost;
}
