// The instances of Sequelize, models and makers of models that modules export.
import { isModel, isSequelize, type Model, type Sequelize } from './orm.ts';

export interface ExportedModule {
  /** Absolute path, or null when the value was handed over live. */
  readonly file: string | null;
  readonly exports: unknown;
}

/** `module.exports = (sequelize, DataTypes) => Model`, as sequelize-cli writes model files. */
export interface Maker {
  readonly file: string | null;
  readonly name: string;
  readonly make: (sequelize: Sequelize, dataTypes: unknown) => unknown;
}

export interface Exported {
  readonly instances: readonly Sequelize[];
  /** Classes that no instance knows: decorated ones, whose instance is made elsewhere. */
  readonly loose: readonly Model[];
  readonly makers: readonly Maker[];
  /** Names of exports that are none of these. */
  readonly others: readonly string[];
}

/** `db.sequelize`, `db.User` of `models/index.js`: what an exported object holds counts as exported. */
export function findExported(modules: readonly ExportedModule[]): Exported {
  const instances = new Set<Sequelize>();
  const loose = new Set<Model>();
  const makers: Maker[] = [];
  const others: string[] = [];
  for (const { file, exports } of modules) {
    for (const [name, value] of valuesOf(exports)) {
      if (isSequelize(value)) instances.add(value);
      else if (isModel(value)) {
        const own = value.sequelize as Sequelize | undefined;
        if (own === undefined) loose.add(value);
        else instances.add(own);
      } else if (isMaker(name, value)) makers.push({ file, name, make: value });
      else if (isPlain(value)) {
        for (const inner of Object.values(value)) {
          if (isSequelize(inner)) instances.add(inner);
          else if (isModel(inner) && (inner.sequelize as unknown) !== undefined)
            instances.add(inner.sequelize);
        }
        others.push(name);
      } else others.push(name);
    }
  }
  return { instances: [...instances], loose: [...loose], makers, others };
}

/** A module of CommonJS may be a function, a model or an instance itself. */
function valuesOf(exports: unknown): readonly (readonly [string, unknown])[] {
  const whole = isSequelize(exports) || typeof exports === 'function' || Array.isArray(exports);
  if (Array.isArray(exports)) return exports.map((value, at) => [String(at), value] as const);
  if (whole || typeof exports !== 'object' || exports === null) return [['default', exports]];
  return Object.entries(exports);
}

/**
 * The default export, or a function whose first parameter is called `sequelize`. Nothing else is called: it might open
 * connections.
 */
function isMaker(name: string, value: unknown): value is Maker['make'] {
  if (typeof value !== 'function' || value.length > 3) return false;
  const text = Function.prototype.toString.call(value);
  if (/^class\b/.test(text)) return false;
  const first = /^(?:async\s+)?(?:function\b[^(]*)?\(?\s*([\w$]*)/.exec(text)?.[1] ?? '';
  return name === 'default' ? value.length > 0 : /^_?sequelize$/i.test(first);
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
