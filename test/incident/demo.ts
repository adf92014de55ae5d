// npm run demo:incident: the story, told while it happens.
import { playIncident } from './incident.ts';
import { judgeIncident } from './judge.ts';
import { renderTable } from './table.ts';

const report = await playIncident({ calls: 20_000, say: (line) => console.log(line) });
console.log(`6  before and after, as measured\n\n${renderTable(report)}\n`);
const faults = judgeIncident(report);
for (const fault of faults) console.error(`✗ ${fault}`);
if (faults.length === 0) console.log('✓ the story ended as it should have');
process.exit(faults.length === 0 ? 0 : 1);
