// Codes of types that declare tables.
import { defineCode } from '../code.ts';

export function kyselyCodes() {
  return {
    'interface-not-found': defineCode<{ file: string; name: string; others: readonly string[] }>({
      severity: 'error',
      exit: 2,
      title: 'The file has no interface of that name.',
      explain:
        'Kysely knows tables by one interface (or type) whose properties are the tables. It is named as `file#Interface`; without a name `Database` and `DB` are looked for. It may be declared in the file or exported from it, and values do not count.',
      what: ({ file, name }) => `${file} has no interface or type ${name}`,
      because: () => 'without the type that lists the tables there is nothing to compare with',
      do: ({ file, others }) =>
        others.length === 0
          ? 'name the file that declares it: src/db/types.ts#Database'
          : `name one that ${file} has: ${others
              .slice(0, 8)
              .map((each) => `${file}#${each}`)
              .join(', ')}${others.length > 8 ? ', …' : ''}`,
    }),
    'interface-unresolved': defineCode<{ what: string; file: string; reasons: readonly string[] }>({
      severity: 'error',
      exit: 2,
      title: 'The type of a table cannot be known.',
      explain:
        'Something that the type is made of is not found: an import of a file that is generated later, of a package that is not installed, or through a path alias that no tsconfig explains. TypeScript then takes it for `any`, of which every property exists. Other errors of types in the project do not matter.',
      what: ({ what, file, reasons }) =>
        `${what} in ${file} is of no known type${reasons.length === 0 ? '' : `: ${reasons.slice(0, 3).join('; ')}`}`,
      because: () => 'a table whose columns are not known would agree with anything',
      do: ({ reasons, file }) =>
        reasons.length === 0
          ? `give it a type with named columns in ${file}`
          : 'correct what TypeScript does not find (generate the types, install the package, or add the path alias to the nearest tsconfig.json)',
    }),
    'typescript-missing': defineCode<{ file: string }>({
      severity: 'error',
      exit: 2,
      title: 'TypeScript 5 or 6 is needed to read types, and is not there.',
      explain:
        "Types are read by TypeScript's own checker, the project's copy if it has one. TypeScript 7 is a program without a checker that JavaScript can call: a project that compiles with it keeps a TypeScript 5 or 6 beside it for tools.",
      what: ({ file }) => `${file} cannot be read: no TypeScript 5 or 6 is installed here`,
      because: () => 'the tables are types, and only the checker of TypeScript says what a type is',
      do: () => 'npm install --save-dev typescript@5',
    }),
  } as const;
}
