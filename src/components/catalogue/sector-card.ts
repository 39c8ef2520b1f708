import type { Facet } from '../../domain/projects/catalogue.ts';
import type { Publisher } from '../../domain/publisher.ts';
import type { Card } from '../social-image/card.ts';

const TITLE = 'Des projets pour le Togo';

/** What the image of the projects of a sector says, for those who do not see it. */
export function cardWords({ label }: Pick<Facet, 'label'>): string {
  return `${TITLE} : ${label}`;
}

/** The image shared with every project of a sector: see docs/decisions on why not one for each. */
export function sectorCard({ label }: Pick<Facet, 'label'>, { shortName, status }: Publisher): Card {
  return {
    badge: { text: label, tone: 'good' },
    title: TITLE,
    text: 'Où il en est, ce qu’il coûte, ce qu’il cherche : chaque projet est relu avant d’être publié.',
    foot: `${shortName} · ${status}`,
  };
}
