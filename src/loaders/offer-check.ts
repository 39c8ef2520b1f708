import { parse } from 'yaml';
import text from '../../content/verifier-une-offre.yml?raw';
import { offerCheckSchema } from '../domain/offer-check/offer-check.ts';

/** The questions on an offer, for components. */
export const offerCheck = offerCheckSchema.parse(parse(text));
