import { afterAll, describe, expect, test } from 'vitest';
import { mailSettingsOf } from '../../functions/_lib/mail/settings.ts';
import { answerThanks } from '../../functions/_lib/thanks.ts';
import { hasFollowUp, hasLetters, thanksPageOf } from '../../src/domain/forms/form.ts';
import { FORMS } from '../../src/domain/forms/index.ts';
import { attribute, elementsOf } from '../support/dist.ts';
import { SITE } from '../support/service.ts';
import { shown, templatePages } from '../support/visit.ts';

const { pages, remove } = templatePages();
afterAll(remove);

const mail = mailSettingsOf({ SMTP_URL: 'smtp://127.0.0.1', MAIL_FROM: 'guide@example.org', SITE_URL: SITE });

/** The notes that a thank-you page shows. */
async function notesAt(address: string, withMail = true): Promise<(string | undefined)[]> {
  const request = new Request(`${SITE}${address}`);
  const services = { pages, mail: withMail ? mail : undefined };
  const { document } = await shown(await answerThanks(request, 'I-WWYH-FVQ6', services));
  return elementsOf(document, 'p')
    .filter((note) => attribute(note, 'data-note') !== undefined && attribute(note, 'hidden') === undefined)
    .map((note) => attribute(note, 'data-note'));
}

describe.each(FORMS.filter(hasFollowUp).map((form) => [form.slug, form] as const))(
  'the thank-you page of « %s »',
  (_, form) => {
    const address = `${thanksPageOf(form)}I-WWYH-FVQ6`;

    test('says that a letter leaves when there is a mail server and an address to write to', async () => {
      expect(await notesAt(address)).toEqual([hasLetters(form) ? 'courriel' : 'silence']);
    });

    test('says that none does without a mail server', async () => {
      expect(await notesAt(address, false)).toEqual(['silence']);
    });

    test('promises nothing for what is put aside, nor because its address says so', async () => {
      expect(await notesAt(`${address}?verification`)).toEqual(['verification']);
      expect(await notesAt(`${address}?deja&courriel`, false)).toEqual(['deja', 'silence']);
    });
  },
);
