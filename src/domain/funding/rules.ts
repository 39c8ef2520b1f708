/* What the browser needs to sort the sources of funding: nothing here may import zod. */
import { parseMoney } from '../forms/text.ts';
import { CALL_STATES, outcomeOf, stateOn, verdictOf } from './judge.ts';
import { formatSum, lackingShare, sharesOf } from './money.ts';

/** One object, and not the module: two pages that pass a module as a value share one more file. */
export const rules = {
  CALL_STATES,
  formatSum,
  lackingShare,
  outcomeOf,
  parseMoney,
  sharesOf,
  stateOn,
  verdictOf,
};
