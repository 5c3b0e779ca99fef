// `npm run mutants [-- FOLDER… --count=40 --share=0.2 --seed=1 --unit --minutes=5 --seconds=5]`: changes the
// code of these folders in small ways, one at a time, and counts the changes that no test notices.
//
// The seed draws --count mutants of each room, or a --share of all. A mutant is tried with the test files that
// reach its file by their imports, the nearest first (its own, its folder's, those of test/, then by the length
// of the way), and, without --unit, with the corpus at last; of these, with the tests that come across the
// mutant. It is killed as soon as one fails, or takes ten times its own time and more (counted apart). A test
// that does not pass twice without any mutant, before and behind its mutants, tells nothing. The nearest two
// test files are asked whatever they take, the others as long as the mutant has --seconds of CPU time left. Of
// those that a test reaches, a mutant that is undecided (time was spent, or --minutes were over) counts as
// alive; one that no test comes across is counted apart. One worker runs all tests; a run that ended early
// goes on with --folder, all else being equal.
//
// Types are not changed, nor words that people read, nor whether a property is absent or undefined: these
// change nothing (mutants/mutations.ts).
import { mutationScore } from "./mutants/score.ts";

await mutationScore(process.argv.slice(2));
