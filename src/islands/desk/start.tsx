import { createRoot } from 'react-dom/client';
import { Desk } from './Desk.tsx';
import { Notice } from './Notice.tsx';

const place = document.querySelector<HTMLElement>('[data-desk]');
if (place) {
  const { url = '', key = '' } = place.dataset;
  createRoot(place).render(
    key === '' ? (
      <Notice tone="plain">
        Cette version du site n’est reliée à aucune base : le bureau ne peut pas s’ouvrir ici.
      </Notice>
    ) : (
      <Desk settings={{ url: url === '' ? location.origin : url, key }} />
    ),
  );
}
