import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import { namedImages } from "../../evidence/named-images.ts";
import type { ImageOpener } from "../../image/open.ts";
import { givenJobs, type ImageJob, jobKey, namedJobs, needsOf } from "./image-jobs.ts";

const [WEB, DB] = ["registry.example/web:1.0.0", "registry.example/db:1.0.0"];
const signal = new AbortController().signal;

function workload(name: string, images: readonly string[]): WorkloadFacts {
  return workloadFacts({ facts: { name }, containers: images.map((image) => ({ name: image, image })) });
}

const A = workload("a", [WEB, DB]);
const B = workload("b", [WEB, WEB]);

/** Call that a job makes of its opener: the name of the method, then its arguments. */
async function asked({ open }: ImageJob): Promise<readonly unknown[]> {
  let call: readonly unknown[] = [];
  const seen =
    (how: string) =>
    async (...given: readonly unknown[]) => {
      call = [how, ...given];
      throw new Error("enough");
    };
  const opener = { open: seen("any"), openRegistry: seen("registry") } as unknown as ImageOpener;
  await open(opener, signal).catch(() => undefined);
  return call;
}

test("an image that the user named is opened from any source, for nobody else", async () => {
  const [first, second] = givenJobs(["oci:a", "b:1"]);
  expect([first?.name, second?.name, first?.users]).toEqual(["oci:a", "b:1", []]);
  expect(first && (await asked(first))).toEqual(["any", "oci:a", signal]);
});

test("an image that manifests name is opened from its registry alone, with all that use it", async () => {
  const jobs = namedJobs(namedImages([A, B]).images, new Map(), () => undefined);
  expect([...jobs.keys()]).toEqual([WEB, DB]);
  const [web, db] = [...jobs.values()];
  expect(web?.users.map(({ workload: { name } }) => name)).toEqual(["a", "b", "b"]);
  expect(db?.users.map(({ workload: { name } }) => name)).toEqual(["a"]);
  expect(web && (await asked(web))).toEqual(["registry", WEB, signal, undefined]);
  expect(web).not.toHaveProperty("platform");
  expect(web).not.toHaveProperty("reference");
});

test("a replacement is opened from any source, and keeps the manifest's reference", async () => {
  const { images } = namedImages([A]);
  const jobs = namedJobs(images, new Map([[WEB, "oci:web"]]), () => undefined);
  const web = jobs.get(WEB);
  expect([web?.name, web?.reference]).toEqual(["oci:web", images.get(WEB)?.reference]);
  expect(web && (await asked(web))).toEqual(["any", "oci:web", signal, undefined]);
  expect(jobs.get(DB)?.name).toBe(DB);
});

test("workloads of nodes of two platforms are two jobs", async () => {
  const platformOf = ({ name }: WorkloadFacts) => (name === "a" ? "linux/arm64" : undefined);
  const jobs = namedJobs(namedImages([A, B]).images, new Map([[DB, "oci:db"]]), platformOf);
  expect([...jobs.keys()]).toEqual([`${WEB} linux/arm64`, WEB, `${DB} linux/arm64`]);
  const [arm, other, db] = [...jobs.values()];
  expect([arm?.platform, other?.platform]).toEqual(["linux/arm64", undefined]);
  expect(arm?.users.map(({ workload: { name } }) => name)).toEqual(["a"]);
  expect(other?.users.map(({ workload: { name } }) => name)).toEqual(["b", "b"]);
  expect(arm && (await asked(arm))).toEqual(["registry", WEB, signal, "linux/arm64"]);
  expect(db && (await asked(db))).toEqual(["any", "oci:db", signal, "linux/arm64"]);
  expect([jobKey(WEB, undefined), jobKey(WEB, "linux/arm64")]).toEqual([WEB, `${WEB} linux/arm64`]);
});

test("an image is needed once for each workload, and once for the user", () => {
  const jobs = namedJobs(namedImages([A, B]).images, new Map(), () => undefined);
  expect([...jobs.values()].map(needsOf)).toEqual([2, 1]);
  expect(givenJobs(["oci:a"]).map(needsOf)).toEqual([1]);
});
