/* Finds a country as it is typed, with or without accents. The whole list is already in the page. */
import { plainText } from '../domain/plain-text.ts';

class CountrySearch extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector('input');
    const said = this.querySelector('p');
    const sections = [...document.querySelectorAll<HTMLElement>('.country-letter')];
    const letters = document.querySelector<HTMLElement>('.letters');
    if (!input || !said) return;
    this.hidden = false;
    input.addEventListener('input', () => {
      const asked = plainText(input.value);
      let found = 0;
      for (const section of sections) {
        let inSection = 0;
        for (const item of section.querySelectorAll('li')) {
          const matches = plainText(item.textContent).includes(asked);
          item.hidden = !matches;
          if (matches) inSection += 1;
        }
        section.hidden = inSection === 0;
        found += inSection;
      }
      if (letters) letters.hidden = asked !== '';
      said.textContent =
        asked === ''
          ? ''
          : found === 0
            ? 'Aucun pays de ce nom. Essayez une partie du nom.'
            : `${found} pays.`;
    });
  }
}

customElements.define('country-search', CountrySearch);
