// `npm run mutants [-- FOLDER… --share=0.2 --seed=1]`: changes the code of these folders in small ways, one
// at a time, and counts the changes that no test notices.
//
// The tests that a mutant is tried with are those that reach its file by their imports, the nearest first
// (its own, its folder's, those of test/, then by the length of the way), and the corpus at last; of these,
// those that come across it. It is killed as soon as one fails, or has no end (counted apart). A test that
// does not pass twice without any mutant, before and behind its mutants, tells nothing. A mutant that no test
// comes across counts as one that survives; one that only tests come across that are too slow to be asked
// again is not tried, and is counted so. What is left out, because it changes nothing: types, words that
// people read, and whether a property is absent or undefined (mutants/mutations.ts). The seed draws the sample.
import { mutationScore } from "./mutants/score.ts";

await mutationScore(process.argv.slice(2));
