import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fieldsOf, hasFollowUp, hasLetters, questionOf } from '../../src/domain/forms/form.ts';
import { STORED_FORMS } from '../../src/domain/forms/index.ts';
import { retentionWords } from '../../src/domain/forms/retention.ts';
import { OTHER_TREATMENTS, treatmentOf } from '../../src/domain/register.ts';

const BY_SLUG = STORED_FORMS.map((form) => [form.slug, form] as const);

describe.each(BY_SLUG)('the register, for the form « %s »,', (_, form) => {
  const treatment = treatmentOf(form);
  const heldAs = (name: string) =>
    treatment.classes.filter(({ data }) => data.includes(name)).map(({ held }) => held);

  test('names every question once, and says how its answer is held', () => {
    for (const field of fieldsOf(form).filter(({ kind }) => kind !== 'consent')) {
      const held = heldAs(questionOf(field));
      expect(held, field.name).toHaveLength(1);
      expect(held[0]!.startsWith('Publié'), field.name).toBe(field.privacy === 'public');
      expect(held[0]!.startsWith('Scellé'), field.name).toBe(field.protection === 'sealed');
      expect(held[0]!.startsWith('Chiffré'), field.name).toBe(field.protection === 'encrypted');
    }
  });

  test('gives the words of each consent, and the version that is stored with every answer', () => {
    const asked = fieldsOf(form).filter(({ kind }) => kind === 'consent');
    expect(treatment.consents?.words ?? []).toEqual(asked.map(({ label }) => label));
    if (asked.length > 0) expect(treatment.consents?.version).toBe(form.version);
  });

  test('tells everybody among those who receive it exactly when something is published', () => {
    const isPublic = fieldsOf(form).some(({ privacy }) => privacy === 'public');
    expect(treatment.recipients.some((who) => who.startsWith('Tout le monde'))).toBe(isPublic);
    expect(treatment.recipients.some((who) => who.includes('courriel'))).toBe(hasLetters(form));
  });

  test('says how long it is kept as the form itself does, and promises rights that can be used', () => {
    expect(treatment.kept).toContain(retentionWords(form));
    expect(treatment.rights.includes('lien de suivi')).toBe(hasFollowUp(form) || form.withLink === true);
  });
});

test('the register has an address for each of its lines', () => {
  const ids = [...STORED_FORMS.map(treatmentOf), ...OTHER_TREATMENTS].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

/**
 * The prints of the words of consent, version by version; Git keeps the words. Each answer is stored with its version,
 * so that one can tell what a person agreed to: a word that changes needs a new version in the declaration, and its
 * line here. No line is ever changed.
 */
const WORDINGS: Record<string, string> = {
  'inscription 2026-11-22': '22bbd0bdbde1',
  'association 2026-11-22': '0fc08492982b',
  'projet 2026-11-22': '22c14e099b88',
  'retour 2026-11-22': '15de3126525e',
  'association 2026-11-22-2': '15f387514bac',
  'projet 2026-11-22-2': 'c1955e6b34fd',
  'projet 2026-11-22-3': 'c1955e6b34fd',
  'aide 2026-11-22': '36d45bcd7897',
};

describe('the words people agree to', () => {
  const asked = BY_SLUG.filter(([, form]) => fieldsOf(form).some(({ kind }) => kind === 'consent'));

  test.each(asked)('have not changed under their version: %s', (slug, form) => {
    const words = fieldsOf(form)
      .filter(({ kind }) => kind === 'consent')
      .map(({ name, label, hint, required }) => [name, label, hint ?? '', required]);
    const print = createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 12);
    expect(print, 'a new wording needs a new version').toBe(WORDINGS[`${slug} ${form.version}`]);
  });
});
