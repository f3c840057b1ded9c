// Writes small.typ as PDF/UA-1.
//     node typst.cjs NODE_MODULES FONTS WORKSPACE OUT.pdf
// WORKSPACE holds small.typ and report.json.
const fs = require('fs');
const path = require('path');
const [modules, fonts, workspace, out] = process.argv.slice(2);
const { NodeCompiler } = require(path.join(modules, '@myriaddreamin',
  'typst-ts-node-compiler-linux-x64-gnu'));
const compiler = NodeCompiler.create({
  workspace, fontArgs: [{ fontPaths: [fonts] }] });
const made = compiler.compile({
  mainFilePath: path.join(workspace, 'small.typ') });
if (!made.result) {
  console.error(JSON.stringify(
    compiler.fetchDiagnostics(made.takeDiagnostics()), null, 1));
  process.exit(1);
}
fs.writeFileSync(out, compiler.pdf(made.result, { pdfStandard: 'ua-1' }));
