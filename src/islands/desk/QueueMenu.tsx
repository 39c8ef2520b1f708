import { useEffect, useRef } from 'react';
import { addressOf, type Place } from '../../domain/desk/places.ts';
import { useDesk } from './desk-context.ts';
import { countOf, QUEUES, statesOf, type QueueCount } from '../../domain/desk/queues.ts';

interface Props {
  counts: readonly QueueCount[];
  /** How many letters were given up. */
  letters: number;
  place: Place;
}

/** The queues with what waits in each. On a narrow screen it is a row that scrolls with the page. */
export function QueueMenu({ counts, letters, place }: Props) {
  const { officer } = useDesk();
  const menu = useRef<HTMLElement>(null);
  const here = place.screen === 'queue' ? place.form : place.screen;

  useEffect(() => {
    menu.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [here]);

  return (
    <nav ref={menu} className="desk-menu" aria-label="Files">
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
        <li className="desk-apart">
          <a
            href={addressOf({ screen: 'letters' })}
            aria-current={place.screen === 'letters' ? 'page' : undefined}
          >
            Courriels en échec
            <span className={letters > 0 ? 'desk-count waiting' : 'desk-count'}>{letters}</span>
          </a>
        </li>
        {officer.role === 'admin' && (
          <li>
            <a
              href={addressOf({ screen: 'journal' })}
              aria-current={place.screen === 'journal' ? 'page' : undefined}
            >
              Journal et réglages
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}
