import { formatPartialDate } from '../../domain/facts/partial-date.ts';
import type { Publisher } from '../../domain/publisher.ts';
import {
  answerOf,
  isStale,
  labelOfVerdict,
  type Rumour,
  type RumourVerdict,
} from '../../domain/rumours/rumour.ts';
import type { Card } from '../social-image/card.ts';

const TONES: Record<RumourVerdict, 'bad' | 'unsure' | 'good'> = {
  faux: 'bad',
  trompeur: 'bad',
  'non-prouve': 'unsure',
  incomplet: 'unsure',
  vrai: 'good',
};

/** What the image of a rumour says. Past its date, it says that and gives no verdict. */
export function rumourCard(rumour: Rumour, today: Date, { shortName, status }: Publisher): Card {
  return {
    badge: {
      text: labelOfVerdict(rumour, today),
      tone: isStale(rumour, today) ? 'unsure' : TONES[rumour.verdict],
    },
    title: `« ${rumour.claim} »`,
    text: answerOf(rumour, today),
    foot: `${shortName} · ${status} · Sources relues le ${formatPartialDate(rumour.reviewedOn)}`,
  };
}
