import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { protect } from '../../functions/_lib/protection.ts';
import type {
  Field,
  LongTextField,
  Protection,
  StoredValue,
  TextField,
} from '../../src/domain/forms/field.ts';
import { fieldsOf, type Form } from '../../src/domain/forms/form.ts';
import { FORMS, STORED_FORMS } from '../../src/domain/forms/index.ts';
import { checkForm, schemaOf } from '../../src/domain/forms/schema.ts';
import { lengthOf } from '../../src/domain/forms/text.ts';
import { acceptedAnswers } from '../domain/answers.ts';
import { goodAnswers } from '../support/forms.ts';
import { type TestPostgres, startPostgres } from '../support/postgres.ts';
import { testKeys } from '../support/sealing.ts';
import { PUBLISHED } from './rights.ts';

/** The type of the column that stores each kind of answer. */
const TYPES: Record<Field['kind'], string> = {
  text: 'text',
  'long-text': 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  money: 'bigint',
  month: 'text',
  year: 'text',
  contact: 'text',
  code: 'text',
  project: 'text',
  choice: 'text',
  choices: 'text[]',
  tags: 'text[]',
  consent: 'boolean',
};

/** Columns of every submission that no question fills. */
const COMMON = [
  'id', 'reference', 'received_at', 'status', 'follow_up_hash', 'idempotency_key', 'content_hash', 'form_version',
  'consent_at', 'is_example', 'quarantined_at', 'quarantine_reasons',
]; // prettier-ignore

/** Columns of one table that the desk fills. */
const DESK: Record<string, readonly string[]> = {
  projects: ['slug', 'published_at'],
  associations: ['slug', 'published_at', 'confirmed_at'],
  // Not of the desk: which project it is about.
  project_updates: ['project_id'],
  help_offers: ['project_id'],
};

/** What a view says besides the answers of its form, each made of what an officer accepted or wrote. */
const LIFE: Record<string, readonly string[]> = { published_projects: ['news', 'qualification'] };

/** Columns of every form that has an e-mail address: whether it may be written to. */
const LETTERS = ['confirmed_at', 'mail_stopped_at'];

/**
 * Closed lists whose column only checks a shape, with why. Every other list must be the column's own, both ways.
 * `outside` is a value that fits the shape and is not in the list: it proves that the exception is needed.
 */
const SHAPE_ONLY: Record<string, { why: string; outside: string }> = {
  residence_country: { why: '244 countries change without a migration', outside: 'ZZ' },
  country: { why: '244 countries change without a migration', outside: 'ZZ' },
  occupation_family: { why: 'ROME gains second levels without a migration', outside: 'A99' },
  prefecture: { why: '39 names change by law, without a migration', outside: 'Ailleurs' },
};

/** The longest answers of the kinds whose length is not in the declaration. */
const LONGEST: Partial<Record<Field['kind'], number>> = {
  email: 254,
  url: 300,
  phone: 16,
  contact: 254,
};

/** How a protected answer begins in its column. */
const SCHEMES: Record<Protection, string> = { sealed: 'sealed1', encrypted: 'enc1' };

interface Column {
  name: string;
  type: string;
  nullable: boolean;
  hasDefault: boolean;
}

let db: TestPostgres;
beforeAll(async () => void (db = await startPostgres()), 60_000);
afterAll(() => db.stop());

async function columnsOf(table: string): Promise<Map<string, Column>> {
  const { rows } = await db.pool.query<Column>(
    `select attname as name, format_type(atttypid, atttypmod) as type, not attnotnull as nullable,
       atthasdef as "hasDefault"
     from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [`public.${table}`],
  );
  return new Map(rows.map((row) => [row.name, row]));
}

/** What the functions would store for these values, with what is not asked. */
function rowOf(form: Form, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const id = randomUUID();
  return {
    ...(form.withLink ? { project_id: id } : {}),
    ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
    idempotency_key: id,
    content_hash: createHash('sha256').update(id).digest('hex'),
    form_version: form.version,
    consent_at: '2026-11-22T10:00:00Z',
  };
}

/** Right answers to every question, as they are stored. */
async function goodValues(form: Form): Promise<Record<string, StoredValue>> {
  const checked = checkForm(form, goodAnswers(form));
  if (!checked.ok) throw new Error(JSON.stringify(checked.errors));
  return protect(form, checked.values, testKeys);
}

/** Inserts one row with one answer changed, and others left out. Returns the stored answer, or PostgreSQL’s code. */
async function insert(
  form: Form,
  name: string,
  value: unknown,
  without: readonly string[] = [],
): Promise<{ stored: unknown } | { refused: string }> {
  const row = rowOf(form, { ...(await goodValues(form)), [name]: value });
  const columns = Object.keys(row).filter((column) => !without.includes(column));
  const places = columns.map((_, index) => `$${index + 1}`);
  try {
    const { rows } = await db.pool.query(
      `insert into public.${form.table} (${columns.join(', ')}) values (${places.join(', ')}) returning ${name} as stored`,
      columns.map((column) => row[column]),
    );
    return { stored: rows[0].stored };
  } catch (error) {
    return { refused: (error as { code: string }).code };
  }
}

/** Characters of the longest answer to a protected question once it is closed. */
function longestWritten(field: Field): number {
  // A character of an answer is four bytes at most; the bytes come in blocks of 64, with what each scheme adds.
  const characters = 'maxLength' in field ? field.maxLength : (LONGEST[field.kind] ?? 0);
  const bytes = Math.ceil((characters * 4) / 64) * 64 + (field.protection === 'sealed' ? 65 + 16 : 12 + 16);
  return `${SCHEMES[field.protection!]}.0123456789ab.`.length + Math.ceil((bytes * 4) / 3);
}

/** PostgreSQL gives a bigint as text, since it may not fit in a number. */
const asStored = (value: StoredValue) => (typeof value === 'number' ? String(value) : value);

/** Every quoted value of the check constraints that mention a column. */
async function valuesInConstraints(table: string, column: string): Promise<string[]> {
  const { rows } = await db.pool.query<{ definition: string }>(
    `select pg_get_constraintdef(c.oid) as definition from pg_constraint as c
     join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
     where c.conrelid = $1::regclass and c.contype = 'c' and a.attname = $2`,
    [`public.${table}`, column],
  );
  return rows.flatMap(({ definition }) =>
    [...definition.matchAll(/'([^']*)'::text/g)].map((match) => match[1] ?? ''),
  );
}

const BAD = { refused: '23514' };

describe.each(STORED_FORMS.map((form) => [form.slug, form] as const))(
  'the form « %s » and its table',
  (_, form) => {
    const fields = fieldsOf(form);
    function cases<Kept extends Field>(keep: (field: Field) => field is Kept): [string, Kept][];
    function cases(keep: (field: Field) => boolean): [string, Field][];
    function cases(keep: (field: Field) => boolean): [string, Field][] {
      return fields.filter(keep).map((field) => [field.name, field]);
    }
    const every = cases(() => true);
    const clear = cases(({ protection }) => protection === undefined);
    const closed = cases(({ protection }) => protection !== undefined);
    const indexes = closed.flatMap(([name, { protection }]) =>
      protection === 'encrypted' ? [`${name}_index`] : [],
    );
    const protectedValue = async (name: string, value: StoredValue) =>
      (await protect(form, { [name]: value }, testKeys))[name];

    test('the table has a column for every question and for nothing else', async () => {
      const columns = [...(await columnsOf(form.table)).keys()];
      const expected = new Set([
        ...COMMON,
        ...(DESK[form.table] ?? []),
        ...indexes,
        ...(indexes.length > 0 ? LETTERS : []),
        ...fields.map(({ name }) => name),
      ]);
      expect(columns.toSorted()).toEqual([...expected].toSorted());
    });

    test.each(every)('the column %s has the type of its question', async (name, field) => {
      expect((await columnsOf(form.table)).get(name)?.type).toBe(TYPES[field.kind]);
    });

    test.each(every)(
      'the column %s must be filled exactly when its question must be answered',
      async (name, field) => {
        const column = (await columnsOf(form.table)).get(name);
        if (field.kind === 'consent') {
          // A box says yes or no, never nothing.
          expect(column).toMatchObject({ nullable: false, hasDefault: false });
          expect(await insert(form, name, false)).toEqual(field.required ? BAD : { stored: false });
        } else if (field.required && field.protection !== undefined) {
          // Only a demonstration row may leave it empty: it has no key to close an answer with.
          expect(column).toMatchObject({ hasDefault: false });
          expect(await insert(form, name, null)).toEqual(BAD);
        } else if (field.required) {
          expect(column).toMatchObject({ nullable: false, hasDefault: false });
        } else {
          expect(column?.nullable === true || column?.hasDefault === true).toBe(true);
          expect(await insert(form, name, null, [`${name}_index`])).toHaveProperty('stored');
        }
      },
    );

    test.each(clear)('whatever the question %s accepts, its column stores', async (name, field) => {
      for (const [typed, stored] of acceptedAnswers(field)) {
        const label = JSON.stringify(typed).slice(0, 60);
        expect(schemaOf(field).parse(typed), label).toEqual(stored);
        const answer = await insert(form, name, stored);
        if (stored === null) expect(answer, label).toHaveProperty('stored');
        else expect(answer, label).toEqual({ stored: asStored(stored) });
      }
    });

    test.each(closed)(
      'whatever the question %s accepts, its column stores once closed, and refuses in clear text',
      async (name, field) => {
        for (const [typed, stored] of acceptedAnswers(field)) {
          const label = JSON.stringify(typed).slice(0, 60);
          const text = await protectedValue(name, stored);
          expect(await insert(form, name, text), label).toEqual({ stored: text });
          if (stored !== null) expect(await insert(form, name, stored), label).toEqual(BAD);
        }
      },
    );

    test.each(closed)(
      'the column %s refuses the other way of closing, and anything too long',
      async (name, field) => {
        const begin = `${SCHEMES[field.protection!]}.0123456789ab.`;
        const longest = longestWritten(field);
        const text = (length: number) => begin + 'A'.repeat(length - begin.length);
        expect(await insert(form, name, text(longest))).toEqual({ stored: text(longest) });
        expect(await insert(form, name, text(longest + 1))).toEqual(BAD);
        const other = begin.startsWith('enc1') ? 'sealed1' : 'enc1';
        expect(await insert(form, name, `${other}.0123456789ab.${'A'.repeat(120)}`)).toEqual(BAD);
      },
    );

    test.each(indexes)(
      'the column %s takes a keyed hash only, and nobody gives one without its answer',
      async (name) => {
        expect(await insert(form, name, 'kossi@exemple.org')).toEqual(BAD);
        expect(await insert(form, name, null)).toEqual(BAD);
        expect(await insert(form, name.replace(/_index$/, ''), null)).toEqual(BAD);
      },
    );

    test.each(
      clear.filter(([, field]) => field.kind === 'text' || field.kind === 'long-text') as [
        string,
        TextField | LongTextField,
      ][],
    )(
      'the question %s and its column have the same longest answer, counted in characters',
      async (name, { maxLength }) => {
        for (const letter of ['a', '𝒦']) {
          expect(await insert(form, name, letter.repeat(maxLength))).toEqual({
            stored: letter.repeat(maxLength),
          });
          expect(await insert(form, name, letter.repeat(maxLength + 1))).toEqual(BAD);
        }
        expect(await insert(form, name, ''), 'an empty text').toEqual(BAD);
      },
    );

    test.each(clear.filter(([, field]) => field.kind in LONGEST))(
      'the column %s refuses a longer address',
      async (name, field) => {
        const longest = acceptedAnswers(field)
          .map(([, stored]) => String(stored))
          .find((text) => lengthOf(text) === LONGEST[field.kind]);
        expect(longest).toBeDefined();
        expect(await insert(form, name, longest)).toEqual({ stored: longest });
        expect(await insert(form, name, `${longest}x`)).toEqual(BAD);
        expect(schemaOf(field).safeParse([`${longest}x`]).success).toBe(false);
      },
    );

    test.each(cases((field) => field.kind === 'tags'))(
      'the column %s refuses one word more',
      async (name, field) => {
        const words = (count: number) =>
          Array.from({ length: count }, (_, index) => `${index}`.padEnd(field.maxLength, 'é'));
        expect(await insert(form, name, words(field.max))).toEqual({ stored: words(field.max) });
        expect(await insert(form, name, words(field.max + 1))).toEqual(BAD);
      },
    );

    test.each(
      cases((field) => (field.kind === 'choice' || field.kind === 'choices') && !(field.name in SHAPE_ONLY)),
    )('the list of %s is the list its column knows, both ways', async (name, field) => {
      const values = 'choices' in field ? field.choices.map(({ value }) => value) : [];
      expect((await valuesInConstraints(form.table, name)).toSorted()).toEqual(values.toSorted());
      const outside = field.kind === 'choices' ? ['ailleurs'] : 'ailleurs';
      expect(await insert(form, name, outside)).toEqual(BAD);
    });

    test.each(cases((field) => field.kind === 'choice' && field.name in SHAPE_ONLY))(
      'the column %s checks a shape only, for a reason that still holds',
      async (name, field) => {
        const { outside } = SHAPE_ONLY[name]!;
        expect(schemaOf(field).safeParse([outside]).success).toBe(false);
        expect(await insert(form, name, outside)).toEqual({ stored: outside });
        expect(await insert(form, name, '<'.repeat(61))).toEqual(BAD);
      },
    );

    test.each(cases((field) => field.kind === 'money'))('the column %s refuses a debt', async (name) => {
      expect(await insert(form, name, -1)).toEqual(BAD);
    });

    test.each(
      clear.filter(([, field]) => ['phone', 'url', 'month', 'year', 'contact', 'code'].includes(field.kind)),
    )('the column %s refuses what the question would never store', async (name) => {
      for (const text of ['0612345678', 'javascript:alert(1)', 'mars 2027', '']) {
        expect(await insert(form, name, text), text).toEqual(BAD);
      }
    });

    // What is sent by a link has its own way in: tests/database/project-life.test.ts.
    if (form.withLink === true) return;

    test('submit_form knows the form and fills its table with every answer as it was checked', async () => {
      const values = await goodValues(form);
      const { rows } = await db.runAs('service_role', {}, 'select * from public.submit_form($1, $2)', [
        form.slug,
        JSON.stringify(rowOf(form, values)),
      ]);
      expect(rows).toMatchObject([{ created: true }]);
      const { rows: stored } = await db.pool.query(
        `select * from public.${form.table} where reference = $1`,
        [rows[0].reference],
      );
      expect(stored).toHaveLength(1);
      for (const [name, value] of Object.entries(values))
        expect(stored[0][name], name).toEqual(asStored(value));
    });

    test('the required questions alone are enough, and the rest takes its default', async () => {
      const required = Object.fromEntries(
        Object.entries(goodAnswers(form)).filter(
          ([name]) => fields.find((one) => one.name === name)?.required,
        ),
      );
      const checked = checkForm(form, required);
      expect(checked.ok).toBe(true);
      const { rows } = await db.runAs('service_role', {}, 'select * from public.submit_form($1, $2)', [
        form.slug,
        JSON.stringify(rowOf(form, await protect(form, checked.ok ? checked.values : {}, testKeys))),
      ]);
      expect(rows).toMatchObject([{ created: true }]);
    });
  },
);

describe('the forms together', () => {
  test('the database knows exactly the declared forms, each with its own table', async () => {
    const { rows } = await db.pool.query<{ slug: string; table: string }>(
      `select slug, target::text as table from private.forms order by slug`,
    );
    const declared = STORED_FORMS.map(({ slug, table }) => ({ slug, table })).toSorted((a, b) =>
      a.slug < b.slug ? -1 : 1,
    );
    expect(rows.map((row) => ({ ...row, table: row.table.replace('public.', '') }))).toEqual(declared);
  });

  test.each(Object.entries(PUBLISHED))(
    'a visitor may read in %s every public answer, and no private one',
    async (view, table) => {
      const form = FORMS.find((one) => one.table === table)!;
      const shown = [...(await columnsOf(view)).keys()];
      const named = (privacy: Field['privacy']) =>
        fieldsOf(form)
          .filter((field) => field.privacy === privacy)
          .map(({ name }) => name);
      expect(named('public').filter((name) => !shown.includes(name))).toEqual([]);
      expect(named('private').filter((name) => shown.includes(name))).toEqual([]);
      const others = shown.filter((name) => !named('public').includes(name));
      expect(others.toSorted()).toEqual([...DESK[table]!, ...(LIFE[view] ?? []), 'is_example'].toSorted());
    },
  );

  test('no answer of another form is public', () => {
    const others = FORMS.filter(({ table }) => !Object.values(PUBLISHED).includes(table));
    expect(others.flatMap(fieldsOf).filter((field) => field.privacy === 'public')).toEqual([]);
  });
});
