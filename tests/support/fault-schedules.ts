// Schedules of faults: people who send forms in every way people do, while the network between the functions and the
// database, the database and its disk fail in every way they do. The functions, PostgreSQL and the network are real;
// only time is shorter. What is checked: no acknowledged submission is lost, none is stored twice, and everything that
// people were told was true.
import { AsyncLocalStorage } from 'node:async_hooks';
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { patienceAt, type StoreOptions } from '../../functions/_lib/database-call.ts';
import { answerFollowUp } from '../../functions/_lib/follow-up.ts';
import { TRUTHS } from '../../functions/_lib/sentences.ts';
import { answerSubmission, type Services } from '../../functions/_lib/submission.ts';
import { hasFollowUp, hasLetters, type Form } from '../../src/domain/forms/form.ts';
import { formBySlug, FORMS } from '../../src/domain/forms/index.ts';
import { frenchTypography } from '../../src/domain/typography.ts';
import { startDoor, type Door } from './door.ts';
import { startFaultProxy, type FaultProxy, type Fate } from './fault-proxy.ts';
import { goodAnswers, urlencoded } from './forms.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';
import { newAddress, servicesOn, SITE } from './service.ts';
import { browserHeaders, templatePages } from './visit.ts';

/** A second of production lasts 20 ms here: the functions' deadline of 8 seconds, their pauses and the stalls. */
export const PACE = 1 / 50;
/** A second of production. */
export const SECOND = 1000 * PACE;
/** For what is asked when no fault is wanted: a machine under load must not look like one. */
const CALM = { totalDeadline: 60_000, attemptDeadline: 5000, pace: PACE };
const MAIL = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'guide@example.org' };

/** Where schedules are played: one PostgreSQL and its door. */
export interface Arena {
  postgres: TestPostgres;
  door: Door;
  pages: Services['pages'];
  /** Whether anybody's answers may find the disk full. */
  hasSmallDisk: boolean;
  /** How many attempts the real disk refused. */
  refusedByDisk: number;
  /** SQL as the owner, once PostgreSQL answers. */
  sql<Row>(statement: string, parameters?: unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

export async function startArena(): Promise<Arena> {
  const postgres = await startPostgres();
  await postgres.pool.query(DISKS);
  await postgres.pool.query('update private.forms set hourly_ceiling = 10000000');
  const door = await startDoor(postgres.url);
  const { pages, remove } = templatePages();
  return {
    postgres,
    door,
    pages,
    hasSmallDisk: false,
    refusedByDisk: 0,
    async sql<Row>(statement: string, parameters: unknown[] = []) {
      for (let tries = 1; ; tries++) {
        try {
          return (await postgres.pool.query(statement, parameters)).rows as Row[];
        } catch (error) {
          if (tries === 200) throw error;
          await pause(50);
        }
      }
    },
    async stop() {
      remove();
      await door.stop();
      await postgres.stop();
    },
  };
}

/** A disk that is full for some senders only: the same refusal as a real one, at the same moment. */
const DISKS = `
create schema disks;
create table disks.full_for (sender text primary key);
create function disks.refuse() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from disks.full_for as f where f.sender = left(new.idempotency_key, 36)) then
    raise exception 'could not extend file: No space left on device' using errcode = '53100';
  end if;
  return new;
end $$;
${FORMS.map(({ table }) => `create trigger disk before insert on public.${table} for each row execute function disks.refuse();`).join('\n')}`;

/** What somebody was told of one sending. */
type Told =
  | { what: 'stored'; status: number; reference: string; token: string | null }
  | { what: 'kept' }
  | { what: 'unknown'; token: string | null }
  /** They left before the answer, or their own line was cut. */
  | { what: 'nothing' };

interface Sending {
  /** The fingerprint of what was sent; nothing as long as the store was not reached. */
  content?: string;
  told: Told;
}

interface Row {
  id: string;
  reference: string;
  content_hash: string;
  follow_up_hash: string | null;
  letters: number;
}

/** Somebody with one form and one set of answers, perhaps corrected on the way, in one or two tabs. */
class Person {
  readonly mark = randomUUID();
  readonly address = newAddress();
  readonly sendings: Sending[] = [];
  underWay = 0;
  version = 0;
  limited = false;
  diskFull = false;
  readonly form: Form;
  private readonly bodies = new Map<string, string>();

  constructor(form: Form) {
    this.form = form;
  }

  /** What the page of this tab sends, with the proof that the answers were read again. */
  async body(tab: number, services: Services): Promise<string> {
    const place = `${this.version} ${tab}`;
    const known = this.bodies.get(place);
    if (known !== undefined) return known;
    const answers = {
      ...goodAnswers(this.form, `${this.mark} ${this.version}`),
      idempotency_key: [`${this.mark}-${tab}`],
    };
    const shown = await answerSubmission(
      requestOf(this.form, urlencoded({ ...answers, etape: ['verifier'] }), 'json'),
      { slug: this.form.slug, context: 'dev', address: this.address },
      services,
    );
    const { jeton } = (await shown.json()) as { jeton: string };
    const body = urlencoded({ ...answers, jeton: [jeton] });
    this.bodies.set(place, body);
    return body;
  }
}

type Shape = 'json' | 'page';

function requestOf(form: Form, body: string, shape: Shape): Request {
  const headers = browserHeaders();
  if (shape === 'json') headers['Accept'] = 'application/json';
  return new Request(`${SITE}/api/formulaires/${form.slug}`, { method: 'POST', headers, body });
}

/** What one sending wrote in the log, and the fingerprint it was stored under. */
interface Trace {
  content?: string;
  lines: string[];
}
const traces = new AsyncLocalStorage<Trace>();

/** Sends every line of the functions' log to the sending that wrote it. To undo by calling what it returns. */
export function followLogs(): () => void {
  const { log } = console;
  console.log = (line: unknown) => void traces.getStore()?.lines.push(String(line));
  return () => void (console.log = log);
}

/** One corner of the arena: its own network, its own people, one schedule after another. */
class Corner {
  people: Person[] = [];
  told = { stored: 0, kept: 0, unknown: 0, nothing: 0 };
  readonly arena: Arena;
  readonly proxy: FaultProxy;
  /** What people reach. */
  private readonly services: Services;
  /** The same without faults. */
  readonly calm: Services;
  private readonly pending = new Set<Promise<unknown>>();

  constructor(arena: Arena, proxy: FaultProxy, patience = patienceAt(PACE)) {
    this.arena = arena;
    this.proxy = proxy;
    const { door, pages } = arena;
    // Answers were read three seconds ago.
    const now = () => new Date(Date.now() + 3000);
    const traced = (services: Services): Services => ({
      ...services,
      pages,
      now,
      store: {
        ...services.store,
        submit(form, payload) {
          const trace = traces.getStore();
          if (trace) trace.content = String(payload['content_hash']);
          return services.store.submit(form, payload);
        },
      },
    });
    this.services = traced(servicesOn({ url: proxy.url, secret: door.secret }, MAIL, patience));
    this.calm = traced(servicesOn({ url: door.url, secret: door.secret }, MAIL, CALM));
  }

  /** Sends once, and checks what can be checked at that very moment. */
  async send(
    person: Person,
    tab: number,
    shape: Shape,
    stays = true,
    services = this.services,
  ): Promise<Told> {
    const { form, version } = person;
    const body = await person.body(tab, { ...this.calm, now: () => new Date() });
    const trace: Trace = { lines: [] };
    const wasAlone = person.underWay === 0 && this.isQuiet();
    const mayBeKept = this.mayBeKept(person);
    person.underWay += 1;
    const response = await traces.run(trace, () =>
      answerSubmission(
        requestOf(form, body, shape),
        { slug: form.slug, context: 'dev', address: person.address },
        services,
      ),
    );
    person.underWay -= 1;
    const told: Told = stays ? await toldBy(response) : { what: 'nothing' };
    this.told[told.what] += 1;
    if (!person.diskFull) this.arena.refusedByDisk += trace.lines.filter(isFullDisk).length;
    if (trace.content === undefined) throw new Untrue('right answers did not reach the store');
    person.sendings.push({ content: trace.content, told });
    if (trace.lines.some((line) => line.includes(person.mark))) throw new Untrue('the log quotes an answer');

    const isAlone = wasAlone && person.underWay === 0 && person.version === version;
    const row = async () => (await this.rowsOf(person)).find((one) => one.content_hash === trace.content);
    if (told.what === 'stored') {
      const stored = await row();
      if (stored?.reference !== told.reference) throw new Untrue('thanked for what is not stored');
      if (hasFollowUp(form) !== (told.token !== null)) throw new Untrue('no link to follow it up');
      if (told.token !== null && hashOf(told.token) !== stored.follow_up_hash)
        throw new Untrue('a wrong link');
    }
    if (told.what === 'kept') {
      if (!mayBeKept && !this.mayBeKept(person)) throw new Untrue('« pas reçu » for no reason');
      if (isAlone && this.isQuiet() && (await row())) throw new Untrue('« pas reçu », and it is stored');
    }
    if (told.what === 'unknown' && !trace.lines.some(leavesADoubt))
      throw new Untrue('« nous ne savons pas », and the database had spoken');
    return told;
  }

  private mayBeKept(person: Person): boolean {
    return person.limited || person.diskFull || this.arena.hasSmallDisk;
  }

  /** Lets something go on while the schedule does. */
  meanwhile(work: Promise<unknown>): void {
    const watched = work.finally(() => this.pending.delete(watched));
    watched.catch(() => undefined);
    this.pending.add(watched);
  }

  private isQuiet(): boolean {
    return this.pending.size === 0 && this.proxy.isIdle();
  }

  /** Until everything has arrived. */
  async settle(): Promise<void> {
    await Promise.all(this.pending);
    await this.proxy.idle();
  }

  rowsOf({ form, mark }: Person): Promise<Row[]> {
    return this.arena.sql<Row>(
      `select id, reference, content_hash, follow_up_hash,
         (select count(*)::int from private.outbox as o where o.row_id = stored.id) as letters
       from public.${form.table} as stored where idempotency_key like $1 || '%'`,
      [mark],
    );
  }

  async follow(person: Person, token: string): Promise<void> {
    const request = new Request(`${SITE}/api/suivi`, {
      method: 'POST',
      headers: { Accept: 'application/json', 'Content-Type': 'application/json', Origin: SITE },
      body: JSON.stringify({ cle: token, action: 'voir' }),
    });
    const { status } = await traces.run({ lines: [] }, () => answerFollowUp(request, undefined, this.calm));
    // What is on its way may arrive between the two questions.
    if (!this.isQuiet() || person.underWay > 0) return;
    const rows = await this.rowsOf(person);
    const isThere = rows.some((row) => row.follow_up_hash === hashOf(token));
    if (status !== (isThere ? 200 : 404))
      throw new Untrue(`the link says ${status}, and stored is ${isThere}`);
  }

  async setLimit(person: Person, limited: boolean): Promise<void> {
    const { form, address } = person;
    const day = this.calm.now().toISOString().slice(0, 10);
    const bucket = `${form.slug}:${this.calm.keys?.limiter(`${day} ${address}`) ?? ''}`;
    if (limited) {
      await this.arena.sql(
        `insert into private.rate_limits (bucket, window_start, hits) values ($1, date_trunc('hour', now()), 30)
         on conflict (bucket, window_start) do update set hits = 30`,
        [bucket],
      );
    } else await this.arena.sql('delete from private.rate_limits where bucket = $1', [bucket]);
    person.limited = limited;
  }

  async setDisk(person: Person, full: boolean): Promise<void> {
    await this.arena.sql(
      full
        ? 'insert into disks.full_for values ($1) on conflict do nothing'
        : 'delete from disks.full_for where sender = $1',
      [person.mark],
    );
    person.diskFull = full;
  }

  /** What must be true of everybody once everything has arrived. */
  async checkAll(): Promise<void> {
    await this.settle();
    for (const person of this.people) {
      if (person.sendings.length === 0) continue;
      await this.checkRows(person);
      for (const token of tokensOf(person.sendings)) await this.follow(person, token);
      // Whatever happened, the same thing sent once more ends well, and once.
      if (person.limited) await this.setLimit(person, false);
      if (person.diskFull) await this.setDisk(person, false);
      const last = await this.send(person, 0, 'json', true, this.calm);
      if (last.what !== 'stored') throw new Untrue('a calm sending was not stored');
      await this.checkRows(person);
    }
  }

  private async checkRows(person: Person): Promise<void> {
    const rows = await this.rowsOf(person);
    const contents = new Set(person.sendings.map(({ content }) => content));
    for (const row of rows) if (!contents.has(row.content_hash)) throw new Untrue('a row nobody sent');
    for (const content of contents) {
      const sent = person.sendings.filter((one) => one.content === content).map(({ told }) => told);
      const stored = rows.filter((row) => row.content_hash === content);
      if (stored.length > 1) throw new Untrue('stored twice');
      const thanks = sent.filter((told) => told.what === 'stored');
      if (thanks.length > 0 && stored.length === 0) throw new Untrue('thanked for what is lost');
      if (thanks.some(({ reference }) => reference !== stored[0]?.reference))
        throw new Untrue('two references');
      if (thanks.filter(({ status }) => status === 201).length > 1) throw new Untrue('new twice');
      if (stored.length > 0 && sent.every((told) => told.what === 'kept'))
        throw new Untrue('« pas reçu », and it arrived later');
      const letters = hasLetters(person.form) ? 1 : 0;
      if (stored.some((row) => row.letters !== letters)) throw new Untrue('a letter too many, or too few');
    }
  }
}

/** What is not true, and should be. */
class Untrue extends Error {}

/** Whether this line tells of an attempt that may have stored something. */
function leavesADoubt(line: string): boolean {
  const { event, status, code } = JSON.parse(line) as { event: string; status: number; code?: string };
  return event === 'store-failure' && code !== '53100' && code !== 'PT429' && (status === 0 || status >= 200);
}

const isFullDisk = (line: string) => (JSON.parse(line) as { code?: string }).code === '53100';
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function tokensOf(sendings: readonly Sending[]): Set<string> {
  const tokens = sendings.flatMap(({ told }) => ('token' in told && told.token !== null ? [told.token] : []));
  return new Set(tokens);
}

/** In a program's answer or in a page, exactly one truth. */
async function toldBy(response: Response): Promise<Told> {
  const { status } = response;
  const location = response.headers.get('Location');
  if (status === 303 && location !== null) {
    const { pathname, search, hash } = new URL(location, SITE);
    const reference = pathname.split('/').at(-1) ?? '';
    const token = /^#[\w-]{43}$/.test(hash) ? hash.slice(1) : null;
    return { what: 'stored', status: search.includes('deja') ? 200 : 303, reference, token };
  }
  const text = await response.text();
  if (status === 200 || status === 201) {
    const { reference, followUp } = JSON.parse(text) as { reference: string; followUp: string | null };
    return { what: 'stored', status, reference, token: followUp?.split('#')[1] ?? null };
  }
  const says = (truth: string) => text.includes(truth) || text.includes(frenchTypography(truth));
  const kept = says(TRUTHS.kept);
  if (kept === says(TRUTHS.unknown)) throw new Untrue(`${status} says both truths, or none`);
  if (kept) return { what: 'kept' };
  return { what: 'unknown', token: /\/suivi\/#([\w-]{43})/.exec(text)?.[1] ?? null };
}

/** Stalls of five, fifteen and thirty-five seconds. */
const stall = fc.constantFrom(5, 15, 35).map((seconds) => seconds * SECOND);
const fate: fc.Arbitrary<Fate> = fc.oneof(
  fc.constant<Fate>({ kind: 'passes' }),
  fc.constantFrom<Fate>(
    { kind: 'reset-before' },
    { kind: 'reset-after' },
    { kind: 'cut' },
    { kind: 'another-page' },
    { kind: 'given-up' },
    { kind: 'turned-away', status: 503 },
    { kind: 'turned-away', status: 429 },
  ),
  stall.map((milliseconds): Fate => ({ kind: 'late-request', milliseconds })),
  stall.map((milliseconds): Fate => ({ kind: 'late-answer', milliseconds })),
);
/** Of the first attempts; the next ones pass. */
const fates = fc.array(fate, { maxLength: 4 });
const tab = fc.constantFrom(0, 0, 0, 1);
const slug = fc.constantFrom(...FORMS.map((form) => form.slug));
const who = fc.constantFrom(0, 0, 1);
const shape = fc.constantFrom<Shape>('json', 'json', 'json', 'page');

type Command = fc.AsyncCommand<object, Corner>;

/** A command as fast-check draws and prints it. */
function command(name: string, run: (corner: Corner) => Promise<unknown>): Command {
  return {
    check: () => true,
    async run(_model, corner) {
      await run(corner);
    },
    toString: () => name,
  };
}

const personOf = (corner: Corner, index: number) => corner.people[index % corner.people.length]!;
const wordsOf = (list: readonly Fate[]) =>
  list.map((one) => one.kind + ('milliseconds' in one ? ` ${one.milliseconds / SECOND} s` : '')).join(', ');

const COMMANDS: fc.Arbitrary<Command>[] = [
  fc.record({ who, tab, shape, fates }).map(({ who, tab, shape, fates }) =>
    command(`sends (person ${who}, tab ${tab}, ${shape}) [${wordsOf(fates)}]`, async (corner) => {
      corner.proxy.next(fates);
      await corner.send(personOf(corner, who), tab, shape);
    }),
  ),
  fc.record({ who, tab, fates }).map(({ who, tab, fates }) =>
    command(`sends and leaves (person ${who}, tab ${tab}) [${wordsOf(fates)}]`, async (corner) => {
      corner.proxy.next(fates);
      corner.meanwhile(corner.send(personOf(corner, who), tab, 'json', false));
      await pause(Math.random() * 2 * SECOND);
    }),
  ),
  // A double click, two tabs, a storm of retries: what comes at once.
  fc
    .record({ who, tabs: fc.array(tab, { minLength: 2, maxLength: 5 }), shape, fates })
    .map(({ who, tabs, shape, fates }) =>
      command(`sends at once (person ${who}, tabs ${tabs.join(' ')}) [${wordsOf(fates)}]`, async (corner) => {
        corner.proxy.next(fates);
        await Promise.all(tabs.map((tab) => corner.send(personOf(corner, who), tab, shape)));
      }),
    ),
  // What waited for the line: the same body again and again until it is received.
  fc.record({ who, tab, fates }).map(({ who, tab, fates }) =>
    command(`sends until received (person ${who}, tab ${tab}) [${wordsOf(fates)}]`, async (corner) => {
      corner.proxy.next(fates);
      for (let times = 1; times <= 3; times++) {
        const told = await corner.send(personOf(corner, who), tab, 'json');
        if (told.what === 'stored') break;
      }
    }),
  ),
  fc.record({ who, seconds: fc.constantFrom(1, 5, 15) }).map(({ who, seconds }) =>
    command(`sends while connections are refused for ${seconds} s (person ${who})`, async (corner) => {
      await corner.proxy.refuse(seconds * SECOND);
      await corner.send(personOf(corner, who), 0, 'json');
    }),
  ),
  who.map((who) =>
    command(`corrects the answers (person ${who})`, (corner) => {
      const person = personOf(corner, who);
      if (person.underWay === 0) person.version += 1;
      return Promise.resolve();
    }),
  ),
  fc
    .record({ who, on: fc.boolean() })
    .map(({ who, on }) =>
      command(`the disk is ${on ? 'full' : 'free'} (person ${who})`, (corner) =>
        corner.setDisk(personOf(corner, who), on),
      ),
    ),
  fc
    .record({ who, on: fc.boolean() })
    .map(({ who, on }) =>
      command(`${on ? 'the limit is reached' : 'an hour passes'} (person ${who})`, (corner) =>
        corner.setLimit(personOf(corner, who), on),
      ),
    ),
  who.map((who) =>
    command(`opens the links (person ${who})`, async (corner) => {
      const person = personOf(corner, who);
      for (const token of tokensOf(person.sendings)) await corner.follow(person, token);
    }),
  ),
  fc.constant(command('waits until everything has arrived', (corner) => corner.settle())),
];

/** What was played, and what people were told. */
export interface Played {
  schedules: number;
  told: Corner['told'];
}

interface Play {
  runs: number;
  seed: number;
  /** The place of one schedule in the draws of its seed, as a failure prints it: it is played alone. */
  path?: string;
  corners?: number;
}

/**
 * Plays schedules drawn at random, many at once, each on a network of its own.
 *
 * @throws Error with the schedule at fault, as short as it could be made, its seed and its path
 */
export async function playSchedules(arena: Arena, { runs, seed, path, corners = 24 }: Play): Promise<Played> {
  const count = path === undefined ? corners : 1;
  return inCorners(arena, count, (corner, index) =>
    playIn(corner, {
      runs: Math.ceil(runs / count),
      seed: seed + index,
      ...(path === undefined ? {} : { path }),
    }),
  );
}

/** Plays schedules while PostgreSQL is killed and started again, so many times. */
export async function playWhileKilled(
  arena: Arena,
  { kills, seed, corners = 16 }: { kills: number; seed: number; corners?: number },
): Promise<Played & { kills: number }> {
  const played = await playDuring(arena, seed, corners, async () => {
    for (let kill = 0; kill < kills; kill++) {
      await pause(100 + Math.random() * 300);
      await arena.postgres.kill();
      await pause(Math.random() * 5 * SECOND);
      await arena.postgres.restart();
    }
  });
  return { ...played, kills };
}

/** Plays schedules while the disk that holds what is sent fills up and is freed, so many times. */
export async function playOnSmallDisk(
  arena: Arena,
  { fillings, seed, corners = 16 }: { fillings: number; seed: number; corners?: number },
): Promise<Played & { fillings: number; refused: number }> {
  const disk = await mountSmallDisk(arena);
  try {
    arena.hasSmallDisk = true;
    const played = await playDuring(arena, seed, corners, async () => {
      for (let filling = 0; filling < fillings; filling++) {
        await pause(100 + Math.random() * 200);
        disk.fill();
        const before = arena.refusedByDisk;
        for (let times = 0; times < 100 && arena.refusedByDisk === before; times++) await pause(50);
        if (arena.refusedByDisk === before) throw new Error('the disk was never full');
        await pause(Math.random() * 300);
        disk.free();
      }
    });
    return { ...played, fillings, refused: arena.refusedByDisk };
  } finally {
    disk.free();
    await disk.remove();
    arena.hasSmallDisk = false;
  }
}

/** Plays schedules as long as something goes on. */
async function playDuring(
  arena: Arena,
  seed: number,
  corners: number,
  work: () => Promise<void>,
): Promise<Played> {
  let isOver = false;
  const working = work().finally(() => (isOver = true));
  const played = await inCorners(arena, corners, async (corner, index) => {
    let schedules = 0;
    // The first failure is the one to read.
    for (let round = 0; !isOver; round++) {
      schedules += await playIn(corner, { runs: 2, seed: seed + index + 1000 * round });
    }
    return schedules;
  }).finally(() => working);
  await working;
  return played;
}

async function inCorners(
  arena: Arena,
  corners: number,
  work: (corner: Corner, index: number) => Promise<number>,
): Promise<Played> {
  const told: Corner['told'] = { stored: 0, kept: 0, unknown: 0, nothing: 0 };
  const played = await Promise.allSettled(
    Array.from({ length: corners }, async (_, index) => {
      const corner = new Corner(arena, await startFaultProxy(arena.door.url));
      try {
        return await work(corner, index);
      } finally {
        await corner.proxy.close();
        for (const what of Object.keys(told) as (keyof typeof told)[]) told[what] += corner.told[what];
      }
    }),
  );
  // The arena is still in use as long as one corner plays.
  const failed = played.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  const schedules = played.map((one) => (one.status === 'fulfilled' ? one.value : 0));
  return { schedules: schedules.reduce((sum, one) => sum + one, 0), told };
}

async function playIn(corner: Corner, { runs, seed, path }: Omit<Play, 'corners'>): Promise<number> {
  const property = fc.asyncProperty(
    fc.tuple(slug, slug),
    fc.commands(COMMANDS, { maxCommands: 6 }),
    async (slugs, commands) => {
      corner.people = slugs.map((one) => new Person(formBySlug(one)!));
      corner.proxy.next([]);
      try {
        await fc.asyncModelRun(() => ({ model: {}, real: corner }), commands);
        await corner.checkAll();
      } finally {
        await corner.settle().catch(() => undefined);
      }
    },
  );
  await fc.assert(property, { seed, numRuns: runs, ...(path === undefined ? {} : { path }) });
  return runs;
}

/** Patience enough for the slowest machine to hear the database, for stories without a stall. */
export const PATIENT: StoreOptions = { totalDeadline: 3000, attemptDeadline: 2000, pace: PACE };

/**
 * One schedule written by hand: somebody, alone in a corner, and what happens to them.
 *
 * @returns what they were told, in order
 */
export async function playOne(
  arena: Arena,
  slug: string,
  story: (corner: Corner, person: Person) => Promise<unknown>,
  patience?: StoreOptions,
): Promise<Told['what'][]> {
  const corner = new Corner(arena, await startFaultProxy(arena.door.url), patience);
  const person = new Person(formBySlug(slug)!);
  corner.people = [person];
  try {
    await story(corner, person);
    const told = person.sendings.map((sending) => sending.told.what);
    await corner.checkAll();
    return told;
  } finally {
    await corner.proxy.close();
  }
}

interface SmallDisk {
  fill(): void;
  free(): void;
  remove(): Promise<void>;
}

/** Puts the tables of the forms on a disk of a few megabytes. Only root may mount one. */
async function mountSmallDisk(arena: Arena): Promise<SmallDisk> {
  const folder = await mkdtemp(path.join(tmpdir(), 'guide-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m,mode=777', 'tmpfs', folder]);
  const place = path.join(folder, 'tables');
  const ballast = path.join(folder, 'ballast');
  mkdirSync(place);
  execFileSync('chown', ['postgres', place]);
  await arena.sql(`create tablespace small location '${place}'`);
  // Hardly a row a page: what is sent needs room on the disk at once.
  const move = async (to: string, fill: number) => {
    for (const { table } of FORMS) {
      await arena.sql(`alter table public.${table} set (fillfactor = ${fill})`);
      await arena.sql(`alter table public.${table} set tablespace ${to}`);
    }
  };
  await move('small', 10);
  return {
    fill() {
      const file = openSync(ballast, 'w');
      for (const size of [1 << 20, 4096]) {
        const zeros = Buffer.alloc(size);
        try {
          while (writeSync(file, zeros) === size);
        } catch {
          // Full.
        }
      }
      closeSync(file);
    },
    free: () => rmSync(ballast, { force: true }),
    async remove() {
      await move('pg_default', 100);
      await arena.sql('drop tablespace small');
      execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Whether a small disk can be mounted here: only root may, and not in every container. */
export function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(path.join(tmpdir(), 'guide-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
