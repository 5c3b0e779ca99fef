// `npm run killed-imports [-- ROUNDS]`: kills imports of vulnerability data at random moments, fifty times by
// default, and reports whether the data stayed intact. test/vulnerability-imports.test.ts does so five times.

import { killedImports, SIZES } from "../test/fixtures/killed-imports.ts";

const rounds = Number(process.argv[2] ?? 50);
const found = await killedImports(rounds);
const broken = found.filter(
  ({ packages, keepsOthers }) => !keepsOthers || !SIZES.some((size) => size === packages),
);
const halves = Math.max(...found.map(({ left }) => left));
process.stdout.write(
  `${rounds} imports killed: ${broken.length} left the data broken; half-written tables beside them: up to ${halves}\n`,
);
process.exitCode = broken.length > 0 ? 1 : 0;
