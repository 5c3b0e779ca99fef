import { expect, test } from "vitest";
import { digestOf, imageFacts } from "../../test/fixtures/image-facts.ts";
import { NO_PACKAGES, sbomFacts } from "../../test/fixtures/sbom-facts.ts";
import { advisory, dataOf } from "../../test/fixtures/vulnerability-data.ts";
import type { ImagePackages } from "../contract/package-facts.ts";
import { affectedImages } from "./affected-images.ts";
import { StoredComponents } from "./stored-components.ts";
import { VulnerabilityJudge } from "./vulnerability-judge.ts";

const TODAY = "2026-11-27";

const rated = (id: string, name: string, word: string) =>
  advisory({ id, ecosystem: "npm", package: name, severities: [{ by: "GHSA", word }] });
const ADVISORIES = [
  rated("CVE-2026-1111", "grave", "critical"),
  rated("CVE-2026-2222", "light", "low"),
  advisory({ id: "CVE-2026-3333", ecosystem: "npm", package: "unrated" }),
];

function stored(...images: readonly Partial<ImagePackages>[]): StoredComponents {
  const all = new StoredComponents();
  for (const [at, packages] of images.entries())
    all.add({
      image: imageFacts({ facts: { source: `image-${at}`, digest: digestOf(at + 1) } }),
      sbom: sbomFacts({ packages: { ...NO_PACKAGES, ...packages } }),
    });
  return all;
}

const npm = (...names: readonly string[]): Partial<ImagePackages> => ({
  components: names.map((name) => ({
    type: "npm",
    name,
    version: "1.0.0",
    path: "/x",
    layer: 0,
    cataloger: "node-modules",
  })) as ImagePackages["components"],
});

/** `CVE-… open: image-0 image-1`, and doubts. */
function answer(all: StoredComponents, ...ids: readonly string[]) {
  const judge = new VulnerabilityJudge(dataOf({ advisories: ADVISORIES }), {}, { today: TODAY });
  const { affected, doubts } = affectedImages(all, judge, new Set(ids));
  return {
    affected: affected.map(
      ({ finding, isOpen, images }) =>
        `${finding.id}${isOpen === true ? " open" : ""}: ${images.map(({ name }) => name).join(" ")}`,
    ),
    doubts: doubts.map(({ en }) => en).filter((text) => text.startsWith("image-")),
  };
}

test("without names, those that the gate blocks or leaves open, with all their images", () => {
  const all = stored(npm("grave", "light"), npm("grave", "unrated"), npm("other"));
  expect(answer(all).affected).toEqual(["CVE-2026-1111: image-0 image-1", "CVE-2026-3333 open: image-1"]);
});

test("with names, those alone, however severe", () => {
  const all = stored(npm("grave", "light"), npm("light"));
  expect(answer(all, "CVE-2026-2222").affected).toEqual(["CVE-2026-2222: image-0 image-1"]);
  expect(answer(all, "CVE-2026-2222", "CVE-2026-1111").affected).toHaveLength(2);
  expect(answer(all, "CVE-2026-9999").affected).toEqual([]);
});

test("what only an SBOM names, or what may be another package, is open; what both leave open, too", () => {
  const stated = (...unseenPackages: readonly string[]) => {
    const all = new StoredComponents();
    const coverage = { ecosystems: [], unseen: { count: unseenPackages.length, names: [] }, unseenPackages };
    all.add({
      image: imageFacts({ facts: { source: "image-0" } }),
      sbom: sbomFacts({ packages: NO_PACKAGES, coverage }),
    });
    return all;
  };
  expect(answer(stated("npm/light@1.0.0"), "CVE-2026-2222").affected).toEqual([
    "CVE-2026-2222 open: image-0",
  ]);
  expect(answer(stated("npm/grave@1.0.0")).affected).toEqual(["CVE-2026-1111 open: image-0"]);
  expect(answer(stated("npm/light@1.0.0")).affected).toEqual([]);
});

test("images with unread packages are doubts, the first three by name", () => {
  const unread = {
    unread: [{ path: "/var/lib/dpkg/status", cataloger: "dpkg", why: "damaged", layer: 0 }],
  } as const;
  expect(answer(stored(unread)).doubts).toEqual([expect.stringMatching(/^image-0: /)]);
  expect(answer(stored(unread, unread, unread)).doubts).toEqual([
    expect.stringMatching(/^image-0, image-1, image-2: /),
  ]);
  expect(answer(stored(unread, unread, unread, unread)).doubts).toEqual([
    expect.stringMatching(/^image-0, image-1, image-2, … \(4\): /),
  ]);
});
