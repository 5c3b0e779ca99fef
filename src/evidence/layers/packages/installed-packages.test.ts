import { expect, test } from "vitest";
import { LIMITS } from "../../../contract/limits.ts";
import { hashesOf } from "./content-hashes.ts";
import { InstalledPackages } from "./installed-packages.ts";

test("lists beyond LIMITS.packageListBytes make nothing a package's", () => {
  const packages = new InstalledPackages();
  const list = (content: string) => Buffer.from(`${hashesOf(Buffer.from(content)).md5}  usr/lib/x\n`);
  const padded = Buffer.alloc(LIMITS.packageListBytes, "\n");
  padded.set(list("first"));
  packages.see("/var/lib/dpkg/info/a.md5sums", padded);
  packages.see("/var/lib/dpkg/info/b.md5sums", list("second"));
  const owners = ["first", "second"].map((content) =>
    packages.ownerOf({ path: "/usr/lib/x", hashes: hashesOf(Buffer.from(content)) }),
  );
  expect(owners).toEqual(["a", undefined]);
});
