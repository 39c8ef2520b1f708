/*
 * « Ma feuille de route »: sorts, dates and keeps the lists that are already in the page. Nothing leaves the device:
 * answers live in the fragment of the address, ticks in this browser.
 */
import type { Answers } from '../domain/roadmap/answers.ts';

type Rules = typeof import('../domain/roadmap/rules.ts');

const TICKS = 'feuille-de-route';
/** How many months ahead can be chosen. */
const AHEAD = 36;

const one = (selector: string) => document.querySelector<HTMLElement>(selector);
const all = <T extends Element = HTMLElement>(selector: string, root: ParentNode | null = document) => [
  ...(root?.querySelectorAll<T>(selector) ?? []),
];
const choice = (id: string) => one(`#${id}`) as HTMLSelectElement;
const words = (list: string | undefined) => list?.split(' ') ?? [];

/** What a step says, without the numbers of its sources. */
function textWithoutMarks(element: Element | null): string {
  const copy = element?.cloneNode(true) as Element | undefined;
  for (const mark of copy?.querySelectorAll('.cite') ?? []) mark.remove();
  return copy?.textContent.trim() ?? '';
}

/**
 * Brings the page to life.
 *
 * @param rules what the domain knows of dates, answers and calendars
 * @param clock gives the present moment
 */
export function startRoadmap(rules: Rules, clock: () => Date): void {
  const questions = one('.road-questions');
  const tools = one('.road-tools');
  const summary = one('.road-summary');
  if (!questions || !tools || !summary) return;
  const radios = all<HTMLInputElement>('input[name=moment]', questions);
  const lists = all('.road');
  const boxes = all<HTMLInputElement>('.step input');
  const today = () => rules.localDay(clock());
  let answers: Answers = {};

  const stepOf = (box: HTMLInputElement) => box.closest<HTMLElement>('.step') as HTMLElement;
  const isSecret = () => choice('cas').selectedOptions[0]?.dataset['secret'] !== undefined;
  /** The day of a group's deadline, today at the earliest: what is late is to be done now. */
  const dayOfGroup = (group: HTMLElement) => {
    const timing = rules.parseTiming(group.dataset['when'] ?? '');
    return timing && answers.month ? rules.dayOf(timing, `${answers.month}-01`) : undefined;
  };

  function fromControls(): Answers {
    const moment = radios.find((radio) => radio.checked)?.value ?? '';
    const fragment = new URLSearchParams({ moment });
    for (const id of moment === 'urgence' ? ['cas'] : ['quand', 'pays', 'avec'])
      fragment.set(id, choice(id).value);
    return rules.readAnswers(fragment.toString());
  }

  function toControls(): void {
    for (const radio of radios) radio.checked = radio.value === answers.moment;
    fillMonths();
    choice('pays').value = answers.country ?? '';
    choice('avec').value = rules.familyCode(answers.family);
    choice('cas').value = answers.situation ?? '';
    // A code that no list holds leaves a select empty.
    for (const id of ['pays', 'avec', 'cas']) if (choice(id).selectedIndex < 0) choice(id).value = '';
    answers = answers.moment ? fromControls() : {};
  }

  function fillMonths(): void {
    const past = Number(radios.find((radio) => radio.checked)?.dataset['past'] ?? 0);
    const months = rules.monthsAround(today(), past, AHEAD);
    const chosen = answers.month;
    if (chosen && !months.includes(chosen)) months.push(chosen);
    const select = choice('quand');
    select.length = 1;
    for (const month of months.sort()) select.add(new Option(rules.formatDay(month), month));
    select.value = chosen ?? '';
  }

  function remember(): void {
    const kept = isSecret() ? { ...answers, situation: undefined } : answers;
    const fragment = rules.writeAnswers(kept);
    history.replaceState(null, '', fragment ? `#${fragment}` : location.pathname);
  }

  function show(): void {
    const { moment, country } = answers;
    for (const part of all('[data-more]', questions))
      part.hidden = !moment || (part.dataset['more'] === 'urgence') !== (moment === 'urgence');
    for (const label of all('label[for]', questions))
      label.textContent = label.dataset[moment ?? ''] ?? label.textContent;
    for (const list of lists) list.hidden = Boolean(moment) && list.id !== moment;
    for (const box of boxes) {
      const { who, countries, situation } = stepOf(box).dataset;
      const audience = { who: words(who), countries: words(countries), situation };
      stepOf(box).hidden = !rules.concerns(audience, answers);
    }
    for (const group of all('.road-group')) {
      group.hidden = all('.step', group).every((step) => step.hidden);
      const day = dayOfGroup(group);
      const said = group.querySelector('.road-date');
      if (said) said.textContent = day ? ` · ${dateInWords(day, group.dataset['when'] ?? '')}` : '';
    }
    const place = choice('pays').selectedOptions[0];
    for (const link of all<HTMLAnchorElement>('[data-post]')) {
      const known = country && place?.dataset['none'] === undefined;
      link.href = known ? `/pays/${country.toLowerCase()}/` : country ? '/pays/#sans-poste' : '/pays/';
      link.textContent = country ? `Le poste du Togo : ${place?.text.trim() ?? ''}` : LINK;
    }
    for (const tool of all('[data-tool]', tools))
      tool.hidden =
        tool.dataset['tool'] === 'calendar' ? !answers.month : tool.dataset['tool'] === 'erase' && !moment;
    count();
  }
  const LINK = one('[data-post]')?.textContent ?? '';

  function dateInWords(day: string, when: string): string {
    if (day < today()) return 'à faire maintenant';
    if (when.endsWith('avant')) return `dès le\u00a0${rules.formatDay(day)}`;
    return `vers le\u00a0${rules.formatDay(day)}`;
  }

  const shown = () =>
    boxes.filter((box) => !stepOf(box).hidden && !stepOf(box).closest<HTMLElement>('.road')?.hidden);

  function count(): void {
    if (!summary) return;
    const steps = shown();
    const done = steps.filter((box) => box.checked).length;
    const said = [choice('pays'), choice('quand'), choice('avec'), choice('cas')]
      .filter((select) => !select.closest<HTMLElement>('[data-more]')?.hidden && select.value)
      .map((select) => select.selectedOptions[0]?.text.trim());
    const numbers = `${steps.length}\u00a0étapes, ${done} ${done > 1 ? 'cochées' : 'cochée'}`;
    summary.textContent = [...said, numbers].join(' · ');
  }

  function keepTicks(): void {
    // What happened to someone in danger is nobody's to find on this device.
    const ticked = boxes.filter((box) => box.checked && stepOf(box).dataset['secret'] === undefined);
    try {
      if (ticked.length === 0) localStorage.removeItem(TICKS);
      else localStorage.setItem(TICKS, ticked.map((box) => stepOf(box).dataset['step']).join(','));
    } catch {
      // Storage may be forbidden: the ticks then last for this visit.
    }
  }

  function readTicks(): void {
    try {
      const ticked = (localStorage.getItem(TICKS) ?? '').split(',');
      for (const box of boxes) box.checked = ticked.includes(stepOf(box).dataset['step'] ?? '');
    } catch {
      // Nothing was kept.
    }
  }

  function restore(): void {
    answers = rules.readAnswers(location.hash);
    toControls();
    if (answers.moment) remember();
    show();
  }

  /** A link to a place in the page, such as a source, must not lose the answers. */
  function follow(): void {
    if (rules.readAnswers(location.hash).moment) restore();
    else if (answers.moment) remember();
  }

  function saveCalendar(): void {
    const entries = shown()
      .filter((box) => !box.checked)
      .flatMap((box) => {
        const step = stepOf(box);
        const day = dayOfGroup(step.closest<HTMLElement>('.road-group') as HTMLElement);
        const link = step.querySelector<HTMLAnchorElement>('.step-page');
        if (!day || !link) return [];
        return {
          id: step.dataset['step'] ?? '',
          day: day < today() ? today() : day,
          title: step.querySelector('label')?.textContent.trim() ?? '',
          text: textWithoutMarks(step.querySelector('.step-text')),
          url: link.href,
        };
      });
    const file = new Blob([rules.calendarOf(entries, clock(), location.hostname)], { type: 'text/calendar' });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = 'ma-feuille-de-route.ics';
    link.click();
    // Some browsers read the file after the click.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  function erase(): void {
    answers = {};
    for (const box of boxes) box.checked = false;
    toControls();
    keepTicks();
    remember();
    show();
    if (summary) summary.textContent = 'Vos réponses et vos coches sont effacées.';
    one('#questions')?.focus();
  }

  questions.addEventListener('change', (event) => {
    answers = fromControls();
    if (event.target instanceof HTMLInputElement) fillMonths();
    remember();
    show();
  });
  for (const box of boxes) {
    box.addEventListener('change', () => {
      keepTicks();
      count();
    });
  }
  const actions: Record<string, () => void> = { print: () => window.print(), calendar: saveCalendar, erase };
  tools.addEventListener('click', (event) => {
    const tool = event.target instanceof HTMLElement ? event.target.dataset['tool'] : undefined;
    if (tool) actions[tool]?.();
  });
  window.addEventListener('hashchange', follow);

  one('.road-moments')?.remove();
  questions.hidden = false;
  tools.hidden = false;
  readTicks();
  restore();
}
