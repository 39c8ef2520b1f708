import { useCallback, useEffect, useState } from 'react';
import { addressOf, placeAt, type Place } from '../../domain/desk/places.ts';

/** Where the officer is, as the address says: « Back » goes back. */
export function usePlace(): [Place | undefined, (place: Place) => void] {
  const [place, setPlace] = useState(() => placeAt(location.hash));

  useEffect(() => {
    const follow = (): void => {
      // The link to the content has a fragment too, which is no place.
      const next = placeAt(location.hash);
      if (next) setPlace(next);
    };
    addEventListener('hashchange', follow);
    return () => {
      removeEventListener('hashchange', follow);
    };
  }, []);

  const goTo = useCallback((next: Place) => {
    if (location.hash === addressOf(next)) return;
    location.hash = addressOf(next);
    setPlace(next);
  }, []);
  return [place, goTo];
}
