import { useEffect, useState } from 'react';
import type { OpenedAnswers } from '../../domain/desk/answers.ts';
import { fieldsOf, type Form } from '../../domain/forms/form.ts';
import type { SubmissionRow } from '../../domain/desk/submission-file.ts';
import type { Opener } from '../../sealing/seal.ts';

/** The sealed answers of one row, opened: `null` for those that the key does not open. */
export async function openAnswers(form: Form, row: SubmissionRow, opener: Opener): Promise<OpenedAnswers> {
  const opened = new Map<string, string | null>();
  for (const { name, protection } of fieldsOf(form)) {
    const sealed = row[name];
    if (protection !== 'sealed' || typeof sealed !== 'string') continue;
    opened.set(name, await opener.open(sealed, { form: form.slug, field: name }).catch(() => null));
  }
  return opened;
}

const NONE: OpenedAnswers = new Map();

/** Sealed texts, opened while the key is: they live in this component and go with it. */
export function useOpened(
  opener: Opener | undefined,
  open: ((opener: Opener) => Promise<OpenedAnswers>) | undefined,
): OpenedAnswers {
  const [opened, setOpened] = useState<{ by: Opener; texts: OpenedAnswers }>();
  useEffect(() => {
    let stale = false;
    if (opener && open)
      void open(opener).then((texts) => {
        if (!stale) setOpened({ by: opener, texts });
      });
    else setOpened(undefined);
    return () => {
      stale = true;
    };
  }, [opener, open]);
  return opener && opened?.by === opener ? opened.texts : NONE;
}
