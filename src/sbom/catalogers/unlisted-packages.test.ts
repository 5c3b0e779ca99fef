import { expect, test } from "vitest";
import { UnlistedPackages } from "./unlisted-packages.ts";

const SITE = "/usr/local/lib/python3.13/site-packages";
const VENDOR = "/app/vendor";

/** Of the paths of a layer: which folder has no list, by the file that shows it. */
function unlisted(...paths: readonly string[]): readonly string[] {
  const seen = new UnlistedPackages();
  for (const [entry, path] of paths.entries()) seen.see(entry, path);
  return seen.unlisted().map(({ name, entry }) => `${name} ${paths[entry]}`);
}

test.each<[string, readonly string[], readonly string[]]>([
  ["a package of Python", [`${SITE}/requests/__init__.py`], [`python-unlisted ${SITE}/requests/__init__.py`]],
  ["compiled alone", [`${SITE}/a/__init__.pyc`], [`python-unlisted ${SITE}/a/__init__.pyc`]],
  [
    "several, named once",
    [`${SITE}/a/b/__init__.py`, `${SITE}/a/__init__.py`, `${SITE}/c/__init__.py`],
    [`python-unlisted ${SITE}/a/__init__.py`],
  ],
  [
    "in an environment",
    ["/app/.venv/lib/python3.12/site-packages/a/__init__.py"],
    ["python-unlisted /app/.venv/lib/python3.12/site-packages/a/__init__.py"],
  ],
  [
    "another folder's list",
    [`${SITE}/a/__init__.py`, "/app/x/site-packages/a-1.dist-info/METADATA"],
    [`python-unlisted ${SITE}/a/__init__.py`],
  ],
  [
    "packages of Composer",
    [`${VENDOR}/autoload.php`, `${VENDOR}/composer/autoload_real.php`],
    [`composer-unlisted ${VENDOR}/composer/autoload_real.php`],
  ],
])("%s without a list", (_, paths, expected) => {
  expect(unlisted(...paths)).toEqual(expected);
});

test.each<[string, readonly string[]]>([
  ["with its list", [`${SITE}/requests/__init__.py`, `${SITE}/requests-2.32.0.dist-info/METADATA`]],
  ["with its list before it", [`${SITE}/a-1.egg-info/PKG-INFO`, `${SITE}/a/__init__.py`]],
  ["with an egg-info that is a file", [`${SITE}/a-1.egg-info`, `${SITE}/a/__init__.py`]],
  [
    "what Python compiled in a later layer",
    [`${SITE}/a/__pycache__/__init__.cpython-313.pyc`, `${SITE}/a/b/__pycache__/x.pyc`],
  ],
  ["a file of a package that a later layer changed", [`${SITE}/a/b/__init__.py`, `${SITE}/a/c.py`]],
  [
    "a distribution's own folder",
    [
      "/usr/lib/python3.9/site-packages/dnf/__init__.py",
      "/usr/lib64/python3.9/site-packages/rpm/__init__.py",
    ],
  ],
  ["Debian's folder", ["/usr/lib/python3/dist-packages/apt/__init__.py"]],
  ["a module of one file", [`${SITE}/sitecustomize.py`, `${SITE}/README.txt`]],
  ["Composer's list", [`${VENDOR}/composer/autoload_real.php`, `${VENDOR}/composer/installed.json`]],
  ["Composer's list as PHP", [`${VENDOR}/composer/installed.php`, `${VENDOR}/composer/autoload_real.php`]],
  ["a folder vendor of something else", ["/app/vendor/jquery.js", "/app/vendor/autoload.php"]],
])("%s is nothing", (_, paths) => {
  expect(unlisted(...paths)).toEqual([]);
});
