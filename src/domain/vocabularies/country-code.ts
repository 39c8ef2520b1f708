import { z } from 'zod';
import { COUNTRIES } from './countries.ts';

/** The two letters of a country, as editors write them. */
export const countryCode = z.enum(COUNTRIES.map(({ value }) => value) as [string, ...string[]], {
  error: 'écrivez le code du pays en deux lettres majuscules, comme FR ou GA',
});
