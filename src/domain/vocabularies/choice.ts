/** One entry of a closed list: the code that is stored, the words the person reads. */
export interface Choice {
  value: string;
  label: string;
  /** A second line of help under the label. */
  hint?: string;
}

/** The codes of a closed list, in its order. */
export function valuesOf(choices: readonly Choice[]): string[] {
  return choices.map((choice) => choice.value);
}

/** The words for a code, or the code itself when the list does not know it. */
export function labelOf(choices: readonly Choice[], value: string): string {
  return choices.find((choice) => choice.value === value)?.label ?? value;
}
