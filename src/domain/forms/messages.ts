import type { Field } from './field.ts';

/**
 * Every sentence a field can answer with, by code: what is wrong and what to do.
 * The page, the function, the tests and the editors' preview read this one list.
 */
export function messagesOf(field: Field): Record<string, string> {
  return {
    ...(field.required ? { missing: field.missing ?? `Répondez à la question « ${field.label} ».` } : {}),
    ...formatMessages(field),
    unstorable: `« ${field.label} » contient un caractère invisible qui ne peut pas être enregistré. Effacez-le et écrivez à nouveau.`,
  };
}

function formatMessages(field: Field): Record<string, string> {
  const once = { repeated: `Donnez une seule réponse à « ${field.label} ».` };
  switch (field.kind) {
    case 'text':
      return {
        ...once,
        tooLong: `« ${field.label} » : ${field.maxLength} signes au plus. Raccourcissez votre réponse.`,
        multiline: `Écrivez « ${field.label} » sur une seule ligne.`,
      };
    case 'long-text':
      return {
        ...once,
        tooLong: `« ${field.label} » : ${field.maxLength} signes au plus. Raccourcissez votre texte.`,
      };
    case 'email':
      return {
        ...once,
        format: 'Écrivez une adresse électronique complète, avec un @ et un point : nom@exemple.org.',
      };
    case 'phone':
      return {
        ...once,
        format: 'Écrivez le numéro avec le + et l’indicatif du pays : +228 pour le Togo, +33 pour la France.',
      };
    case 'url':
      return { ...once, format: 'Écrivez une adresse de site complète, comme https://exemple.org.' };
    case 'money':
      return {
        ...once,
        format: `« ${field.label} » : écrivez une somme en francs CFA, sans virgule, comme 1 500 000.`,
      };
    case 'month':
      return { ...once, format: 'Écrivez le mois et l’année, comme 03/2027.' };
    case 'year':
      return { ...once, format: 'Écrivez l’année avec ses quatre chiffres, comme 2015.' };
    case 'contact':
      return {
        ...once,
        format:
          'Écrivez un numéro avec le + et l’indicatif du pays, comme +228, ou une adresse électronique complète.',
      };
    case 'code':
      return {
        ...once,
        format:
          'Recopiez le code en entier, comme sur le papier : huit groupes de quatre signes. Un signe manque ou a changé.',
      };
    case 'project':
      return {
        ...once,
        format:
          'Copiez l’adresse de la page du projet, comme https://exemple.org/projets/un-forage/, ou seulement la fin : un-forage.',
      };
    case 'choice':
      return { ...once, unknown: `Choisissez l’une des réponses proposées à « ${field.label} ».` };
    case 'choices':
      return {
        unknown: `Choisissez parmi les réponses proposées à « ${field.label} ».`,
        ...(field.alone === undefined
          ? {}
          : { alone: `« ${field.label} » : vos réponses se contredisent. Décochez-en une.` }),
      };
    case 'tags':
      return {
        tooMany: `« ${field.label} » : ${field.max} au plus. Gardez les plus importants.`,
        tooLong: `« ${field.label} » : chaque élément tient en ${field.maxLength} signes. Séparez-les par des virgules.`,
      };
    case 'consent':
      return {};
  }
}
