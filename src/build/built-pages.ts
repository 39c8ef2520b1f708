import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One built page. */
export interface BuiltPage {
  /** Path from `dist/`, such as `guide/passeport/index.html`. */
  path: string;
  html: string;
}

/** Every HTML file of a build, one at a time: ten thousand of them do not fit in memory together. */
export function* builtPages(dist: string): Generator<BuiltPage> {
  const paths = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.html'),
  );
  for (const path of paths.sort()) {
    yield { path: path.replaceAll('\\', '/'), html: readFileSync(join(dist, path), 'utf8') };
  }
}

/** The address of a built page: `/guide/passeport/`. */
export function addressOfPage(path: string): string {
  return `/${path.replace(/index\.html$/, '').replace(/\.html$/, '/')}`;
}
