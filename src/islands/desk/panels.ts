import type { ComponentType } from 'react';
import type { OpenedFile } from '../../domain/desk/submission-file.ts';
import { Qualification } from './Qualification.tsx';

/** What a panel of one form's files is given. */
export interface PanelProps {
  file: OpenedFile;
  /** Reads the file again, after the panel has changed something. */
  reload: () => void;
}

/** What the files of a form show besides answers, messages and history, by the form's slug. */
export const PANELS: Readonly<Record<string, readonly ComponentType<PanelProps>[]>> = {
  projet: [Qualification],
};
