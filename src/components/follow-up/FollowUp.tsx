import { UnsentMessagePage } from './AddMessage.tsx';
import { AskForLink } from './AskForLink.tsx';
import { Correction } from './Correction.tsx';
import { ConfirmErasure, Erased } from './Erasure.tsx';
import { NewsForm } from './NewsForm.tsx';
import { SubmissionFile } from './SubmissionFile.tsx';
import type { FollowUpState } from './state.ts';

/** The follow-up page in any of its states, the same in the built page and in what the function answers. */
export function FollowUp({ state }: { state: FollowUpState }) {
  switch (state.step) {
    case 'ask':
      return <AskForLink {...state} />;
    case 'file':
      return <SubmissionFile {...state} />;
    case 'unsent-message':
      return <UnsentMessagePage {...state} />;
    case 'correct':
      return <Correction {...state} />;
    case 'news':
      return <NewsForm {...state} />;
    case 'confirm-erasure':
      return <ConfirmErasure {...state} />;
    case 'erased':
      return <Erased {...state} />;
  }
}
