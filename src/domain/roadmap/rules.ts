/* What the browser needs of the roadmap: nothing here may import zod. */
export { concerns, familyCode, readAnswers, writeAnswers } from './answers.ts';
export { calendarOf } from './calendar.ts';
export { dayOf, formatDay, localDay, monthsAround, parseTiming } from './timing.ts';
