// `npm run killed-decisions [-- ROUNDS]`: kills the process that records decisions and its PostgreSQL in turn, at
// random moments under load, twenty times by default, and reports whether an answered decision is missing or the
// chain is broken. src/server/store/durability.test.ts does so four times.

import { killedRecorders } from "../test/fixtures/killed-recorders.ts";

const rounds = Number(process.argv[2] ?? 20);
const { answered, lost, entries, damages, kills } = await killedRecorders(rounds);
process.stdout.write(
  `${kills[0]} kills of the recording process, ${kills[1]} of PostgreSQL: ${answered} decisions answered, ${lost.length} of them lost; ${entries} entries, ${damages} damages of the chain\n`,
);
process.exitCode = lost.length > 0 || damages > 0 ? 1 : 0;
