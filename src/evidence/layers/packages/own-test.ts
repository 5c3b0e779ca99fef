/**
 * Where packages keep what tests, shows and explains them, by the path within the package. The list
 * of a package says what it brought; that a key in it is nobody's secret, its place does.
 */
const FOLDERS =
  /(?:^|\/)(?:tests?|testing|testdata|test[-_]data|__tests__|specs?|fixtures?|__fixtures__|examples?|docs?|demos?|samples?|certdata|idle_test|benchmarks?|snakeoil)\//i;
const FILES =
  /(?:[._-]test|[._-]spec|\.stories)\.[cm]?[a-z]{1,4}$|(?:^|\/)(?:(?:test_|conftest)[^/]*|tests?)\.py$|\.(?:md|markdown|rst)$|snakeoil/i;

/** Whether a package's file is there to test, to show or to explain it. */
export function isForTests(path: string): boolean {
  return FOLDERS.test(path) || FILES.test(path);
}
