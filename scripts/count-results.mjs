// Prints the closing line of a CI run, counted from vitest's own JSON report: "N passed, N failed".
import { readFileSync } from 'node:fs';

const [file, status] = process.argv.slice(2);

function readReport() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    console.error(`no test report: ${error.message}`);
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numFailedTestSuites: 0 };
  }
}

const report = readReport();
if (report.numPendingTests > 0)
  console.error(`${report.numPendingTests} tests were skipped: in CI a skip is a failure`);
const counted = report.numFailedTests + report.numPendingTests;
// A run that failed outside any test (style, build, a file that did not load, a mutant that survived) still failed.
const failed = counted === 0 && status !== '0' ? 1 : counted;
console.log(`${report.numPassedTests} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
