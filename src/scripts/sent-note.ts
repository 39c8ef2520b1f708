/* « Déjà envoyé »: said above a form that was sent from this device, to who opens it again and doubts. */
import { makeButton } from './form-alert.ts';
import { forgetSent, readSent } from './sent.ts';

/** Says so if it is true. */
export function saySent(form: HTMLFormElement): void {
  document.querySelector('[data-sent]')?.remove();
  const sent = readSent(form.dataset['form'] ?? '');
  if (!sent) return;
  const key = form.elements.namedItem('idempotency_key') as HTMLInputElement;
  const when = new Date(sent.at).toLocaleString('fr-FR', { dateStyle: 'long', timeStyle: 'short' });
  const strong = document.createElement('strong');
  strong.textContent = 'Déjà envoyé.';
  const line = document.createElement('p');
  line.append(
    strong,
    key.value === sent.key
      ? ` Ces réponses ont été reçues le ${when}. Si vous les envoyez encore sans rien changer, rien ne sera enregistré deux fois.`
      : ` Un envoi de ce formulaire, fait sur cet appareil, a été reçu le ${when}. D’autres réponses feraient un second envoi. Pour corriger le premier, ouvrez son lien de suivi, si vous en avez un.`,
  );
  const note = document.createElement('div');
  note.className = 'note';
  note.dataset['sent'] = '';
  const forget = makeButton('Oublier mes envois sur cet appareil', () => {
    forgetSent();
    note.remove();
  });
  note.append(line, forget);
  form.before(note);
}
