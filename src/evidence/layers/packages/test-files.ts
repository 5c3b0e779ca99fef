/**
 * Folders of tests, examples and documentation inside a package. The package's list proves that the package
 * shipped the file; the folder proves that a key in the file is not secret.
 */
const FOLDERS =
  /(?:^|\/)(?:tests?|testing|testdata|test[-_]data|__tests__|specs?|fixtures?|__fixtures__|examples?|docs?|demos?|samples?|certdata|idle_test|benchmarks?|snakeoil)\//i;
const FILES =
  /(?:[._-]test|[._-]spec|\.stories)\.[cm]?[a-z]{1,4}$|(?:^|\/)(?:(?:test_|conftest)[^/]*|tests?)\.py$|\.(?:md|markdown|rst)$|snakeoil/i;

/** Whether a package's file is a test, an example or documentation. */
export function isForTests(path: string): boolean {
  return FOLDERS.test(path) || FILES.test(path);
}
