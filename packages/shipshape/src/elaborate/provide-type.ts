// provideType: creates the extension that brings a type, where the scratch server has one of the type's name.
import { quoteIdentifier } from '../catalog/index.ts';
import type { Session } from '../postgres/session.ts';

/** For `citext`, `hstore(…)`, `public.vector(1536)[]`. True when an extension was created. */
export async function provideType(type: string, scratch: Session): Promise<boolean> {
  const { rows } = await scratch.query<{ name: string }>(
    'SELECT name FROM pg_available_extensions WHERE name = $1 AND installed_version IS NULL',
    [bareName(type)],
  );
  const [extension] = rows;
  if (extension === undefined) return false;
  await scratch.query(`CREATE EXTENSION ${quoteIdentifier(extension.name)} CASCADE`);
  return true;
}

function bareName(type: string): string {
  const [name = ''] = type.split(/[([]/);
  return name.trim().split('.').at(-1) ?? '';
}
