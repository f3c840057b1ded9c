// The description of the API is a good OpenAPI 3.1 document.
//
//     node check.mjs URL...       each is fetched; exit 1 if one is not
import { createRequire } from "node:module";

const require = createRequire(`${process.env.NODE_MODULES}/node_modules/`);
const { Validator } = await import(
  require.resolve("@seriousme/openapi-schema-validator"));
let failed = false;

for (const lang of ["nb", "nn", "en"]) {
  const answer = await fetch(process.argv[2],
    { headers: { "Accept-Language": lang } });
  const text = await answer.text();
  const validator = new Validator();
  const result = await validator.validate(JSON.parse(text));
  const calls = Object.values(validator.specification?.paths ?? {})
    .reduce((n, path) => n + Object.keys(path).length, 0);

  if (!result.valid || validator.version !== "3.1" || calls === 0) {
    console.error(lang, JSON.stringify(result.errors, null, 1));
    failed = true;
  } else {
    console.log(`${lang}: OpenAPI ${validator.version}, ${calls} calls,`
      + ` ${text.length} characters`);
  }
}
process.exit(failed ? 1 : 0);
