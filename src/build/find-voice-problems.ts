import { existsSync } from 'node:fs';
import type { ContentProblem } from '../domain/content-problem.ts';
import { voiceSchema } from '../domain/migration/voice.ts';
import { listFiles, readYaml } from '../loaders/read-content.ts';
import { checkYaml } from './check-yaml.ts';

const FOLDER = 'content/voix';

/** What must be mended in `content/voix/`. */
export function findVoiceProblems(): ContentProblem[] {
  if (!existsSync(FOLDER)) return [];
  const owners = new Map<string, string>();
  return listFiles(FOLDER, '.yml').flatMap((file) => {
    const problems = checkYaml(file, voiceSchema);
    if (problems.length > 0) return problems;
    const { withdrawalCodeHash } = voiceSchema.parse(readYaml(file)).consent;
    const other = owners.get(withdrawalCodeHash);
    owners.set(withdrawalCodeHash, other ?? file);
    if (other === undefined) return [];
    return [
      {
        file,
        field: 'consent.withdrawalCodeHash',
        message: `ce code est déjà celui de ${other}. Chaque témoignage a le sien : lancez « npm run retrait-voix ».`,
      },
    ];
  });
}
