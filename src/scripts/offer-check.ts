/*
 * « Vérifier une offre »: says what the answers add up to. They stay in the page's own controls: nothing is sent,
 * nothing is kept, neither in the address nor on the device.
 */
import type { Concern, verdictOf } from '../domain/offer-check/verdict.ts';

const all = <T extends Element = HTMLElement>(selector: string, root: ParentNode = document) => [
  ...root.querySelectorAll<T>(selector),
];

/**
 * Brings the page to life.
 *
 * @param judge gives the verdict on the concerns of the answers
 */
export function startOfferCheck(judge: typeof verdictOf): void {
  const check = document.querySelector<HTMLElement>('.offer-check');
  const state = check?.querySelector<HTMLElement>('.offer-state');
  const tools = check?.querySelector<HTMLElement>('.offer-tools');
  if (!check || !state || !tools) return;
  const points = all('.offer-point', check);
  const boxes = all<HTMLInputElement>('.offer-point input', check);

  const answerOf = (point: HTMLElement) =>
    point.querySelector(':checked')?.closest<HTMLElement>('.offer-answer') ?? undefined;
  const concernOf = (answer?: HTMLElement) => answer?.dataset['concern'] as Concern | undefined;

  const stateInWords = () => {
    const left = points.filter((point) => !answerOf(point)).length;
    if (left === points.length) return 'Répondez à une question\u00a0: le résultat vient ici.';
    if (left === 0) return 'Vous avez répondu à toutes les questions.';
    return left === 1 ? 'Il reste une question.' : `Il reste ${left}\u00a0questions.`;
  };

  const itemOf = (point: HTMLElement) => {
    const item = document.createElement('li');
    const question = document.createElement('a');
    question.href = `#${point.id}`;
    question.textContent = point.querySelector('legend')?.textContent ?? '';
    item.append(question);
    const answer = answerOf(point);
    if (answer) {
      const said = document.createElement('p');
      said.textContent = `Votre réponse\u00a0: ${answer.querySelector('label')?.textContent.trim() ?? ''}`;
      const meaning = answer.querySelector('.offer-meaning')?.cloneNode(true) as HTMLElement;
      meaning.querySelector('.offer-concern')?.remove();
      item.append(said, ...meaning.children);
    }
    return item;
  };

  const fill = (list: HTMLElement) => {
    const { group } = list.dataset;
    const found = points.filter((point) => (concernOf(answerOf(point)) ?? 'sans-reponse') === group);
    list.querySelector('ul')?.replaceChildren(...found.map(itemOf));
    // Before any answer, the questions are already above.
    const nothing = group === 'sans-reponse' ? points.length : 0;
    list.hidden = found.length === 0 || found.length === nothing;
  };

  const show = () => {
    for (const box of boxes) box.closest('.offer-answer')?.classList.toggle('chosen', box.checked);
    const verdict = judge(points.map((point) => concernOf(answerOf(point))));
    for (const one of all('[data-verdict]', check)) one.hidden = one.dataset['verdict'] !== verdict;
    for (const list of all('[data-group]', check)) fill(list);
    check.dataset['state'] = verdict ? 'answered' : 'empty';
    for (const one of all('[data-tool=erase]', check)) one.hidden = !verdict;
    state.textContent = stateInWords();
  };

  const erase = () => {
    for (const box of boxes) box.checked = false;
    show();
    check.querySelector<HTMLElement>('#questions')?.focus();
  };

  const actions: Record<string, () => void> = { print: () => window.print(), erase };
  tools.addEventListener('click', ({ target }) => {
    const tool = target instanceof HTMLElement ? target.dataset['tool'] : undefined;
    if (tool) actions[tool]?.();
  });
  check.addEventListener('change', show);

  // A browser may bring back what was ticked before: on a telephone that is shared, it is somebody else's.
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (entry && entry.type !== 'navigate') for (const box of boxes) box.checked = false;
  for (const part of all('.offer-plain', check)) part.hidden = true;
  state.hidden = false;
  tools.hidden = false;
  show();
}
