// The command as its bin runs it, of another build: node run-build.cjs <first file> <arguments of the command>
const [build, ...argv] = process.argv.slice(2);
require(build)
  .main(argv)
  .then(() => process.exit());
