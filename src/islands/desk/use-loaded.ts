import { useEffect, useRef, useState } from 'react';
import { useDesk } from './desk-context.ts';

/** Something that is asked of the database. What was there stays while it is asked again. */
export interface Loaded<Data> {
  data: Data | undefined;
  error: string | undefined;
  busy: boolean;
  reload(): void;
}

interface State<Data> {
  name: string;
  data?: Data;
  error?: string;
  busy: boolean;
}

/**
 * Loads something, and again when its name changes.
 *
 * @param name what tells it from another: `projet/a-relire/1`
 */
export function useLoaded<Data>(name: string, load: () => Promise<Data>): Loaded<Data> {
  const { turn, explain } = useDesk();
  const [again, setAgain] = useState(0);
  const [state, setState] = useState<State<Data>>({ name, busy: true });
  const latest = useRef({ load, explain });
  latest.current = { load, explain };

  useEffect(() => {
    let stale = false;
    setState((before) => ({ ...(before.name === name ? before : { name }), busy: true }));
    latest.current.load().then(
      (data) => {
        if (!stale) setState({ name, data, busy: false });
      },
      (error: unknown) => {
        if (stale) return;
        const sentence = latest.current.explain(error);
        setState((before) => ({
          ...(before.name === name ? before : { name }),
          error: sentence,
          busy: false,
        }));
      },
    );
    return () => {
      stale = true;
    };
  }, [name, again, turn]);

  const current = state.name === name ? state : { busy: true };
  return {
    data: 'data' in current ? current.data : undefined,
    error: 'error' in current ? current.error : undefined,
    busy: current.busy,
    reload: () => {
      setAgain((count) => count + 1);
    },
  };
}
