/* Boxes ticked in a list of documents stay ticked on this device, and nowhere else. */
const boxes = [...document.querySelectorAll<HTMLInputElement>('.ticks input')];
const key = `coches:${location.pathname}`;

if (boxes.length > 0) {
  try {
    const ticked = new Set((localStorage.getItem(key) ?? '').split(',').filter(Boolean));
    boxes.forEach((box, index) => {
      box.checked = ticked.has(String(index));
      box.addEventListener('change', () => {
        localStorage.setItem(key, boxes.flatMap((one, at) => (one.checked ? at : [])).join(','));
      });
    });
  } catch {
    // Storage may be forbidden: the boxes then last for this visit.
  }
}
