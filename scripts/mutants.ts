// `npm run mutants [-- FOLDER… --share=0.2 --seed=1 --tests="src/rules/**/*.test.ts" --static=50]`: changes
// the code of these folders in small ways, one at a time, and counts the changes that no test notices.
// scripts/mutants says how.
import { mutationScore } from "./mutants/score.ts";

await mutationScore(process.argv.slice(2));
