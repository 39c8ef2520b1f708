/* A calendar file (iCalendar, RFC 5545), written on the device. */
import { nextDay } from './timing.ts';

/** One step on one day. */
export interface CalendarEntry {
  /** The same step keeps its place when the file is imported again. */
  id: string;
  /** `2027-03-01`. */
  day: string;
  title: string;
  text: string;
  /** Full address of the page that says how. */
  url: string;
}

/**
 * Writes all-day events.
 *
 * @param now when the file is made
 * @param host the site's name, which makes identifiers unique in the world
 */
export function calendarOf(entries: readonly CalendarEntry[], now: Date, host: string): string {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//${escapeText(host)}//Ma feuille de route//FR`,
    'CALSCALE:GREGORIAN',
    ...entries.flatMap(({ id, day, title, text, url }) => [
      'BEGIN:VEVENT',
      `UID:${id}@${host}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`,
      `DTEND;VALUE=DATE:${nextDay(day).replaceAll('-', '')}`,
      `SUMMARY:${escapeText(title)}`,
      `DESCRIPTION:${escapeText(`${text}\n${url}`)}`,
      `URL:${url}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

/** Text as a calendar holds it: four signs are escaped, and no other control sign is allowed. */
function escapeText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replace(/\p{Cc}/gu, ' ');
}

/** Cuts a line at 75 octets, never inside a letter; what follows begins with a space. */
function fold(line: string): string {
  const encoder = new TextEncoder();
  let folded = '';
  let octets = 0;
  for (const letter of line) {
    const size = encoder.encode(letter).length;
    if (octets + size > 75) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += letter;
    octets += size;
  }
  return folded;
}
