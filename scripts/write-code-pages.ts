// Writes the pages of docs/ that are made from the code: docs/codes/<slug>.md, one a code of the catalogue, and docs/coverage.md.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codes, type Slug } from '../packages/shipshape/src/report/index.ts';
import { renderCodePage } from '../packages/shipshape/src/report/render/code-page.ts';
import { projectRoot } from './copy-project.ts';
import { renderCoverage } from './coverage-page.ts';

const folder = join(projectRoot, 'docs/codes');
mkdirSync(folder, { recursive: true });
const slugs = Object.keys(codes) as Slug[];
for (const name of readdirSync(folder)) {
  if (!slugs.some((slug) => name === `${slug}.md`)) rmSync(join(folder, name));
}
for (const slug of slugs) writeFileSync(join(folder, `${slug}.md`), renderCodePage(slug));
console.log(`${slugs.length} pages in docs/codes`);
writeFileSync(join(projectRoot, 'docs/coverage.md'), await renderCoverage());
