import { addressOf, type Place } from '../../domain/desk/places.ts';
import { countOf, QUEUES, statesOf, type QueueCount } from '../../domain/desk/queues.ts';

/** The queues with what waits in each. On a narrow screen it is a row that scrolls with the page. */
export function QueueMenu({ counts, place }: { counts: readonly QueueCount[]; place: Place }) {
  return (
    <nav className="desk-menu" aria-label="Files">
      <ul>
        {QUEUES.map(({ form, name }) => {
          const [first] = statesOf(form);
          const waiting = first ? countOf(counts, form, first) : 0;
          const current = place.screen === 'queue' && place.form === form;
          return (
            <li key={form}>
              <a
                href={addressOf({ screen: 'queue', form, state: 'a-relire', page: 1 })}
                aria-current={current ? 'page' : undefined}
              >
                {name}
                <span className={waiting > 0 ? 'desk-count waiting' : 'desk-count'}>
                  {waiting}
                  <span className="vh"> à relire</span>
                </span>
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
