/* What helps to answer: a count of the characters left, and only the prefectures of the chosen region. */

/** Makes both work in a form. */
export function helpToAnswer(form: HTMLFormElement): void {
  form.querySelectorAll<HTMLTextAreaElement>('textarea[data-max]').forEach(countCharacters);
  narrowPrefectures(form);
}

function countCharacters(area: HTMLTextAreaElement) {
  const max = Number(area.dataset['max']);
  const left = document.createElement('p');
  left.className = 'hint';
  left.setAttribute('aria-live', 'polite');
  const update = () => {
    const rest = max - [...area.value].length;
    left.textContent =
      rest >= 0 ? `Encore ${rest} signes possibles.` : `${-rest} signes de trop. Raccourcissez un peu.`;
    left.hidden = rest > max / 2;
  };
  area.after(left);
  area.addEventListener('input', update);
  update();
}

function narrowPrefectures(form: HTMLFormElement) {
  const region = form.elements.namedItem('region');
  const prefecture = form.elements.namedItem('prefecture');
  if (!(region instanceof HTMLSelectElement) || !(prefecture instanceof HTMLSelectElement)) return;
  const groups = [...prefecture.querySelectorAll('optgroup')];
  const update = () => {
    const chosen = region.value === '' ? undefined : region.selectedOptions[0]?.text;
    for (const group of groups) {
      if (chosen === undefined || group.label === chosen) prefecture.append(group);
      else group.remove();
    }
  };
  region.addEventListener('change', update);
  // Two answers that contradict each other stay as they are until one is changed: the page says what is wrong.
  const group = prefecture.selectedOptions[0]?.closest('optgroup');
  if (!group || group.label === region.selectedOptions[0]?.text) update();
}
