import { expect, test } from "vitest";
import { advisory, dataOf } from "../../../test/fixtures/vulnerability-data.ts";
import type { PackageFacts } from "../../contract/package-facts.ts";
import type { Advisory } from "../advisory.ts";
import { matchComponents } from "./match-components.ts";

const OS = { id: "almalinux", version: "8.8" };
const NODE_16 = "1:16.20.2-2.module_el8.8.0+3613+1a7e9d6e";

/** An advisory in the form of AlmaLinux's records: https://github.com/AlmaLinux/osv-database. */
function almaLinux(given: Partial<Advisory> & { readonly fixed?: string } = {}): Advisory {
  return advisory({
    id: "ALSA-2023:5360",
    ecosystem: "AlmaLinux:8",
    package: "nodejs",
    summary: "Important: nodejs:16 security, bug fix, and enhancement update",
    fixed: NODE_16,
    ...given,
  });
}

function nodejs(version: string, module?: string): PackageFacts {
  const label = module === undefined ? {} : { qualifiers: { rpmmod: module } };
  return { type: "rpm", name: "nodejs", version, ...label };
}

function told(facts: PackageFacts, record: Advisory): readonly string[] {
  const component = { facts, os: OS, path: "/x", layer: 0 };
  const { findings } = matchComponents([component], dataOf({ advisories: [record] }), "2026-11-27");
  return findings.map(({ fixedIn, uncertain }) => uncertain ?? fixedIn.join());
}

const NODE_14 = "1:14.21.3-1.module_el8.7.0+3551+2d4b6e1f";
const LABEL_14 = "nodejs:14:8070020230306170042:bd1311ed";
const LABEL_16 = "nodejs:16:8080020230906091750:63b34585";
const OLD_16 = "1:16.19.1-1.module_el8.7.0+3496+7d8e9f01";

test.each<[string, PackageFacts, Partial<Advisory> & { readonly fixed?: string }, readonly string[]]>([
  ["of its stream concerns an older build", nodejs(OLD_16, LABEL_16), {}, [NODE_16]],
  ["of its stream does not concern the repaired build", nodejs(NODE_16, LABEL_16), {}, []],
  ["of a newer stream does not concern an older one", nodejs(NODE_14, LABEL_14), {}, []],
  [
    "that names several streams concerns each",
    nodejs(NODE_14, LABEL_14),
    { summary: "Moderate: nodejs:14, nodejs:16 security update" },
    [NODE_16],
  ],
  [
    "that names no stream leaves it open",
    nodejs(NODE_14, LABEL_14),
    { summary: "Important: security update" },
    ["module-stream"],
  ],
  [
    "that names the stream of another module leaves it open",
    nodejs(NODE_14, LABEL_14),
    { summary: "Important: container-tools:rhel8 security update" },
    ["module-stream"],
  ],
  ["without a title leaves it open", nodejs(NODE_14, LABEL_14), { summary: "" }, ["module-stream"]],
  ["leaves it open where the installed stream is not known", nodejs(OLD_16), {}, ["module-stream"]],
  [
    "of any stream does not concern a build that is above its repair",
    nodejs("1:18.1.0-1.module_el8"),
    {},
    [],
  ],
  ["of a module does not concern a build outside of modules", nodejs("1:10.24.0-1.el8"), {}, []],
  [
    "of builds outside of modules does not concern a module's",
    nodejs(OLD_16, LABEL_16),
    { fixed: "1:16.20.2-3.el8" },
    [],
  ],
  [
    "of builds outside of modules concerns such",
    nodejs("1:16.19.1-1.el8"),
    { fixed: "1:16.20.2-3.el8" },
    ["1:16.20.2-3.el8"],
  ],
  [
    "of both concerns each by what is said of such",
    nodejs("1:16.19.1-1.el8"),
    {
      affected: {
        ranges: ["1:16.19.1-1.el8", "1:18.1.0-1.module_el8.9.0+1+a"].map((version) => ({
          type: "ECOSYSTEM",
          events: [
            { event: "introduced", version: "0" },
            { event: "fixed", version },
          ],
        })),
      },
    },
    [],
  ],
  [
    "that states no repaired build concerns all",
    nodejs(OLD_16, LABEL_16),
    { affected: { ranges: [{ type: "ECOSYSTEM", events: [{ event: "introduced", version: "0" }] }] } },
    [""],
  ],
  [
    "of Red Hat and Rocky Linux is written with a plus",
    nodejs("1:10.24.0-1.el8"),
    { fixed: "1:16.20.2-2.module+el8.8.0+19757+8ca87034" },
    [],
  ],
])("a record %s", (_, facts, given, expected) => {
  expect(told(facts, almaLinux(given))).toEqual(expected);
});

test("the source's release tells that a package was built in a module", () => {
  const facts: PackageFacts = {
    type: "rpm",
    name: "nodejs-libs",
    version: OLD_16,
    source: { name: "nodejs", version: OLD_16.slice("1:".length) },
    qualifiers: { rpmmod: LABEL_16 },
  };
  expect(told(facts, almaLinux())).toEqual([NODE_16]);
  expect(told(facts, almaLinux({ fixed: "1:16.20.2-3.el8" }))).toEqual([]);
});
