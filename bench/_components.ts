// The functions draw pages with React components, which Node alone does not read: TypeScript turns them into what it
// reads, as they are imported.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const compilerOptions: ts.CompilerOptions = {
  jsx: ts.JsxEmit.ReactJSX,
  module: ts.ModuleKind.ESNext,
  target: ts.ScriptTarget.ES2023,
};

/** To call before importing, at run time, anything that imports a component. */
export function readComponents(): void {
  registerHooks({
    load(url, context, nextLoad) {
      if (!url.endsWith('.tsx')) return nextLoad(url, context);
      const { outputText } = ts.transpileModule(readFileSync(fileURLToPath(url), 'utf8'), {
        compilerOptions,
      });
      return { format: 'module', source: outputText, shortCircuit: true };
    },
  });
}
