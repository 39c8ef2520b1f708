import { basename } from 'node:path';
import type { ContentProblem } from '../domain/content-problem.ts';
import { listFiles } from '../loaders/read-content.ts';

const EDITABLE = /\.(md|yml|jpg|jpeg|png|webp|svg)$/;

/**
 * Files of `content/` that nothing reads, or whose name would make a poor address.
 *
 * @param publishedFolders the folders whose markdown files are pages
 */
export function findFileNameProblems(publishedFolders: readonly string[]): ContentProblem[] {
  return listFiles('content', '').flatMap((file) => {
    if (!EDITABLE.test(file)) {
      return [
        { file, message: 'ce genre de fichier n’a pas sa place ici : seulement .md, .yml et des images.' },
      ];
    }
    const folders = file.split('/').slice(1, -1);
    if (!/^[a-z0-9-]+\.[a-z]+$/.test(basename(file))) {
      return [{ file, message: 'écrivez le nom du fichier en minuscules, sans accent, avec des tirets.' }];
    }
    if (!folders.every((folder) => /^[a-z0-9-]+$/.test(folder))) {
      return [{ file, message: 'écrivez le nom du dossier en minuscules, sans accent, avec des tirets.' }];
    }
    return misplaced(file, folders, publishedFolders);
  });
}

/** A file that nothing reads would be forgotten in silence. */
function misplaced(
  file: string,
  folders: readonly string[],
  publishedFolders: readonly string[],
): ContentProblem[] {
  if (file.endsWith('.md') && !publishedFolders.includes(folders[0] ?? '')) {
    return [
      {
        file,
        message: `cette page serait oubliée : ce dossier n’est pas publié. Mettez-la dans content/${publishedFolders.join(', content/')}.`,
      },
    ];
  }
  if (folders[0] === 'sources' && folders.length > 1) {
    return [{ file, message: 'mettez ce fichier directement dans content/sources/.' }];
  }
  return [];
}
