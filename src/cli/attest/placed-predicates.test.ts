import { expect, test } from "vitest";
import { memoryArtifacts } from "../../../test/fixtures/memory-artifacts.ts";
import { imageSubjects } from "../../attest/attach/image-subjects.ts";
import { sha256 } from "../../contract/digest.ts";
import { placedPredicates, type RequestedPredicate } from "./placed-predicates.ts";

const ID = (name: string) => sha256(Buffer.from(name));
const put = (store: ReturnType<typeof memoryArtifacts>, document: object) => {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, ...document }));
  store.manifests.set(sha256(bytes), bytes);
  return { digest: sha256(bytes), size: bytes.length };
};

/** An image of two platforms whose configurations are "a" and "b". */
async function image() {
  const store = memoryArtifacts();
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  const manifests = ["a", "b"].map((name) => {
    const config = { mediaType: "application/vnd.oci.image.config.v1+json", digest: ID(name), size: 1 };
    const architecture = name === "a" ? "amd64" : "arm64";
    return {
      ...put(store, { mediaType, config, layers: [] }),
      mediaType,
      platform: { os: "linux", architecture },
    };
  });
  const index = put(store, { mediaType: "application/vnd.oci.image.index.v1+json", manifests });
  const found = await imageSubjects(store, index.digest);
  const place = (requested: readonly RequestedPredicate[], only = found) =>
    placedPredicates(store, only, requested);
  return { store, index, amd64: manifests[0]?.digest, arm64: manifests[1]?.digest, place };
}

const predicate = { type: "a:a", content: {} };
const tried = (name: string) => ({ predicate, tried: { imageId: ID(name), file: "trial.json" } });

test("an SBOM is of its platform, a trial of the image that it ran, the rest of all", async () => {
  const { amd64, arm64, place } = await image();
  const placed = await place([{ predicate }, { predicate, platform: "linux/arm64" }, tried("a"), tried("b")]);
  expect(placed.map(({ about }) => about)).toEqual([undefined, [arm64], [amd64], [arm64]]);
});

test("a trial of another image, or of a platform that is not attested, is refused", async () => {
  const { store, index, place } = await image();
  await expect(place([tried("a"), tried("c")])).rejects.toMatchObject({
    code: "trial-other-image",
    message: expect.stringContaining(ID("c")),
  });
  const only = await imageSubjects(store, index.digest, "linux/amd64");
  await expect(place([tried("b")], only)).rejects.toThrow(
    `the image ${ID("b")}, not about the one to attest (${ID("a")})`,
  );
});

test("without a trial no manifest is read", async () => {
  const { store, index } = await image();
  const found = await imageSubjects(store, index.digest);
  const unread = {
    manifest: async (reference: string): Promise<Uint8Array | undefined> =>
      Promise.reject(new Error(reference)),
  };
  const requested = [{ predicate, platform: "linux/amd64" }];
  expect(await placedPredicates(unread, found, requested)).toHaveLength(1);
});
