import { parse } from 'yaml';
import transparencyText from '../../content/transparence.yml?raw';
import { transparencySchema } from '../domain/transparency.ts';

/** What no database knows, for the page « Transparence ». */
export const transparency = transparencySchema.parse(parse(transparencyText));
