import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { PackageFacts } from "../../src/contract/package-facts.ts";
import { CatalogerIndex } from "../../src/sbom/catalogers/cataloger-index.ts";
import { RpmDatabase } from "../../src/sbom/catalogers/rpm/rpm-database.ts";
import { berkeleyDatabase, rpm, rpmDatabase, rpmPackages, rpmQuery } from "../fixtures/rpm/packages.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-rpm-"));
afterAll(() => rmSync(folder, { recursive: true }));

const FORMAT = "%{NAME} %{EVR} %{ARCH} %{SOURCERPM} %{MODULARITYLABEL} %{VENDOR} %{LICENSE}";
const files = rpmPackages(folder, 40);
const DATABASES = { sqlite: "rpmdb.sqlite", ndb: "Packages.db", bdb_ro: "Packages" } as const;
for (const backend of ["sqlite", "ndb"] as const) rpmDatabase(join(folder, backend), backend, files);
mkdirSync(join(folder, "bdb_ro"));
berkeleyDatabase(join(folder, "sqlite", "rpmdb.sqlite"), join(folder, "bdb_ro", "Packages"), 4_096);

function read(bytes: Uint8Array, pieceBytes = bytes.length, owned: string[] = []): readonly PackageFacts[] {
  const database = new RpmDatabase(bytes.length);
  for (let at = 0; at < bytes.length; at += pieceBytes)
    database.push(bytes.subarray(at, at + pieceBytes), at);
  const packages: PackageFacts[] = [];
  database.end(({ facts, files }) => {
    packages.push(...facts);
    for (const file of files) owned.push(`${facts[0]?.name} ${file}`);
  });
  return packages;
}

/** The package in the format FORMAT. */
function line({ name, version, architecture, source, qualifiers, supplier, licenses }: PackageFacts): string {
  const evr = version.replace(/^\d+:/, "");
  const { name: built, version: builtVersion } = source ?? { name, version: evr };
  const module = qualifiers?.["rpmmod"] ?? "(none)";
  return `${name} ${version} ${architecture} ${built}-${builtVersion}.src.rpm ${module} ${supplier} ${licenses?.join()}`;
}

describe.each(Object.entries(DATABASES))("a database of rpm's backend %s", (backend, name) => {
  const place = join(folder, backend);
  const bytes = readFileSync(join(place, name));

  test.each([bytes.length, 4_099])(
    "states what rpm --query --all lists, in pieces of %i bytes",
    (pieceBytes) => {
      const listed = rpmQuery(place, backend as keyof typeof DATABASES, FORMAT);
      expect(listed).toHaveLength(41);
      expect(read(bytes, pieceBytes).map(line).toSorted()).toEqual(listed);
    },
  );

  test("names the files that rpm lists", () => {
    const owned: string[] = [];
    read(bytes, bytes.length, owned);
    const listed = rpmQuery(place, backend as keyof typeof DATABASES, "[%{=NAME} %{FILENAMES}\\n]");
    expect(listed).toHaveLength(40 * 61);
    expect(owned.toSorted()).toEqual(listed);
  });

  test("cut anywhere is no shorter list", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
        expect(count(bytes.subarray(0, length))).toBe("damaged");
      }),
      { numRuns: 60 },
    );
  });

  test("with a bit turned is damaged, or states as many packages", () => {
    const packages = read(bytes).length;
    const head = fc.integer({ min: 0, max: 8_191 });
    fc.assert(
      fc.property(fc.oneof(head, fc.nat(bytes.length - 1)), fc.nat(7), (at, bit) => {
        const turned = Buffer.from(bytes);
        turned[at] = (turned[at] ?? 0) ^ (1 << bit);
        expect([packages, "damaged"]).toContain(count(turned));
      }),
      { numRuns: 400 },
    );
  });
});

/** Number of packages stated by the database. */
function count(bytes: Uint8Array): number | "damaged" {
  try {
    return read(bytes).length;
  } catch {
    return "damaged";
  }
}

test.each([512, 65_536])("pages of %i bytes are read in Berkeley DB", (pageBytes) => {
  const file = join(folder, `pages-${pageBytes}`);
  berkeleyDatabase(join(folder, "sqlite", "rpmdb.sqlite"), file, pageBytes);
  expect(read(readFileSync(file)).map(line).toSorted()).toEqual(
    rpmQuery(join(folder, "sqlite"), "sqlite", FORMAT),
  );
});

test.each(["sqlite", "ndb"] as const)("what rpm removed from %s is not there", (backend) => {
  const place = join(folder, `removed-${backend}`);
  rpmDatabase(place, backend, files);
  rpm(place, backend, ["--erase", "--justdb", "--nodeps", "portal-part3", "portal-part7", "portal-part39"]);
  const listed = rpmQuery(place, backend, FORMAT);
  expect(listed).toHaveLength(38);
  expect(
    read(readFileSync(join(place, DATABASES[backend])))
      .map(line)
      .toSorted(),
  ).toEqual(listed);
});

test("the list that Azure Linux's distroless images have in its place", () => {
  const format =
    "%{NAME}\\t%{VERSION}-%{RELEASE}\\t%{INSTALLTIME}\\t%{BUILDTIME}\\t%{VENDOR}\\t%{EPOCH}\\t%{SIZE}\\t%{ARCH}\\t%{EPOCHNUM}\\t%{SOURCERPM}";
  const path = "/var/lib/rpmmanifest/container-manifest-2";
  const bytes = Buffer.from(`${rpmQuery(join(folder, "ndb"), "ndb", format).join("\n")}\n`);
  const stated = new CatalogerIndex().of(path)?.packages({ path, bytes }) ?? [];
  const withoutLicense = (facts: PackageFacts) => line({ ...facts, licenses: [], qualifiers: {} });
  const whole = read(readFileSync(join(folder, "ndb", "Packages.db")));
  expect(stated.map(withoutLicense).toSorted()).toEqual(whole.map(withoutLicense).toSorted());
});
