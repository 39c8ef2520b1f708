/*
 * « Financer un projet »: sorts the sources of funding by what the answers make of their conditions, and fills in the
 * plan of the file. Answers stay in the page's own controls: nothing is sent, nothing is kept.
 */
import type {
  Call,
  Condition,
  Outcome,
  ProjectAnswers,
  Subject,
  TogoTaken,
} from '../domain/funding/judge.ts';
import type { Currency, Limits } from '../domain/funding/money.ts';
import type { rules as allRules } from '../domain/funding/rules.ts';

const one = (selector: string, root: ParentNode = document): HTMLElement | null =>
  root.querySelector(selector);
const all = <T extends Element = HTMLElement>(selector: string, root: ParentNode = document) => [
  ...root.querySelectorAll<T>(selector),
];
const select = (id: string) => one(`#${id}`) as HTMLSelectElement;
const wordsOf = (list: HTMLSelectElement) => list.selectedOptions[0]?.text.trim() ?? '';
const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));

/** The condition that a line of the page holds. */
function conditionOf({ dataset }: HTMLElement): Condition {
  return {
    about: dataset['about'] as Subject,
    unmet: dataset['unmet'] as Condition['unmet'],
    accepts: dataset['accepts']?.split(' '),
    min: number(dataset['min']),
    max: number(dataset['max']),
    currency: dataset['currency'] as Currency | undefined,
    percent: number(dataset['percent']),
  };
}

function callOf({ dataset }: HTMLElement): Call {
  return { is: dataset['call'] as Call['is'], closesOn: dataset['closes'], newsOn: dataset['news'] };
}

/** What a source of funding gives at most, when it is known in a currency that can be counted. */
function limitsOf(dataset: DOMStringMap | undefined): Limits | undefined {
  const currency = dataset?.['currency'] as Currency | undefined;
  return currency && { currency, ceiling: number(dataset?.['ceiling']), share: number(dataset?.['share']) };
}

function make(tag: string, text = '', classes = ''): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = classes;
  return made;
}

/** What is wrong, with the date and the kind of the source of the rule. */
function reason(text: string, line: HTMLElement | null): HTMLElement {
  const item = make('li', text);
  const proof = line?.dataset['proof'];
  if (proof) item.append(make('p', proof, 'trust'));
  return item;
}

/**
 * Brings the page to life.
 *
 * @param rules what the domain knows of conditions and sums
 * @param clock tells the time
 */
export function startFunding(rules: typeof allRules, clock: () => Date): void {
  const questions = one('.fund-questions');
  if (!questions) return;
  const cards = all('.funding');
  const lists = all<HTMLSelectElement>('[data-choice]', questions);
  const sums = all<HTMLInputElement>('[data-sum]', questions);
  // The day in Togo, which keeps universal time.
  const today = clock().toISOString().slice(0, 10);

  const sumOf = (input: HTMLInputElement | undefined) =>
    rules.parseMoney(input?.value.replace('€', '') ?? '');

  function answersNow(): ProjectAnswers {
    const [budget, own] = sums.map(sumOf);
    return {
      choices: Object.fromEntries(lists.map((list) => [list.id, list.value])),
      currency: select('monnaie').value as Currency,
      budget,
      own,
    };
  }

  function show(): void {
    const answers = answersNow();
    const { budget, own } = answers;
    const answered = budget !== undefined || own !== undefined || lists.some(({ value }) => value !== '');
    for (const card of cards) {
      const place = answered ? `[data-verdict=${judge(card, answers)}]` : '.fund-all';
      for (const found of all('.found', card)) found.hidden = !answered;
      one(`${place} .fund-list`)?.append(card);
    }
    for (const group of all('.fund-group, .fund-all')) group.hidden = !one('.funding', group);
    for (const tool of all('[data-tool=results], [data-tool=erase]')) tool.hidden = !answered;
    one('.fund-state')?.replaceChildren(
      answered ? summary() : 'Répondez à une question\u00a0: le tri se fait ici.',
    );
    fillPlan(answers);
  }

  function summary(): string {
    return all('.fund-group:not([hidden])')
      .map((group) => `${one('h2', group)?.textContent.trim() ?? ''}\u00a0: ${all('.funding', group).length}`)
      .join(' · ');
  }

  /** Gives the verdict on a card, and says there what the answers make of its conditions. */
  function judge(card: HTMLElement, answers: ProjectAnswers): string {
    const lines = all('[data-about]', card);
    const outcomes = lines.map((line) => rules.outcomeOf(conditionOf(line), answers));
    const togo = card.dataset['togo'] as TogoTaken;
    const linesThat = (...wanted: Outcome[]) =>
      lines.filter((_, at) => wanted.includes(outcomes[at] ?? 'va'));
    const subjects = (wanted: Outcome) => linesThat(wanted).map((line) => one('dt', line)?.textContent ?? '');

    const list = make('ul', '', 'plain');
    const togoLine = one('[data-term=togo]', card);
    if (togo === 'non') list.append(reason('Un projet au Togo n’est pas accepté.', togoLine));
    if (togo === 'inconnu') list.append(reason('Demandez d’abord si le Togo est accepté.', togoLine));
    for (const line of linesThat('exclu', 'manque')) list.append(reason(sentenceOf(line, answers), line));
    const rest = [
      { title: 'Ce qui va', about: subjects('va') },
      { title: 'À préciser', about: subjects('sans-reponse') },
    ].filter(({ about }) => about.length > 0);
    one('.found', card)?.replaceChildren(
      ...(list.children.length > 0 ? [list] : []),
      ...rest.map(({ title, about }) => make('p', `${title}\u00a0: ${about.join(', ')}.`, 'small')),
    );
    return rules.verdictOf(togo, rules.stateOn(callOf(card), today), outcomes);
  }

  function sentenceOf({ dataset }: HTMLElement, answers: ProjectAnswers): string {
    const { percent, say = '' } = dataset;
    const lacking = percent === undefined ? undefined : rules.lackingShare(Number(percent), answers);
    return lacking ? `${say} Encore ${rules.formatSum(lacking, answers.currency)}.` : say;
  }

  function fillPlan(answers: ProjectAnswers): void {
    const card = cards.find(({ id }) => id === select('pour').value);
    const limits = limitsOf(card?.dataset);
    const shares = rules.sharesOf(answers, limits);
    for (const row of all('[data-row]')) {
      const name = row.dataset['row'] as 'own' | 'aid' | 'rest' | 'total';
      const total = { sum: answers.budget ?? 0, percent: 100 };
      const share = shares && (name === 'total' ? total : shares[name]);
      const known = share && (name !== 'aid' || limits);
      const words = known && `${rules.formatSum(share.sum, answers.currency)}, soit ${share.percent}\u00a0%`;
      one('td', row)?.replaceChildren(words || '');
    }
    const asks = card && one('[data-term=asks] dd', card)?.textContent;
    for (const asked of all('.fund-asked')) asked.hidden = !asks;
    one('.fund-asked p')?.replaceChildren(asks ?? '');
    const said = [...lists, select('pour')].filter(({ value }) => value !== '');
    one('.fund-said')?.replaceChildren(said.map(wordsOf).join(' · '));
  }

  function sayMistake(input: HTMLInputElement): void {
    const wrong = input.value.trim() !== '' && sumOf(input) === undefined;
    input.setAttribute('aria-invalid', String(wrong));
    one(`#faute-${input.id}`)?.replaceChildren(
      wrong ? 'Écrivez une somme en chiffres, sans virgule, comme 1\u00a0500\u00a0000.' : '',
    );
  }

  function erase(): void {
    for (const list of [...lists, select('pour')]) list.value = '';
    for (const input of sums) {
      input.value = '';
      sayMistake(input);
    }
    show();
    one('#questions')?.focus();
  }

  function print(paper: string): void {
    one('.fund')?.setAttribute('data-paper', paper);
    window.print();
    one('.fund')?.removeAttribute('data-paper');
  }

  questions.addEventListener('input', show);
  for (const input of sums) input.addEventListener('change', () => sayMistake(input));
  select('pour').addEventListener('change', () => fillPlan(answersNow()));
  one('.fund-tools')?.addEventListener('click', ({ target }) => {
    const tool = target instanceof HTMLElement ? target.dataset['tool'] : undefined;
    if (tool === 'erase') erase();
    else if (tool) print(tool);
  });

  // A browser may bring back what was typed before: on a telephone that is shared, it is somebody else's.
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (entry && entry.type !== 'navigate') for (const field of [...lists, ...sums]) field.value = '';
  for (const card of cards)
    one('.call-state', card)?.replaceChildren(rules.CALL_STATES[rules.stateOn(callOf(card), today)]);
  for (const part of [questions, ...all('.fund-state, .fund-tools, .fund-for')]) part.hidden = false;
  show();
}
