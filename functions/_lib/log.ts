/** What a log line may hold: codes and counts, never what a person typed nor where they are. */
export interface LogEntry {
  event:
    | 'submission'
    | 'put-aside'
    | 'follow-up'
    | 'store-failure'
    | 'template-missing'
    | 'crash'
    | 'purge'
    | 'rotation'
    | 'keys-unusable'
    | 'mail-unusable'
    | 'letter'
    | 'letter-answer'
    | 'delivery'
    | 'publication';
  form?: string;
  /** What was asked for with a link: a word of a closed list. */
  action?: string;
  status?: number;
  attempts?: number;
  milliseconds?: number;
  /** Rows that were changed, and rows that should have been. */
  done?: number;
  failed?: number;
  /** An error code of the database or the network, never its message: messages quote values. */
  code?: string;
}

/** Writes one JSON line. */
export function log(entry: LogEntry): void {
  console.log(JSON.stringify(entry));
}
