/*
 * Several criteria at once on a list of projects. The address holds the choices: it can be shared, and « back » goes
 * to the choices before. The list of the page is put aside while there are some.
 */
import type {
  Choices,
  Criterion,
  Line,
  PackedLines,
  rules as allRules,
} from '../domain/projects/combination.ts';

const PER_PAGE = 24;

const counted = (count: number, several = 'projets') =>
  count === 0
    ? `Aucun ${several.slice(0, -1)}`
    : `${count}\u00a0${count > 1 ? several : several.slice(0, -1)}`;

function made<Name extends keyof HTMLElementTagNameMap>(name: Name, text = '', classes = '') {
  const element = document.createElement(name);
  element.textContent = text;
  if (classes) element.className = classes;
  return element;
}

/**
 * Brings the box to life.
 *
 * @param box the closed box with the form
 * @param rules what the domain knows of combining
 * @throws when the file of the list cannot be read
 */
export async function startCombining(box: HTMLElement, rules: typeof allRules): Promise<void> {
  const answer = await fetch(box.dataset['file'] ?? '');
  if (!answer.ok) throw new Error(String(answer.status));
  const lines = rules.unpackLines((await answer.json()) as PackedLines);

  const form = box.querySelector('form');
  const section = document.querySelector<HTMLElement>('.combined');
  const part = (name: string) => section?.querySelector<HTMLElement>(`[data-${name}]`);
  const [found, results, more, clear] = [part('found'), part('results'), part('more'), part('clear')];
  if (!form || !section || !found || !results || !more || !clear) return;
  const whole = [...document.querySelectorAll<HTMLElement>('[data-whole-list]')];
  const selects = [...form.querySelectorAll('select')];
  const criteria = selects.filter(({ name }) => name !== 'tri');
  let shown = PER_PAGE;

  /** The words of a value, as the form says it. */
  const optionOf = (criterion: string, value: string) => {
    const select = selects.find(({ name }) => name === criterion);
    return select && [...select.options].find((option) => option.value === value);
  };
  const labelOf = (criterion: string, value: string) => optionOf(criterion, value)?.dataset['label'] ?? '';

  /** The choices of an address, without what this page does not offer. */
  function askedOf(query: string): Choices {
    const asked = Object.entries(rules.choicesOf(query));
    return Object.fromEntries(
      asked.filter(([name, value]) => optionOf(name, value) !== undefined),
    ) as unknown as Choices;
  }

  function formNow(): Choices {
    return askedOf(new URLSearchParams(selects.map(({ name, value }) => [name, value])).toString());
  }

  function cardOf(line: Line): HTMLElement {
    const card = made('article', '', 'card');
    const title = made('h3');
    const link = made('a', line.title);
    link.href = `/projets/${line.id}/`;
    title.append(link);
    const tags = made('ul', '', 'tags');
    const prefecture = optionOf('prefecture', line.prefecture);
    const place = [
      prefecture?.dataset['label'],
      prefecture?.dataset['region'] ?? labelOf('region', line.region),
    ];
    const said = [
      labelOf('secteur', line.secteur),
      place.filter(Boolean).join(', '),
      labelOf('etape', line.etape),
      line.percent < 0 ? '' : `${line.percent}\u00a0% du budget réuni`,
    ];
    tags.append(...said.filter(Boolean).map((text) => made('li', text)));
    if (line.isExample) tags.append(made('li', 'Exemple', 'example'));
    card.append(title, tags);
    return card;
  }

  /** Says how many there would be behind each choice of the form, the other choices kept. */
  function countAhead(choices: Choices): void {
    for (const select of criteria) {
      for (const option of select.options) {
        const label = option.dataset['label'];
        if (label === undefined) continue;
        const { length } = rules.combine(lines, { ...choices, [select.name]: option.value });
        option.textContent = `${label} (${length})`;
      }
    }
  }

  function sayNone(choices: Choices): void {
    const ways = rules.wayOut(lines, choices).map(({ without, count }) => {
      const item = made('li');
      const button = made(
        'button',
        `Sans «\u00a0${labelOf(without, choices[without] ?? '')}\u00a0»\u00a0: ${counted(count)}`,
        'button quiet',
      );
      button.type = 'button';
      button.addEventListener('click', () => {
        const { [without]: _dropped, ...rest } = choices;
        choose(rest);
        section?.querySelector('h2')?.focus();
      });
      item.append(button);
      return item;
    });
    const list = made('ul', '', 'plain ways');
    const propose = made('p');
    const link = made('a', 'Proposer un projet');
    link.href = '/projets/proposer/';
    propose.append('Vous en portez un\u00a0? ', link);
    list.append(...ways);
    results?.replaceChildren(list, propose);
  }

  function show(choices: Choices): void {
    const active = rules.isChosen(choices);
    for (const one of whole) one.hidden = active;
    if (section) section.hidden = !active;
    for (const select of selects) select.value = choices[select.name as Criterion | 'tri'] ?? '';
    countAhead(choices);
    if (!active || !found || !results || !more) return;
    const kept = rules.combine(lines, choices);
    const words = criteria
      .map(({ name }) => labelOf(name, choices[name as Criterion] ?? ''))
      .filter((label) => label !== '');
    found.textContent = [counted(kept.length), ...(words.length > 0 ? [words.join(', ')] : [])].join(
      '\u00a0: ',
    );
    results.classList.toggle('cards', kept.length > 0);
    if (kept.length === 0) sayNone(choices);
    else results.replaceChildren(...kept.slice(0, shown).map(cardOf));
    more.hidden = kept.length <= shown;
  }

  function choose(choices: Choices): void {
    shown = PER_PAGE;
    history.pushState(null, '', `${location.pathname}${rules.queryOf(choices)}`);
    show(choices);
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const list = section.hidden ? whole[0] : section;
    list?.querySelector('h2')?.focus();
  });
  form.addEventListener('change', () => {
    choose(formNow());
  });
  clear.addEventListener('click', () => {
    choose({ tri: 'recent' });
    selects[0]?.focus();
  });
  more.addEventListener('click', () => {
    const from = shown;
    shown += PER_PAGE;
    show(formNow());
    results.querySelectorAll('a')[from]?.focus();
  });
  addEventListener('popstate', () => {
    shown = PER_PAGE;
    show(askedOf(location.search));
  });
  show(askedOf(location.search));
}
