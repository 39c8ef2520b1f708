/** One line of a feed: something that was published. */
export interface FeedItem {
  title: string;
  /** The whole address of its page, which names it for good. */
  link: string;
  text: string;
  /** The day it was published, `2026-11-22`. */
  publishedOn: string;
  categories: readonly string[];
}

/** What a feed says of itself. */
export interface Feed {
  title: string;
  description: string;
  /** The page it follows. */
  link: string;
  /** Its own address. */
  self: string;
}

/** How many lines a feed holds: readers keep the older ones. */
export const FEED_LENGTH = 30;

/** Writes an RSS 2.0 feed of what was published last, newest first. Texts stay plain: no HTML in them. */
export function rssOf(feed: Feed, items: readonly FeedItem[]): string {
  const newest = items
    .toSorted((a, b) => b.publishedOn.localeCompare(a.publishedOn) || a.link.localeCompare(b.link))
    .slice(0, FEED_LENGTH);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">',
    '<channel>',
    element('title', feed.title),
    element('link', feed.link),
    element('description', feed.description),
    element('language', 'fr'),
    ...(newest[0] ? [element('lastBuildDate', dateOf(newest[0].publishedOn))] : []),
    `<atom:link href="${escape(feed.self)}" rel="self" type="application/rss+xml"/>`,
    ...newest.flatMap(({ title, link, text, publishedOn, categories }) => [
      '<item>',
      element('title', title),
      element('link', link),
      element('guid', link),
      element('pubDate', dateOf(publishedOn)),
      element('description', text),
      ...categories.map((category) => element('category', category)),
      '</item>',
    ]),
    '</channel>',
    '</rss>',
    '',
  ];
  return lines.join('\n');
}

function element(name: string, text: string): string {
  return `<${name}>${escape(text)}</${name}>`;
}

/** What XML 1.0 cannot hold, even escaped: control characters and broken pairs. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

function escape(text: string): string {
  return text
    .replace(FORBIDDEN, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** The day as RFC 822 writes it. */
function dateOf(day: string): string {
  return new Date(`${day}T00:00:00Z`).toUTCString();
}
