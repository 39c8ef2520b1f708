import { hiddenAnswersOf } from '../../domain/follow-up/correction.ts';
import {
  canBeWithdrawn,
  publicPageOf,
  takesMessages,
  type Submission,
} from '../../domain/follow-up/submission.ts';
import { eventWords, HIDDEN_WORDS, momentWords, STATUS_WORDS } from '../../domain/follow-up/words.ts';
import { fieldsOf, questionOf } from '../../domain/forms/form.ts';
import { KEPT_DAYS } from '../../domain/forms/retention.ts';
import { answerInWords } from '../../domain/forms/words.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { Notice } from '../forms/Form.tsx';
import { Acts } from './Acts.tsx';
import { ProjectLife } from './ProjectLife.tsx';
import type { Opened, Sentence, UnsentMessage } from './state.ts';

interface Props extends Opened {
  done?: string;
  alert?: Sentence;
  message?: UnsentMessage;
}

/** A submission as its author sees it: where it is, what happened, every answer, and what can be done. */
export function SubmissionFile({ submission, token, done, alert, message }: Props) {
  const { title, text } = STATUS_WORDS[submission.status];
  const page = publicPageOf(submission);
  return (
    <>
      <h1 tabIndex={-1}>Votre envoi</h1>
      {alert && <Notice {...alert} />}
      {done && (
        <p className="done" role="status">
          {fr(done)}
        </p>
      )}
      <p className="reference">
        <span>{fr(submission.form.title)}</span>
        <strong>{submission.reference}</strong>
      </p>
      <h2>{fr('Où en est-il ?')}</h2>
      <p>
        <strong>{fr(title)}.</strong> {fr(text)} {page && <a href={page}>Voir la page publique</a>}
      </p>
      {submission.team?.note && (
        <div className="note">
          <h3>L’équipe vous écrit</h3>
          <p className="their-words">{submission.team.note}</p>
        </div>
      )}
      {submission.putAside && (
        <p className="note">
          {fr(
            `Votre envoi est mis de côté : une personne vérifiera qu’il ne vient pas d’un robot. Sans cela, il est effacé au bout de ${KEPT_DAYS.quarantine} jours.`,
          )}
        </p>
      )}
      <ProjectLife submission={submission} token={token} />
      <History submission={submission} />
      <Answers submission={submission} />
      <Acts
        submission={submission}
        token={token}
        mayAdd={takesMessages(submission)}
        mayWithdraw={canBeWithdrawn(submission)}
        {...(message ? { message } : {})}
      />
    </>
  );
}

function History({ submission }: { submission: Submission }) {
  return (
    <>
      <h2>Ce qui s’est passé</h2>
      <ol className="history">
        {submission.history.map((event) => (
          <li key={`${event.at} ${event.kind}`}>
            <time dateTime={event.at}>{fr(momentWords(event.at))}</time> {fr(eventWords(event))}
          </li>
        ))}
      </ol>
      <p className="small soft">Les heures sont celles de Lomé.</p>
    </>
  );
}

function Answers({ submission }: { submission: Submission }) {
  const { answers } = submission;
  return (
    <section className="copy" aria-labelledby="reponses">
      <h2 id="reponses">Vos réponses</h2>
      {hiddenAnswersOf(submission).length > 0 && (
        <p className="small soft">
          Une réponse scellée est bien arrivée. Vous pouvez la remplacer, même si personne ne peut vous la
          montrer.
        </p>
      )}
      <dl className="answers">
        {fieldsOf(submission.form).map((field) => {
          const answer = answers[field.name];
          if (!answer) return null;
          return (
            <div key={field.name}>
              <dt>{fr(questionOf(field))}</dt>
              <dd>{'hidden' in answer ? HIDDEN_WORDS[answer.hidden] : answerInWords(field, answer.value)}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
