import process from 'node:process';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { contentReport, findContentProblems } from '../../src/build/find-problems.ts';
import { formatProblem } from '../../src/domain/content-problem.ts';
import { dataOf, markdown, openRoom, ROOT, type Room } from './room.ts';

let room: Room;
let asItIs: string[];
beforeAll(() => {
  room = openRoom();
  asItIs = check();
});
beforeEach(() => room.reset());
afterAll(() => room.close());

/** The checker reads the current folder, as it does under `astro build`. */
function check(): string[] {
  process.chdir(room.root);
  try {
    return findContentProblems().map(formatProblem);
  } finally {
    process.chdir(ROOT);
  }
}

/** What an editor reads once something is broken, besides what was there before. */
function problemsAfter(broken: () => void): string[] {
  broken();
  return check().filter((one) => !asItIs.includes(one));
}

const PAGE = 'content/guide/passeport.md';
const HOME = 'content/accueil.yml';
const MENU = 'content/navigation.yml';
const PUBLISHER = 'content/editeur.yml';
const SOURCE = 'content/sources/essai.yml';

const missing = [{ notFound: 'Demandez à votre ambassade.' }];
const fact = (changes: Record<string, unknown> = {}) => ({
  value: 'Une réponse',
  sources: ['essai'],
  asOf: '2024',
  ...changes,
});
const source = (changes: Record<string, unknown> = {}) => ({
  title: 'Un document',
  publisher: 'Un ministère',
  url: 'https://example.org/essai',
  kind: 'officiel',
  published: '2024',
  accessed: '2026-11-22',
  ...changes,
});
const page = (changes: Record<string, unknown> = {}) => ({
  title: 'Faire son passeport',
  description: 'Une phrase assez longue pour être montrée dans la recherche.',
  lastUpdated: '2026-11-22',
  kind: 'demarche',
  procedure: {
    forWhom: missing,
    documents: missing,
    cost: [fact()],
    delay: missing,
    validity: missing,
    where: missing,
    online: missing,
    legalBasis: missing,
  },
  ...changes,
});
const procedureWith = (cost: unknown) => ({ procedure: { ...page().procedure, cost } });

/** A right page and its source, where the break will be. */
function writePage(changes: Record<string, unknown> = {}, body?: string): void {
  room.write(SOURCE, stringify(source()));
  room.write(PAGE, markdown(page(changes), body));
}

describe('the content as it is', () => {
  test('has nothing to mend', () => {
    expect(asItIs).toEqual([]);
  });

  test('a page made for these tests has nothing to mend either', () => {
    expect(problemsAfter(() => writePage({}, 'Il coûte 500 francs[^essai].\n'))).toEqual([]);
  });
});

describe('a source that does not exist', () => {
  test('is named with its field, in the head of a page', () => {
    expect(problemsAfter(() => writePage(procedureWith([fact(), fact({ sources: ['essai', 'perdue'] })])))).toEqual([
      `${PAGE}, champ « procedure.cost[1].sources » : la source « perdue » n’existe pas. Créez content/sources/perdue.yml ou corrigez le nom.`,
    ]);
  });

  test('is named in the text of a page', () => {
    expect(problemsAfter(() => writePage({}, 'Oui[^essai]. Non[^perdue].\n'))).toEqual([
      `${PAGE} : la source « perdue » n’existe pas. Créez content/sources/perdue.yml ou corrigez le nom.`,
    ]);
  });

  test('is named with its line when it is not even a name', () => {
    expect(problemsAfter(() => writePage({}, 'Oui.\n\nNon[^Journal officiel].\n'))).toEqual([
      expect.stringMatching(
        /passeport\.md, ligne \d+ : « \[\^Journal officiel\] » n’est pas un nom de source\. Écrivez-le en minuscules/,
      ),
    ]);
  });

  test('is named in a project', () => {
    const file = 'content/projets/bibliotheque-centre-culturel-siou.md';
    const data = { ...dataOf(room.read(file)), sources: ['perdue'] };
    expect(problemsAfter(() => room.write(file, markdown(data)))).toEqual([
      `${file}, champ « sources » : la source « perdue » n’existe pas. Créez content/sources/perdue.yml ou corrigez le nom.`,
    ]);
  });

  test('is named in a legal page', () => {
    const file = 'content/legal/accessibilite.md';
    expect(problemsAfter(() => room.write(file, `${room.read(file)}\nNon[^perdue].\n`))).toEqual([
      `${file} : la source « perdue » n’existe pas. Créez content/sources/perdue.yml ou corrigez le nom.`,
    ]);
  });
});

describe('a rumour', () => {
  const FILE = 'content/rumeurs/essai.yml';
  const rumour = (changes: Record<string, unknown> = {}) => ({
    claim: 'Il suffit de payer pour partir',
    verdict: 'faux',
    answer: 'Personne ne peut vendre une place dans ce pays.',
    questions: ['payer pour partir'],
    circulates: missing,
    evidence: [fact()],
    whatToDo: ['Gardez votre argent.'],
    further: ['/guide/passeport/'],
    reviewedOn: '2026-11-22',
    expiresOn: '2027-05-22',
    ...changes,
  });
  const written = (changes: Record<string, unknown>) =>
    problemsAfter(() => {
      room.write(SOURCE, stringify(source()));
      room.write(FILE, stringify(rumour(changes)));
    });

  test('that is whole passes', () => {
    expect(written({})).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      'with a verdict of its own',
      { verdict: 'presque vrai' },
      'champ « verdict » : valeur inconnue. Écrivez l’une de celles-ci : faux, trompeur, non-prouve, incomplet, vrai.',
    ],
    [
      'already between quotation marks',
      { claim: '« Il suffit de payer »' },
      'champ « claim » : écrivez la phrase sans guillemets et sans point final.',
    ],
    [
      'whose answer states a figure',
      { answer: 'Il faut compter 500 euros au guichet officiel du pays.' },
      'champ « answer » : ce texte contient un chiffre sans source. Écrivez-le dans un fait, avec value, sources et asOf.',
    ],
    [
      'without a single sourced fact',
      { evidence: missing },
      'champ « evidence » : il faut au moins un fait avec une source.',
    ],
    [
      'that would stand for more than a year',
      { expiresOn: '2027-11-23' },
      'champ « expiresOn » : cette date doit venir après reviewedOn, et un an plus tard au plus.',
    ],
    [
      'that ends before it begins',
      { expiresOn: '2026-11-22' },
      'champ « expiresOn » : cette date doit venir après reviewedOn, et un an plus tard au plus.',
    ],
  ])('%s is named with its field', (_, changes, message) => {
    expect(written(changes)).toEqual([`${FILE}, ${message}`]);
  });

  test('that cites an unknown source or help line is named', () => {
    expect(written({ evidence: [fact({ sources: ['perdue'] })], helpLines: ['perdue'] })).toEqual([
      `${FILE} : la source « perdue » n’existe pas. Créez content/sources/perdue.yml ou corrigez le nom.`,
      `${FILE}, champ « helpLines » : la ligne « perdue » n’existe pas. Créez content/lignes/perdue.yml ou corrigez le nom.`,
    ]);
  });

  test('may not take the address of the form, and an unreadable file is named', () => {
    const taken = 'content/rumeurs/envoyer.yml';
    expect(
      problemsAfter(() => {
        room.write(SOURCE, stringify(source()));
        room.write(taken, stringify(rumour()));
      }),
    ).toEqual([`${taken} : cette adresse est celle du formulaire. Donnez un autre nom au fichier.`]);
    room.reset();
    expect(problemsAfter(() => room.write(FILE, 'claim: [\n'))).toEqual([
      expect.stringContaining(`${FILE}, ligne `),
    ]);
  });
});

describe('a fact', () => {
  const field = 'procedure.cost[0]';

  test.each<[string, unknown, string]>([
    [
      'without sources',
      { value: 'Une réponse', asOf: '2024' },
      `champ « ${field}.sources » : ce champ manque. Ajoutez-le.`,
    ],
    [
      'with an empty list of sources',
      fact({ sources: [] }),
      `champ « ${field}.sources » : citez au moins une source (nom d’un fichier de content/sources/, sans .yml).`,
    ],
    [
      'whose source ends with .yml',
      fact({ sources: ['essai.yml'] }),
      `champ « ${field}.sources[0] » : écrivez le nom d’un fichier de content/sources/, sans .yml.`,
    ],
    [
      'without a date',
      { value: 'Une réponse', sources: ['essai'] },
      `champ « ${field}.asOf » : ce champ manque. Ajoutez-le.`,
    ],
    [
      'with a date in words',
      fact({ asOf: 'en 2024' }),
      `champ « ${field}.asOf » : écrivez une date comme 2024-04-15, 2024-04, 2024, ou le mot « inconnue ».`,
    ],
    [
      'with a day that does not exist',
      fact({ asOf: '2024-02-30' }),
      `champ « ${field}.asOf » : écrivez une date comme 2024-04-15, 2024-04, 2024, ou le mot « inconnue ».`,
    ],
    [
      'confirmed some month',
      fact({ checkedOn: '2026-10' }),
      `champ « ${field}.checkedOn » : écrivez une date complète comme 2026-11-22.`,
    ],
    [
      'whose value is a bare number',
      fact({ value: 30000 }),
      `champ « ${field}.value » : écrivez du texte. Mettez un nombre, une date, true ou false entre guillemets simples.`,
    ],
    [
      'whose address is not one',
      fact({ url: 'service-public.gouv.tg' }),
      `champ « ${field}.url » : écrivez une adresse complète, comme https://exemple.org/page.`,
    ],
    [
      'with a misspelt word',
      { valu: 'Une réponse', sources: ['essai'], asOf: '2024' },
      `champ « ${field}.value » : ce champ manque. Ajoutez-le.`,
    ],
    [
      'written as a bare sentence',
      '30 000 F CFA',
      `champ « ${field} » : écrivez ici des lignes « mot: valeur », décalées de deux espaces vers la droite.`,
    ],
    [
      'that nobody found and says nothing else',
      { notFound: 'Rien' },
      `champ « ${field}.notFound » : c’est trop court : écrivez au moins 10 signes.`,
    ],
  ])('%s is named with its field', (_, written, message) => {
    expect(problemsAfter(() => writePage(procedureWith([written])))).toContain(`${PAGE}, ${message}`);
  });

  test('a field of the fiche that says nothing says what to write', () => {
    expect(problemsAfter(() => writePage(procedureWith([])))).toEqual([
      `${PAGE}, champ « procedure.cost » : écrivez au moins un fait, ou « notFound » avec ce que le lecteur doit faire.`,
    ]);
    const { cost: _cost, ...rest } = page().procedure;
    expect(problemsAfter(() => writePage({ procedure: rest }))).toEqual([
      `${PAGE}, champ « procedure.cost » : ce champ manque. Ajoutez-le.`,
    ]);
  });
});

describe('a figure without a citation', () => {
  test('is named with the line of the file where it is, and its first words', () => {
    const body = 'Un texte.\n\n- Deux photos\n- Un timbre à 500 F\n';
    expect(problemsAfter(() => writePage({}, body))).toEqual([
      expect.stringContaining(
        ' : « - Un timbre à 500 F… » contient un chiffre sans source. Ajoutez [^nom-de-la-source] à la fin de la phrase.',
      ),
    ]);
    const lines = room.read(PAGE).split('\n');
    const line = lines.findIndex((text) => text === '- Un timbre à 500 F') + 1;
    expect(check().find((one) => one.includes('500 F'))).toContain(`${PAGE}, ligne ${line} : `);
  });

  test('is named at the right line in a file of Windows too', () => {
    writePage({}, 'Un texte.\n\nUn timbre à 500 F.\n');
    room.write(PAGE, room.read(PAGE).replaceAll('\n', '\r\n'));
    const line = room.read(PAGE).split('\r\n').indexOf('Un timbre à 500 F.') + 1;
    expect(check().find((one) => one.includes('500 F'))).toContain(`${PAGE}, ligne ${line} : `);
  });

  test('is found in a project too', () => {
    const file = 'content/projets/bibliotheque-centre-culturel-siou.md';
    expect(problemsAfter(() => room.write(file, `${room.read(file)}\nIl faut 5 maçons.\n`))).toEqual([
      expect.stringContaining(' : « Il faut 5 maçons.… » contient un chiffre sans source.'),
    ]);
  });

  test('a footnote is refused with its line: it would hide the citation', () => {
    expect(problemsAfter(() => writePage({}, 'Oui[^essai].\n\n[^essai]: Un document.\n'))).toEqual([
      expect.stringContaining(' : une note de bas de page n’a pas sa place ici.'),
    ]);
  });
});

describe('the head of a page', () => {
  test.each<[string, Record<string, unknown>, string]>([
    [
      'an unknown word',
      { tittle: 'Passeport' },
      `${PAGE} : le mot « tittle » n’est pas connu ici. Retirez-le ou corrigez son orthographe.`,
    ],
    [
      'several unknown words',
      { tittle: 'Passeport', date: '2026' },
      `${PAGE} : les mots « tittle », « date » ne sont pas connus ici. Retirez-les ou corrigez leur orthographe.`,
    ],
    ['no title', { title: undefined }, `${PAGE}, champ « title » : ce champ manque. Ajoutez-le.`],
    ['an empty title', { title: null }, `${PAGE}, champ « title » : ce champ est vide. Remplissez-le ou retirez la ligne.`],
    [
      'a title that YAML cuts at a colon',
      { title: { Passeport: 'le refaire' } },
      `${PAGE}, champ « title » : écrivez ici une seule phrase. Si elle contient « : », mettez-la entre guillemets simples.`,
    ],
    [
      'a description too short',
      { description: 'Le passeport.' },
      `${PAGE}, champ « description » : c’est trop court : écrivez au moins 40 signes.`,
    ],
    [
      'a description too long',
      { description: 'é'.repeat(171) },
      `${PAGE}, champ « description » : c’est trop long : 170 signes au plus (il y en a 171).`,
    ],
    ['a wrong kind', { kind: 'fiche' }, `${PAGE}, champ « kind » : écrivez « kind: page », « kind: demarche », « kind: situation » ou « kind: destination ».`],
    ['no kind', { kind: undefined }, `${PAGE}, champ « kind » : écrivez « kind: page », « kind: demarche », « kind: situation » ou « kind: destination ».`],
    [
      'a date in French order',
      { lastUpdated: '22/11/2026' },
      `${PAGE}, champ « lastUpdated » : écrivez une date complète comme 2026-11-22.`,
    ],
    [
      'a word instead of a list',
      { questions: 'passeport' },
      `${PAGE}, champ « questions » : écrivez une liste : une ligne par élément, avec un tiret et une espace devant.`,
    ],
    [
      'a word instead of true',
      { draft: 'oui' },
      `${PAGE}, champ « draft » : écrivez true (oui) ou false (non), sans guillemets.`,
    ],
    [
      'a word instead of a block',
      { sidebar: 'Passeport' },
      `${PAGE}, champ « sidebar » : écrivez ici des lignes « mot: valeur », décalées de deux espaces vers la droite.`,
    ],
  ])('%s is named with its field', (_, changes, message) => {
    expect(problemsAfter(() => writePage(changes))).toEqual([message]);
  });

  test('a page of running text has no fiche', () => {
    expect(problemsAfter(() => writePage({ kind: 'page' }))).toEqual([
      `${PAGE} : le mot « procedure » n’est pas connu ici. Retirez-le ou corrigez son orthographe.`,
    ]);
  });

  test('must be there', () => {
    expect(problemsAfter(() => room.write(PAGE, '# Passeport\n'))).toEqual([
      `${PAGE} : la page doit commencer par un en-tête entre deux lignes « --- ».`,
    ]);
  });

  test.each([
    ['two colons', 'title: Passeport : le refaire', /deux « : » de suite/],
    ['a tab', 'questions:\n\t- passeport', /une tabulation en début de ligne\. Remplacez-la par des espaces\./],
    ['a quote that is not closed', "title: 'Passeport", /./],
    ['an apostrophe inside quotes', "title: 'L'état civil'", /doublez l’apostrophe droite/],
    ['a bracket that is not closed', 'questions: [passeport', /un bloc n’est pas fermé/],
    ['the same word twice', 'title: Un\ntitle: Deux', /ce mot est écrit deux fois/],
    ['a sign that YAML keeps for itself', 'title: @passeport', /commence par un signe réservé/],
    ['a star in front', 'title: *passeport', /commence par « \* »/],
    ['a word without colon', 'title\nkind: page', /il manque « : » après un mot/],
    ['a backslash', 'title: "\\q"', /entre guillemets doubles/],
  ])('that YAML can’t read because of %s is explained in French, with a line', (_, head, message) => {
    const [problem, ...others] = problemsAfter(() => room.write(PAGE, `---\n${head}\n---\n\nUn texte.\n`));
    expect(others).toEqual([]);
    expect(problem).toMatch(message);
    expect(problem).not.toMatch(/\b(at|line|column|not|must|missing|the)\b/i);
    if (!head.includes('*')) expect(problem).toMatch(/^content\/guide\/passeport\.md, ligne \d+ : /);
  });

  test('the line of a mistake is the line of the file', () => {
    room.write(PAGE, '---\ntitle: Passeport\nkind: page\ntitle: Encore\n---\n');
    expect(check()).toContain(
      `${PAGE}, ligne 4 : ce mot est écrit deux fois au même endroit. Gardez une seule ligne.`,
    );
  });
});

describe('the menu', () => {
  const menu = () => dataOf(room.read(MENU)) as { sections: { groups?: { label: string; pages: string[] }[] }[] };
  const writeMenu = (change: (pages: string[]) => string[]) => {
    const data = menu();
    const group = data.sections.flatMap((section) => section.groups ?? []).find((one) => one.pages.includes('guide/passeport'));
    group!.pages = change(group!.pages);
    room.write(MENU, stringify(data));
  };

  test('a page that is not in it is named, with what to add', () => {
    expect(problemsAfter(() => writeMenu((pages) => pages.filter((id) => id !== 'guide/passeport')))).toEqual([
      `${PAGE} : cette page n’est pas dans le menu. Ajoutez « guide/passeport » dans ${MENU}.`,
    ]);
  });

  test('a new page is named, unless it is a draft', () => {
    const file = 'content/guide/nouvelle.md';
    const text = (changes: Record<string, unknown>) => {
      const { procedure: _procedure, ...rest } = page({ kind: 'page', ...changes });
      return markdown(rest);
    };
    expect(problemsAfter(() => room.write(file, text({})))).toEqual([
      `${file} : cette page n’est pas dans le menu. Ajoutez « guide/nouvelle » dans ${MENU}.`,
    ]);
    expect(problemsAfter(() => room.write(file, text({ draft: true })))).toEqual([]);
    expect(check().filter((one) => one.includes('nouvelle'))).toEqual([]);
  });

  test('a page it names and that does not exist is named', () => {
    expect(problemsAfter(() => writeMenu((pages) => [...pages, 'guide/perdue']))).toEqual([
      `${MENU} : la page « guide/perdue » n’existe pas : il manque le fichier content/guide/perdue.md.`,
    ]);
  });

  test('a page it names twice is named', () => {
    expect(problemsAfter(() => writeMenu((pages) => [...pages, 'guide/passeport']))).toEqual([
      `${MENU} : la page « guide/passeport » est citée deux fois. Gardez une seule ligne.`,
    ]);
  });

  test('a page named with its ending says how to name it', () => {
    expect(problemsAfter(() => writeMenu((pages) => [...pages, 'guide/passeport.md'])).at(0)).toMatch(
      /pages\[\d+\] » : écrivez le nom d’un fichier de content\/, sans \.md, comme guide\/passeport\.$/,
    );
  });

  test('a link to another site is refused', () => {
    const data = { ...menu(), footer: [{ label: 'Ailleurs', link: 'https://example.org' }] };
    expect(problemsAfter(() => room.write(MENU, stringify(data)))).toEqual([
      `${MENU}, champ « footer[0].link » : écrivez une adresse du site comme /projets/.`,
    ]);
  });
});

describe('the other files of the editors', () => {
  test.each<[string, string, (data: Record<string, unknown>) => unknown, string]>([
    [
      'the menu without its sections',
      MENU,
      ({ sections: _sections, ...rest }) => rest,
      `${MENU}, champ « sections » : ce champ manque. Ajoutez-le.`,
    ],
    [
      'the menu with an empty footer',
      MENU,
      (data) => ({ ...data, footer: [] }),
      `${MENU}, champ « footer » : la liste est trop courte : écrivez au moins 1 élément.`,
    ],
    [
      'the publisher without a status',
      PUBLISHER,
      ({ status: _status, ...rest }) => rest,
      `${PUBLISHER}, champ « status » : ce champ manque. Ajoutez-le.`,
    ],
    [
      'the publisher with a number as a name',
      PUBLISHER,
      (data) => ({ ...data, name: 228 }),
      `${PUBLISHER}, champ « name » : écrivez du texte. Mettez un nombre, une date, true ou false entre guillemets simples.`,
    ],
    [
      'the home page with a link that is not an address',
      HOME,
      (data) => ({ ...data, moments: [{ title: 'Je pars', text: 'Ce qu’il faut régler.', link: 'guide/partir' }] }),
      `${HOME}, champ « moments[0].link » : écrivez une adresse du site comme /guide/.`,
    ],
    [
      'the home page with too many moments',
      HOME,
      (data) => ({ ...data, moments: Array(7).fill((data['moments'] as unknown[])[0]) }),
      `${HOME}, champ « moments » : la liste est trop longue : gardez 6 éléments au plus.`,
    ],
    [
      'the home page with a word it does not know',
      HOME,
      (data) => ({ ...data, banner: 'Nouveau' }),
      `${HOME} : le mot « banner » n’est pas connu ici. Retirez-le ou corrigez son orthographe.`,
    ],
  ])('%s', (_, file, change, message) => {
    const data = dataOf(room.read(file));
    expect(problemsAfter(() => room.write(file, stringify(change(data))))).toEqual([message]);
  });

  test.each([MENU, PUBLISHER, HOME])('%s that YAML can’t read is named with its line', (file) => {
    const text = `${room.read(file).trimEnd()}\n\ttabulation: oui\n`;
    expect(problemsAfter(() => room.write(file, text))).toEqual([
      expect.stringMatching(new RegExp(`^${file}, ligne ${text.split('\n').length - 1} : .*[.]$`)),
    ]);
  });

  test.each([MENU, PUBLISHER, HOME])('%s that is gone is asked for', (file) => {
    expect(problemsAfter(() => room.remove(file))).toEqual([`${file} : ce fichier manque. Remettez-le.`]);
  });

  test('two sources of one address: the second is named with the first', () => {
    room.write('content/sources/essai.yml', stringify(source()));
    expect(
      problemsAfter(() => room.write('content/sources/essai-bis.yml', stringify(source({ title: 'Un autre' })))),
    ).toEqual([
      'content/sources/essai.yml, champ « url » : cette adresse est déjà celle de content/sources/essai-bis.yml. Gardez une seule source.',
    ]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      'a kind nobody knows',
      { kind: 'blog' },
      'champ « kind » : valeur inconnue. Écrivez l’une de celles-ci : officiel, institutionnel, presse, secondaire.',
    ],
    ['no date of reading', { accessed: undefined }, 'champ « accessed » : ce champ manque : écrivez une date complète comme 2026-11-22.'],
    [
      'a wrong date of reading',
      { accessed: 'hier' },
      'champ « accessed » : écrivez une date complète comme 2026-11-22.',
    ],
    [
      'an address without https://',
      { url: 'example.org' },
      'champ « url » : écrivez une adresse complète, comme https://exemple.org/page.',
    ],
  ])('a source with %s', (_, changes, message) => {
    expect(problemsAfter(() => room.write(SOURCE, stringify(source(changes))))).toEqual([`${SOURCE}, ${message}`]);
  });

  test('a project without a source', () => {
    const file = 'content/projets/bibliotheque-centre-culturel-siou.md';
    const { sources: _sources, ...data } = dataOf(room.read(file));
    expect(problemsAfter(() => room.write(file, markdown(data)))).toEqual([
      `${file}, champ « sources » : ce champ manque. Ajoutez-le.`,
    ]);
    room.reset();
    expect(problemsAfter(() => room.write(file, markdown({ ...data, sources: [] })))).toEqual([
      `${file}, champ « sources » : citez au moins une source.`,
    ]);
  });

  test('a project in a region, a sector or with a budget that is not one', () => {
    const file = 'content/projets/bibliotheque-centre-culturel-siou.md';
    const data = dataOf(room.read(file));
    expect(problemsAfter(() => room.write(file, markdown({ ...data, region: 'nord', budgetTotal: '5 millions' })))).toEqual([
      `${file}, champ « region » : valeur inconnue. Écrivez l’une de celles-ci : maritime, plateaux, centrale, kara, savanes.`,
      `${file}, champ « budgetTotal » : écrivez un nombre entier, sans espace, sans virgule et sans guillemets : 1500000.`,
    ]);
  });

  test('a legal page that has no address, or a word in braces that stands for nothing', () => {
    expect(problemsAfter(() => room.write('content/legal/cookies.md', markdown({})))).toEqual([
      'content/legal/cookies.md : ce dossier contient seulement confidentialite.md, accessibilite.md, mentions-legales.md. Mettez la page ailleurs.',
    ]);
    room.reset();
    const file = 'content/legal/accessibilite.md';
    expect(problemsAfter(() => room.write(file, `${room.read(file)}\n{{adresse}}\n`))).toEqual([
      expect.stringMatching(new RegExp(`^${file} : « {{adresse}} » n’est remplacé par rien ici\\.`)),
    ]);
  });
});

describe('the names and places of files', () => {
  const NAME = 'écrivez le nom du fichier en minuscules, sans accent, avec des tirets.';

  test.each([
    ['content/sources/Essai.yml', NAME],
    ['content/sources/journal_officiel.yml', NAME],
    ['content/sources/journal officiel.yml', NAME],
    ['content/sources/été.yml', NAME],
    ['content/guide/Mes papiers/carte.jpg', 'écrivez le nom du dossier en minuscules, sans accent, avec des tirets.'],
    ['content/guide/note.docx', 'ce genre de fichier n’a pas sa place ici : seulement .md, .yml et des images.'],
    ['content/guide/page.mdx', 'ce genre de fichier n’a pas sa place ici : seulement .md, .yml et des images.'],
    ['content/guide/code.ts', 'ce genre de fichier n’a pas sa place ici : seulement .md, .yml et des images.'],
    ['content/sources/presse/essai.yml', 'mettez ce fichier directement dans content/sources/.'],
  ])('%s is refused', (file, message) => {
    expect(problemsAfter(() => room.write(file, stringify(source())))).toEqual([`${file} : ${message}`]);
  });

  test.each(['content/passeport.md', 'content/guides/passeport.md'])(
    '%s would be published nowhere: it is refused, with the folders to choose from',
    (file) => {
      expect(problemsAfter(() => room.write(file, markdown({})))).toEqual([
        expect.stringMatching(new RegExp(`^${file} : cette page serait oubliée.*content/guide`)),
      ]);
    },
  );

  test('help for editors, in a folder whose name begins with _, is left alone', () => {
    expect(
      problemsAfter(() => {
        room.write('content/_redaction/Modèle de page.md', 'Ni en-tête, ni source : 500 F.');
        room.write('content/guide/_modele.md', 'Ni en-tête, ni source : 500 F.');
      }),
    ).toEqual([]);
  });
});

describe('the report', () => {
  test('counts the points and gives each one a line', () => {
    const problem = { file: 'content/a.md', message: 'ceci.' };
    expect(contentReport([problem])).toBe(
      'Un point est à corriger dans le dossier « content » :\n\n  • content/a.md : ceci.\n',
    );
    expect(contentReport([problem, { ...problem, line: 3, field: 'title' }])).toBe(
      '2 points sont à corriger dans le dossier « content » :\n\n  • content/a.md : ceci.\n  • content/a.md, ligne 3, champ « title » : ceci.\n',
    );
  });
});

describe('the section on migration', () => {
  const FILE = 'content/migration/essai.md';
  const plain = (changes: Record<string, unknown> = {}) => ({
    title: 'Une page d’essai sur la migration',
    description: 'Une phrase assez longue pour être montrée dans la recherche.',
    lastUpdated: '2026-11-22',
    kind: 'page',
    draft: true,
    keyPoints: ['Gardez vos papiers.', 'Parlez à un proche.', 'Demandez un contrat.'],
    ...changes,
  });

  test('a page that cannot be listened to is refused', () => {
    expect(problemsAfter(() => room.write(FILE, markdown(plain({ keyPoints: undefined }))))).toEqual([
      `${FILE} : il manque « keyPoints » : de trois à six phrases courtes, à lire à haute voix.`,
    ]);
    expect(problemsAfter(() => room.write(FILE, markdown(plain())))).toEqual([]);
  });

  test('a help line that does not exist, or without a known source, is named', () => {
    expect(problemsAfter(() => room.write(FILE, markdown(plain({ helpLines: ['perdue'] }))))).toEqual([
      `${FILE}, champ « helpLines » : la ligne « perdue » n’existe pas. Créez content/lignes/perdue.yml ou corrigez le nom.`,
    ]);
    room.reset();
    const line = { ...dataOf(room.read('content/lignes/allo-1011.yml')), sources: ['perdue'] };
    expect(problemsAfter(() => room.write('content/lignes/allo-1011.yml', stringify(line))).join()).toContain(
      'la source « perdue » n’existe pas',
    );
  });

  test.each([
    ['« 4 millions » of women in the Gulf', 'Ils sont 4\u00a0millions de Togolaises dans le Golfe.[^essai]'],
    ['the old sum of the OFII', 'Vous recevrez jusqu’à 7 000 € pour rentrer.[^essai]'],
    ['a number of deaths nobody knows', 'Plus de 30 000 disparus dans le Sahara.[^essai]'],
    ['an agreement that was not found', 'L’accord de gestion concertée entre la France et le Togo le permet.'],
    ['a word that blames', 'Un migrant clandestin.'],
  ])('stops on %s', (_what, sentence) => {
    room.write(SOURCE, stringify(source()));
    const problems = problemsAfter(() => room.write(FILE, markdown(plain(), `${sentence}\n`)));
    expect(problems.join()).toContain('ne doit pas être publié');
  });
});

describe('the sources of funding', () => {
  const FILE = 'content/financements/widu.yml';
  const PAGE_WORDS = 'content/financer.yml';

  test('a source that does not exist, or a number that no text states, is named', () => {
    const { togo, ...rest } = dataOf(room.read(FILE)) as { togo: { fact: object } };
    const broken = { ...rest, togo: { ...togo, fact: { ...togo.fact, sources: ['perdue'] } } };
    expect(problemsAfter(() => room.write(FILE, stringify(broken)))).toEqual([
      `${FILE}, champ « togo » : la source « perdue » n’existe pas. Créez content/sources/perdue.yml ou corrigez le nom.`,
    ]);
    room.reset();
    const limits = { currency: 'EUR', ceiling: 12_345 };
    expect(problemsAfter(() => room.write(FILE, stringify({ ...rest, togo, limits })))).toEqual([
      `${FILE}, champ « limits.ceiling » : ce plafond n’est pas dans le texte de « ceiling » : écrivez le même.`,
    ]);
  });

  test('a file that the page would forget, or that can’t be read, is named', () => {
    const added = 'content/financements/essai.yml';
    expect(problemsAfter(() => room.write(added, room.read(FILE)))).toEqual([
      `${PAGE_WORDS}, champ « order » : « essai » manque dans cette liste : ajoutez-le, sinon il ne paraît pas.`,
    ]);
    room.reset();
    expect(problemsAfter(() => room.write(FILE, 'name: [\n')).join()).toMatch(/^content\/financements\/widu\.yml, ligne \d/);
  });
});
