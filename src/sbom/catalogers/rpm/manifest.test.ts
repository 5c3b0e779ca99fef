import { expect, test } from "vitest";
import type { PackageFacts } from "../../../contract/package-facts.ts";
import { CatalogerIndex } from "../cataloger-index.ts";
import { RPM_MANIFEST } from "./manifest.ts";

const PATH = "/var/lib/rpmmanifest/container-manifest-2";

function stated(text: string): readonly PackageFacts[] {
  return RPM_MANIFEST.packages({ path: PATH, bytes: Buffer.from(text) });
}

function line(fields: Readonly<Record<number, string>>): string {
  const whole = [
    "bash",
    "5.1.8-4.azl3",
    "1",
    "2",
    "Microsoft",
    "0",
    "3",
    "x86_64",
    "0",
    "bash-5.1.8-4.azl3.src.rpm",
  ];
  return `${whole.map((field, at) => fields[at] ?? field).join("\t")}\n`;
}

const BASH = {
  type: "rpm",
  name: "bash",
  version: "0:5.1.8-4.azl3",
  architecture: "x86_64",
  supplier: "Microsoft",
};

test("each line is a package of Azure Linux", () => {
  expect(stated(`${line({})}\n${line({ 0: "bash-libs" })}`)).toEqual([
    BASH,
    { ...BASH, name: "bash-libs", source: { name: "bash", version: "5.1.8-4.azl3" } },
  ]);
});

test.each([
  ["an epoch", { 5: "(none)" }, { version: "5.1.8-4.azl3" }],
  ["a vendor", { 4: "(none)" }, { supplier: undefined }],
  ["a vendor, empty", { 4: "" }, { supplier: undefined }],
  ["an architecture", { 7: "(none)" }, { architecture: undefined }],
  ["a source", { 9: "(none)" }, {}],
])("a package without %s", (_, fields, facts) => {
  expect(stated(line(fields))).toEqual([{ ...BASH, ...facts }]);
});

test.each([
  ["a field is missing", line({}).replace("\t3\t", "\t"), "another form"],
  ["a field is added", line({ 6: "3\t4" }), "another form"],
  ["the release is missing", line({ 1: "5.1.8" }), "without a release"],
  ["the version is missing", line({ 1: "-4" }), "without a release"],
])("where %s, the list is damaged", (_, text, why) => {
  expect(() => stated(text)).toThrow(why);
});

test.each([
  [PATH, "rpm-manifest"],
  [`/mnt${PATH}`, "rpm-manifest"],
  ["/app/container-manifest-2", undefined],
])("%s is read by %s", (path, name) => {
  expect(new CatalogerIndex().of(path)?.name).toBe(name);
});
