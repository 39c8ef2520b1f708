import { useState } from 'react';
import {
  DECISION_WORDS,
  decisionsFor,
  OUTCOME_WORDS,
  type DecisionInput,
  type DecisionKind,
} from '../../domain/desk/decisions.ts';
import { keyFor } from '../../domain/desk/shortcuts.ts';
import { publicAddress, slugFrom } from '../../domain/desk/slug.ts';
import type { OpenedFile, QueuedSubmission } from '../../domain/desk/submission-file.ts';
import { waitingProposal } from '../../domain/desk/timeline.ts';
import { undoableDecision } from '../../domain/desk/undo.ts';
import { hasReader } from '../../domain/forms/form.ts';
import { storedFormBySlug } from '../../domain/forms/index.ts';
import { DecisionForm } from './DecisionForm.tsx';
import { useDesk } from './desk-context.ts';
import { sendDecision } from './desk-data.ts';
import { Notice } from './Notice.tsx';
import { UndoButton } from './UndoButton.tsx';
import { useShortcuts } from './use-shortcuts.ts';

interface Props {
  file: OpenedFile;
  shortcuts: boolean;
  onDecided: (summary: QueuedSubmission) => string;
  reload: () => void;
}

/** The decisions that this officer may take on this file now, and no other. */
export function Decide({ file, shortcuts, onDecided, reload }: Props) {
  const desk = useDesk();
  const { connection, officer, drafts, twoPublishers } = desk;
  const { summary, row, decisions, events } = file;
  const { form, reference, status } = summary;
  const [asking, setAsking] = useState<DecisionKind>();
  const [input, setInput] = useState<DecisionInput>({});
  const [busy, setBusy] = useState(false);
  const [notice, setNotice] = useState<{ tone: 'wrong' | 'plain'; words: string }>();

  const proposal = waitingProposal(decisions, events);
  const mine = proposal?.officer === officer.id;
  const kinds = decisionsFor({ form, status, aside: summary.quarantined_at !== null }, officer.role).filter(
    (kind) => kind !== 'published' || !mine,
  );
  const declared = storedFormBySlug(form);
  const undoable = undoableDecision(decisions, officer, Date.now());
  const actOf = (kind: DecisionKind): string =>
    kind === 'published' && twoPublishers && !proposal ? 'Proposer de publier' : DECISION_WORDS[kind].act;
  const draftName = (kind: DecisionKind): string => `${reference} ${kind}`;

  function choose(kind: DecisionKind): void {
    setNotice(undefined);
    if (kind !== 'published' && DECISION_WORDS[kind].reasons.length === 0) {
      void send(kind, {});
      return;
    }
    const title = summary.title ?? '';
    const page = proposal?.slug ?? row.slug ?? slugFrom(title);
    setInput(drafts.get(draftName(kind)) ?? (kind === 'published' ? { slug: page } : {}));
    setAsking(kind);
  }

  async function send(kind: DecisionKind, said: DecisionInput): Promise<void> {
    if (busy) return;
    setBusy(true);
    setNotice(undefined);
    try {
      const { outcome, decision } = await sendDecision(connection, summary, kind, said);
      drafts.delete(draftName(kind));
      if (outcome !== 'done') {
        setAsking(undefined);
        setNotice({ tone: outcome === 'proposed' ? 'plain' : 'wrong', words: OUTCOME_WORDS[outcome] });
        desk.announce(OUTCOME_WORDS[outcome]);
        reload();
        return;
      }
      const done = `${reference} : ${DECISION_WORDS[kind].done}.`;
      if (decision !== undefined)
        desk.remember({ id: decision, form, reference, kind, words: done, at: new Date().toISOString() });
      if (kind === 'released') {
        desk.announce(done);
        reload();
        desk.goTo({ screen: 'queue', form, state: 'a-relire', page: 1, file: reference });
        return;
      }
      desk.announce(`${done} ${onDecided(summary)}`);
    } catch (error) {
      setNotice({ tone: 'wrong', words: desk.explain(error) });
    } finally {
      setBusy(false);
    }
  }

  useShortcuts(
    shortcuts,
    Object.fromEntries(
      kinds.map((kind) => [
        kind,
        () => {
          choose(kind);
        },
      ]),
    ),
  );

  return (
    <section className="desk-decide" aria-label="Décider">
      {notice && <Notice tone={notice.tone}>{notice.words}</Notice>}
      {proposal && (
        <Notice tone="plain">
          {mine
            ? `Vous proposez de publier ce dossier à l’adresse ${publicAddress(form, proposal.slug ?? '')}. En attente d’une deuxième personne.`
            : `Un autre agent propose de publier ce dossier à l’adresse ${publicAddress(form, proposal.slug ?? '')}. Il faut une deuxième personne : relisez, puis publiez.`}
        </Notice>
      )}
      {kinds.length > 0 && (
        <div className="desk-buttons">
          {kinds.map((kind, index) => (
            <button
              key={kind}
              type="button"
              className={index === 0 ? 'desk-button main' : 'desk-button'}
              aria-disabled={busy}
              aria-expanded={
                kind === 'published' || DECISION_WORDS[kind].reasons.length > 0 ? asking === kind : undefined
              }
              aria-keyshortcuts={shortcuts ? keyFor(kind) : undefined}
              onClick={() => {
                choose(kind);
              }}
            >
              {actOf(kind)}
              {shortcuts && <kbd aria-hidden="true">{keyFor(kind)}</kbd>}
            </button>
          ))}
          {status === 'published' && row.slug && (
            <a className="desk-link" href={publicAddress(form, row.slug)}>
              Voir la page publique
            </a>
          )}
        </div>
      )}
      {asking && (
        <DecisionForm
          key={asking}
          kind={asking}
          form={form}
          act={actOf(asking)}
          readsNotes={declared !== undefined && hasReader(declared)}
          input={input}
          onInput={(next) => {
            setInput(next);
            drafts.set(draftName(asking), next);
          }}
          busy={busy}
          onSend={() => {
            const { note = '', ...rest } = input;
            void send(asking, note.trim() === '' ? rest : { ...rest, note });
          }}
          onCancel={() => {
            setAsking(undefined);
          }}
        />
      )}
      {undoable && (
        <UndoButton
          made={{
            id: undoable.id,
            form,
            reference,
            kind: undoable.kind,
            words: 'Cette décision peut encore être annulée.',
            at: undoable.at,
          }}
        />
      )}
    </section>
  );
}
