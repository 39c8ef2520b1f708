/* Reads the page with a voice that is on the device: a voice that needs the network would send the text away. */
export {};

const panel = document.querySelector<HTMLElement>('[data-listen]');
const state = panel?.querySelector('[data-listen-state]');
const pause = panel?.querySelector<HTMLButtonElement>('[data-listen-pause]');
const stop = panel?.querySelector<HTMLButtonElement>('[data-listen-stop]');

/** What is being read: sentences, because many phones cannot pause inside a text, and drop long ones. */
let sentences: string[] = [];
let next = 0;
let run = 0;

function localFrenchVoice(): SpeechSynthesisVoice | undefined {
  return speechSynthesis.getVoices().find((voice) => voice.localService && /^fr\b/i.test(voice.lang));
}

function sentencesOf(parts: Iterable<Element>): string[] {
  return [...parts].flatMap((part) => {
    const copy = part.cloneNode(true) as Element;
    for (const mark of copy.querySelectorAll('sup, .vh, .trust')) mark.remove();
    return (
      copy.textContent
        .replace(/\s+/g, ' ')
        .trim()
        .match(/[^.!?]+[.!?]*/g) ?? []
    ).map((one) => one.trim());
  });
}

function textOf(part: string | undefined): string[] {
  const essential = document.querySelectorAll('[data-spoken-first] li');
  if (part === 'essential') return sentencesOf(essential);
  const article = document.querySelectorAll(
    'main h1, main .lead, main [data-spoken-first] li, main .prose :is(h2, h3, p, li:not(:has(p)), td)',
  );
  return sentencesOf(article);
}

function show(words: string, reading: boolean, paused = false): void {
  if (state) state.textContent = words;
  if (pause) {
    pause.hidden = !reading;
    pause.textContent = paused ? 'Reprendre' : 'Pause';
  }
  if (stop) stop.hidden = !reading;
}

function read(): void {
  const voice = localFrenchVoice();
  const sentence = sentences[next];
  const mine = run;
  if (sentence === undefined || !voice) {
    show(voice ? 'Lecture terminée.' : 'Aucune voix française n’est installée sur cet appareil.', false);
    return;
  }
  const utterance = new SpeechSynthesisUtterance(sentence);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  utterance.addEventListener('end', () => {
    // A cancelled sentence also ends: it must not start the next one.
    if (mine !== run) return;
    next += 1;
    read();
  });
  show(`Lecture : phrase ${String(next + 1)} sur ${String(sentences.length)}.`, true);
  speechSynthesis.speak(utterance);
}

function halt(): void {
  run += 1;
  speechSynthesis.cancel();
}

if (panel && 'speechSynthesis' in globalThis) {
  panel.hidden = false;
  panel.addEventListener('click', ({ target }) => {
    const button = (target as Element).closest('button');
    if (!button) return;
    if (button === stop) {
      halt();
      show('Lecture arrêtée.', false);
    } else if (button === pause && pause.textContent === 'Pause') {
      halt();
      show('En pause.', true, true);
    } else {
      halt();
      if (button !== pause) {
        sentences = textOf(button.dataset['listenPart']);
        next = 0;
      }
      read();
    }
  });
  // A page left behind must not go on talking.
  addEventListener('pagehide', halt);
  // Voices come late on some phones.
  speechSynthesis.getVoices();
}
