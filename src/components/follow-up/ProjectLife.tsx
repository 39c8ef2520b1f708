import { takesNews, type Offer, type SentNews } from '../../domain/follow-up/submission.ts';
import { dayWords, NEWS_STATUS_WORDS } from '../../domain/follow-up/words.ts';
import { fieldsOf, questionOf } from '../../domain/forms/form.ts';
import { nouvelle } from '../../domain/forms/nouvelle.ts';
import { answerInWords } from '../../domain/forms/words.ts';
import { frenchTypography as fr } from '../../domain/typography.ts';
import { labelOf } from '../../domain/vocabularies/choice.ts';
import { HELP_KINDS } from '../../domain/vocabularies/projects.ts';
import { Act } from './Act.tsx';
import type { Opened } from './state.ts';

/** What goes with a project, for its holder: who offers help, and the news they sent. Nothing for another form. */
export function ProjectLife({ submission, token }: Opened) {
  const { updates, offers } = submission;
  const mayTell = takesNews(submission);
  return (
    <>
      {offers.length > 0 && (
        <section className="stack" aria-labelledby="aides">
          <h2 id="aides">On vous propose de l’aide</h2>
          <p className="small soft">
            {fr(
              'Ces personnes ont accepté que vous lisiez leur adresse, et personne d’autre. Si vous répondez, elles verront la vôtre. Nous n’avons pas vérifié qui elles sont : n’envoyez ni argent, ni papier d’identité.',
            )}
          </p>
          {offers.map((offer) => (
            <OfferItem key={offer.reference} {...offer} />
          ))}
        </section>
      )}
      {(mayTell || updates.length > 0) && (
        <section className="acts" aria-labelledby="nouvelles">
          <h2 id="nouvelles">Les nouvelles du projet</h2>
          {mayTell && (
            <>
              <p>
                Dites où en est le projet, même s’il est bloqué. Sans nouvelles pendant 90 jours, sa page le
                dit. Au bout de 180 jours, il quitte les listes.
              </p>
              <Act
                token={token}
                action="nouvelles"
                also={{ etape: 'ouvrir' }}
                button="Donner des nouvelles"
              />
            </>
          )}
          {updates.map((news) => (
            <NewsItem key={news.reference} news={news} token={token} />
          ))}
        </section>
      )}
    </>
  );
}

function OfferItem({ reference, at, help, details, email, confirmed }: Offer) {
  return (
    <div className="note stack">
      <p>
        <strong>{fr(help.map((one) => labelOf(HELP_KINDS, one)).join(', '))}</strong>
      </p>
      <p className="small soft">{fr(`Reçu le ${dayWords(at)}, référence ${reference}`)}</p>
      <p className="their-words">{details}</p>
      {email === undefined ? (
        <p>Son adresse ne peut pas être lue en ce moment. Revenez plus tard.</p>
      ) : (
        <p>
          <a href={`mailto:${email}`}>{email}</a>
        </p>
      )}
      {email !== undefined && !confirmed && (
        <p className="small soft">{fr('Cette adresse n’a pas été confirmée : elle peut être fausse.')}</p>
      )}
    </div>
  );
}

function NewsItem({ news, token }: { news: SentNews; token: string }) {
  const { at, status, team, answers, reference } = news;
  return (
    <details>
      <summary>{fr(`${dayWords(at)} : ${NEWS_STATUS_WORDS[status]}`)}</summary>
      {team?.note && <p className="note their-words">{team.note}</p>}
      <dl className="answers">
        {fieldsOf(nouvelle).map((field) => (
          <div key={field.name}>
            <dt>{fr(questionOf(field))}</dt>
            <dd>{answerInWords(field, answers[field.name] ?? null)}</dd>
          </div>
        ))}
      </dl>
      <Act
        token={token}
        action="retirer-nouvelles"
        also={{ nouvelle: reference }}
        button="Effacer ces nouvelles"
      />
    </details>
  );
}
