import { expect, test } from "vitest";
import { dpkgList, dpkgStatus, packagesOf } from "../../../../test/fixtures/image-packages.ts";
import type { TarEntry } from "../../../image/tar/write.ts";

const NODE = "usr/lib/app/node_modules/lodash/package.json";
const PYTHON = "usr/lib/python3/dist-packages/requests-2.32.3.dist-info/METADATA";

function lodash(version = "4.17.15"): TarEntry {
  return { path: NODE, content: JSON.stringify({ name: "lodash", version }) };
}

const requests: TarEntry = { path: PYTHON, content: "Name: requests\nVersion: 2.32.3\n\n" };
const status = dpkgStatus("node-lodash@4.17.15+dfsg-2", "python3-requests@2.32.3+dfsg-5");
const lists = [dpkgList("node-lodash", `/${NODE}`), dpkgList("python3-requests", `/${PYTHON}`)];

/** Packages of languages that are taken for the distribution's. */
function brought(...layers: readonly (readonly TarEntry[])[]): readonly string[] {
  return packagesOf(...layers).components.flatMap(({ name, ofDistribution }) =>
    ofDistribution === true ? [name] : [],
  );
}

test("a package of a language is the distribution's where its list names the manifest, in one layer or a later", () => {
  expect(brought([status, lodash(), requests, ...lists])).toEqual(["lodash", "requests"]);
  expect(brought([lodash(), requests], [status, ...lists])).toEqual(["lodash", "requests"]);
});

test("and of Alpine's and distroless images too", () => {
  const path = "usr/lib/python3.12/site-packages/requests-2.32.3.dist-info";
  const metadata = { path: `${path}/METADATA`, content: requests.content ?? "" };
  const apk = (file: string): TarEntry => ({
    path: "lib/apk/db/installed",
    content: `C:Q1x\nP:py3-requests\nV:2.32.3-r0\nF:${path}\nR:${file}\n\n`,
  });
  expect(brought([apk("METADATA"), metadata])).toEqual(["requests"]);
  expect(brought([apk("RECORD"), metadata])).toEqual([]);
  const paragraph: TarEntry = {
    path: "var/lib/dpkg/status.d/python3-requests",
    content: "Package: python3-requests\nVersion: 2.32.3+dfsg-5\n",
  };
  const sums: TarEntry = {
    path: "var/lib/dpkg/status.d/python3-requests.md5sums",
    content: `${"0".repeat(32)}  ${PYTHON}\n`,
  };
  expect(brought([paragraph, sums, requests])).toEqual(["requests"]);
  expect(brought([paragraph, requests])).toEqual([]);
});

test.each<[string, readonly (readonly TarEntry[])[]]>([
  ["no list", [[status, lodash()]]],
  ["a list of other files", [[status, lodash(), dpkgList("node-lodash", "/usr/share/nodejs/lodash")]]],
  ["another's list", [[status, lodash(), dpkgList("python3-requests", `/${NODE}`)]]],
  ["a list without its package", [[dpkgStatus("libc6@2.41-12"), lodash(), ...lists]]],
  ["a later layer wrote over it", [[status, lodash("4.17.20"), ...lists], [lodash()]]],
  [
    "a later layer wrote over it, and the list came again",
    [[status, lodash("4.17.20"), ...lists], [lodash()], lists],
  ],
])("else it is compared and asked for by itself: %s", (_, layers) => {
  expect(brought(...layers)).toEqual([]);
});
