import { describe, expect, test } from "vitest";
import { PACMAN_FILES } from "../../file-lists/pacman-files.ts";
import { PACMAN } from "./pacman.ts";

const PATH = "/var/lib/pacman/local/hello-doc-1:2.12.1-3/desc";
/** Entry by pacman 7.0.0 for a package made with makepkg. */
const DESC = `%NAME%
hello-doc

%VERSION%
1:2.12.1-3

%BASE%
hello

%DESC%


%ARCH%
any

%LICENSE%
GPL-3.0-or-later
FDL

`;

function stated(text: string) {
  return PACMAN.packages({ path: PATH, bytes: Buffer.from(text) });
}

test("a package with its epoch, and what it was built from", () => {
  expect(stated(DESC)).toEqual([
    {
      type: "alpm",
      name: "hello-doc",
      version: "1:2.12.1-3",
      architecture: "any",
      source: { name: "hello", version: "1:2.12.1-3" },
      licenses: ["GPL-3.0-or-later", "FDL"],
    },
  ]);
  expect(stated("%NAME%\nhello\n\n%VERSION%\n1-1\n\n%BASE%\nhello\n")).toEqual([
    { type: "alpm", name: "hello", version: "1-1" },
  ]);
});

test("a field that stands twice counts once, the first", () => {
  expect(stated("%NAME%\na\n\n%VERSION%\n1-1\n\n%VERSION%\n2-1\n")).toMatchObject([{ version: "1-1" }]);
});

describe("what is none", () => {
  test.each(["", "%NAME%\na\n", "%VERSION%\n1-1\n", "{}"])("%j is damaged", (text) => {
    expect(() => stated(text)).toThrow("no name and version");
  });

  test.each(["/app/desc", "/var/lib/pacman/sync/a-1-1/desc", "/var/lib/pacman/local/desc"])(
    "%s is of something else",
    (path) => {
      expect(PACMAN.reads(path)).toBe(false);
    },
  );
});

test("its files are its own, below its root", () => {
  const bytes = Buffer.from("%FILES%\nusr/\nusr/bin/\nusr/bin/hello\n\n%BACKUP%\netc/x\tab\n");
  const path = "/srv/root/var/lib/pacman/local/hello-world-1:2.12.1-3/files";
  expect(PACMAN_FILES.reads(path)).toBe(true);
  expect([...PACMAN_FILES.files({ path, bytes })]).toEqual([
    { owner: "alpm hello-world", paths: ["/srv/root/usr/bin/hello"] },
  ]);
});
