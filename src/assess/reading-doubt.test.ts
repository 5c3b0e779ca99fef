import { expect, test } from "vitest";
import { imageFacts } from "../../test/fixtures/image-facts.ts";
import { NO_PACKAGES, sbomFacts } from "../../test/fixtures/sbom-facts.ts";
import { readingDoubt } from "./reading-doubt.ts";

test("packages that were all read leave no doubt, a list that was not read does", () => {
  const image = imageFacts();
  expect(readingDoubt({ image, sbom: sbomFacts() })).toBeUndefined();
  const unread = [{ path: "/var/lib/dpkg/status", cataloger: "dpkg", why: "damaged", layer: 0 }] as const;
  const sbom = sbomFacts({ packages: { ...NO_PACKAGES, unread } });
  expect(readingDoubt({ image, sbom })?.en).toContain("/var/lib/dpkg/status");
});

test("evidence that cannot be judged leaves a doubt, too", () => {
  const doubt = readingDoubt({ image: imageFacts(), sbom: {} as never });
  expect(doubt?.en).toMatch(/./);
  expect(doubt?.fr).toBe(doubt?.en);
});
