import type { Bibliography } from '../facts/citations.ts';
import { confidenceOf, type Confidence } from '../facts/confidence.ts';
import { sourceOf, type Sources } from '../facts/fiche.ts';
import { formatPartialDate } from '../facts/partial-date.ts';
import { dialled, factOfLine, type HelpLine } from './help-line.ts';

/** A help line ready to print. */
export interface HelpLineView {
  name: string;
  place: string;
  what: string;
  numbers: { label?: string | undefined; number: string; dialled: string }[];
  /** « Jour et nuit. Gratuit. En français. » */
  details: string;
  /** « Numéro non testé » or « Appelé le 3 mars 2027 ». */
  tested: string;
  confidence: Confidence;
  disputed?: string | undefined;
  note?: string | undefined;
  /** The numbers of its sources on this page. */
  sources: number[];
}

/**
 * Prepares a help line, numbering its sources on the way.
 *
 * @throws Error when a source is unknown: the content check should have said so before
 */
export function viewHelpLine(
  line: HelpLine,
  sources: Sources,
  bibliography: Bibliography,
  today: Date,
): HelpLineView {
  const cited = line.sources.map((id) => sourceOf(sources, id));
  return {
    name: line.name,
    place: line.place,
    what: line.what,
    numbers: line.numbers.map(({ label, number }) => ({
      label,
      number: number.replaceAll(' ', '\u00a0'),
      dialled: dialled(number),
    })),
    details: [line.hours, line.free ? 'gratuit' : undefined, line.languages]
      .filter((detail) => detail !== undefined)
      .join(', '),
    tested:
      line.testedOn === undefined
        ? 'Numéro non testé : nous ne l’avons pas appelé'
        : `Appelé le ${formatPartialDate(line.testedOn)}`,
    confidence: confidenceOf(factOfLine(line), cited, today),
    disputed: line.disputed,
    note: line.note,
    sources: line.sources.map((id) => bibliography.numberOf(id)),
  };
}
