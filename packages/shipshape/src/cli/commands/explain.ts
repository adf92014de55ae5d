// explain: the page of a code, or the list of all codes.
import { nameDistance } from '../../compare/similar-name.ts';
import { codes, makeFinding, ShipshapeError, type Slug } from '../../report/index.ts';
import { renderCodePage } from '../../report/render/code-page.ts';
import { align } from '../../report/render/wrap.ts';
import type { Outcome } from '../context.ts';

/** Throws ShipshapeError `code-unknown` (exit 2). */
export async function run(slug: string | undefined): Promise<Outcome> {
  const slugs = Object.keys(codes()).sort() as Slug[];
  if (slug === undefined) {
    const list = slugs.map((each) => ({ code: each, title: codes()[each].title }));
    const text = align(list.map(({ code, title }) => [code, title])).join('\n');
    return { exit: 0, text, json: { version: 1, codes: list } };
  }
  const known = slugs.find((each) => each === slug);
  if (known === undefined) {
    const near = slugs.find(
      (each) => nameDistance(each.replaceAll('-', '_'), slug.replaceAll('-', '_')) !== null,
    );
    throw new ShipshapeError([makeFinding('code-unknown', { code: slug, near: near ?? null })]);
  }
  const { severity, exit, title, explain } = codes()[known];
  return {
    exit: 0,
    text: renderCodePage(known).trimEnd(),
    json: { version: 1, code: known, severity, exit, title, explain },
  };
}
