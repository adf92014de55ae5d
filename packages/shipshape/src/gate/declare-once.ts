// declareOnce: the models of many judgements, read for the first of them.
import type { Declaration, Source } from '../catalog/index.ts';

export function declareOnce({ name, declare }: Source): Source {
  const told = new Map<string, Promise<Declaration>>();
  return {
    name,
    declare(options) {
      const key = `${options.origins} ${options.extent}`;
      const known = told.get(key) ?? declare(options).then(locateOnce);
      told.set(key, known);
      return known;
    },
  };
}

function locateOnce(declaration: Declaration): Declaration {
  const { locate } = declaration;
  if (locate === undefined) return declaration;
  let located: Promise<Declaration> | undefined;
  return {
    ...declaration,
    locate() {
      located ??= locate();
      return located;
    },
  };
}
