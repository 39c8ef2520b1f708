import { useState } from 'react';
import { exportTable, type OpenedAnswers } from '../../domain/desk/answers.ts';
import { ASIDE } from '../../domain/desk/queues.ts';
import { fieldsOf } from '../../domain/forms/form.ts';
import { storedFormBySlug } from '../../domain/forms/index.ts';
import { csvOf } from '../../domain/open-data/csv.ts';
import { useDesk } from './desk-context.ts';
import { readRows, recordExport } from './desk-data.ts';
import { Notice } from './Notice.tsx';
import { openAnswers } from './use-opened.ts';

const CLOSED: OpenedAnswers = new Map();

/** Takes a part of a queue out, for a spreadsheet. It is written in the audit log first. */
export function ExportButton({ form: slug, state }: { form: string; state: string }) {
  const { connection, opener, explain, announce } = useDesk();
  const [busy, setBusy] = useState(false);
  const [notice, setNotice] = useState<{ tone: 'wrong' | 'plain'; words: string }>();
  const form = storedFormBySlug(slug);

  async function exportAll(): Promise<void> {
    if (!form) return;
    const { rows, state: part } = await readRows(connection, form, state);
    const opened = await Promise.all(
      rows.map(async (row) => ({
        row,
        aside: state === ASIDE,
        opened: opener ? await openAnswers(form, row, opener) : CLOSED,
      })),
    );
    const table = exportTable(form, opened);
    await recordExport(connection, slug, part.status ?? null, rows.length);
    download(
      `${slug}-${state}-${new Date().toISOString().slice(0, 10)}.csv`,
      csvOf(table.header, table.rows),
    );
    const sealed = fieldsOf(form).some(({ protection }) => protection === 'sealed');
    const words = [
      `${rows.length} dossier(s) exporté(s). C’est noté dans le journal.`,
      ...(sealed && !opener
        ? ['Les réponses scellées n’y sont pas : pour les avoir, ouvrez d’abord la clé.']
        : []),
      ...(sealed && opener
        ? ['Ce fichier contient des réponses privées en clair : effacez-le quand il ne sert plus.']
        : []),
    ].join(' ');
    setNotice({ tone: 'plain', words });
    announce(words);
  }

  return (
    <>
      <button
        type="button"
        className="desk-link"
        aria-disabled={busy}
        onClick={() => {
          if (busy) return;
          setBusy(true);
          setNotice(undefined);
          exportAll()
            .catch((error: unknown) => {
              setNotice({ tone: 'wrong', words: explain(error) });
            })
            .finally(() => {
              setBusy(false);
            });
        }}
      >
        {busy ? 'Export en cours…' : 'Exporter en CSV'}
      </button>
      {notice && <Notice tone={notice.tone}>{notice.words}</Notice>}
    </>
  );
}

function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  // The browser has taken the file by then.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}
