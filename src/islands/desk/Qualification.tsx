import { useId, useState } from 'react';
import { hasRightsOf } from '../../domain/desk/roles.ts';
import {
  LONGEST_SENTENCE,
  NOT_A_PERMIT,
  opinionProblem,
  readGrid,
  SCORES,
  type Criterion,
  type Opinion,
} from '../../domain/projects/qualification.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { labelOf } from '../../domain/vocabularies/choice.ts';
import { useDesk } from './desk-context.ts';
import { Failed, Notice } from './Notice.tsx';
import type { PanelProps } from './panels.ts';
import { useLoaded } from './use-loaded.ts';

/** The public grid, applied to one project: an opinion and a sentence for each point. */
export function Qualification({ file: { summary } }: PanelProps) {
  const { connection, officer } = useDesk();
  const loaded = useLoaded(`grille/${summary.reference}`, async () => {
    const rows = await connection.read<Omit<Opinion, 'on'> & { at: string }>('project_qualifications', [
      ['select', 'criterion,score,sentence,at'],
      ['project_id', `eq.${summary.id}`],
    ]);
    return rows.map(({ at, ...opinion }): Opinion => ({ ...opinion, on: at.slice(0, 10) }));
  });
  const mayWrite = hasRightsOf(officer.role, 'reviewer');
  return (
    <details className="desk-grid">
      <summary>{fr(`La grille : ${loaded.data?.length ?? 0} points lus sur 6`)}</summary>
      <p className="desk-hint">{fr(`Publié sur la page du projet. ${NOT_A_PERMIT}`)}</p>
      {loaded.error && <Failed error={loaded.error} onRetry={loaded.reload} />}
      {loaded.data &&
        readGrid(loaded.data).map(({ criterion, opinion }) =>
          mayWrite ? (
            <Point
              key={criterion.value}
              reference={summary.reference}
              criterion={criterion}
              opinion={opinion}
              onSaved={loaded.reload}
            />
          ) : (
            <p key={criterion.value}>
              <strong>{fr(criterion.label)}</strong>{' '}
              {fr(opinion ? `${labelOf(SCORES, opinion.score)}. ${opinion.sentence}` : 'Pas encore lu')}
            </p>
          ),
        )}
    </details>
  );
}

interface PointProps {
  reference: string;
  criterion: Criterion;
  opinion: Opinion | undefined;
  onSaved: () => void;
}

/** One point: what is asked, what the officer makes of it, and why. */
function Point({ reference, criterion, opinion, onSaved }: PointProps) {
  const { connection, explain, announce } = useDesk();
  const [score, setScore] = useState(opinion?.score ?? '');
  const [sentence, setSentence] = useState(opinion?.sentence ?? '');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const id = useId();

  const save = async (taken: { score: string | null; sentence: string | null }): Promise<void> => {
    setBusy(true);
    try {
      await connection.call('qualify_project', { reference, criterion: criterion.value, ...taken });
      announce(`${criterion.label} : enregistré`);
      if (taken.score === null) {
        setScore('');
        setSentence('');
      }
      setProblem(undefined);
      onSaved();
    } catch (error) {
      setProblem(explain(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      className="desk-decision"
      noValidate
      aria-label={fr(criterion.label)}
      onSubmit={(event) => {
        event.preventDefault();
        const found = opinionProblem(score, sentence);
        setProblem(found);
        if (found === undefined && !busy) void save({ score, sentence });
      }}
    >
      {problem && <Notice>{problem}</Notice>}
      <div className="desk-field">
        <label htmlFor={`${id}-score`}>{fr(criterion.label)}</label>
        <p className="desk-hint" id={`${id}-question`}>
          {fr(criterion.question)}
        </p>
        <select
          id={`${id}-score`}
          aria-describedby={`${id}-question`}
          value={score}
          onChange={({ target: { value } }) => {
            setScore(value);
          }}
        >
          <option value="">Pas encore lu</option>
          {SCORES.map(({ value, label }) => (
            <option key={value} value={value}>
              {fr(label)}
            </option>
          ))}
        </select>
      </div>
      <div className="desk-field">
        <label htmlFor={`${id}-sentence`}>{fr(`Une phrase (${LONGEST_SENTENCE} signes au plus)`)}</label>
        <textarea
          id={`${id}-sentence`}
          rows={2}
          value={sentence}
          onChange={({ target: { value } }) => {
            setSentence(value);
          }}
        />
      </div>
      <div className="desk-buttons">
        <button type="submit" className="desk-button" aria-disabled={busy}>
          {busy ? 'Un instant…' : 'Enregistrer cet avis'}
        </button>
        {opinion && (
          <button
            type="button"
            className="desk-button"
            aria-disabled={busy}
            onClick={() => {
              if (!busy) void save({ score: null, sentence: null });
            }}
          >
            Enlever
          </button>
        )}
      </div>
    </form>
  );
}
