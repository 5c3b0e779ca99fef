import { expect, test } from "vitest";
import { digestOfImageId } from "./image-id.ts";

const DIGEST = `sha256:${"0a".repeat(32)}`;

test.each<[string, string, string | undefined]>([
  ["containerd's, of a repository", `registry.example/team/app@${DIGEST}`, DIGEST],
  ["CRI-O's, of a config", DIGEST, DIGEST],
  ["dockershim's", `docker-pullable://registry.example/app@${DIGEST}`, DIGEST],
  ["dockershim's of a local image", `docker://${DIGEST}`, DIGEST],
  ["a name alone", "registry.example/team/app:1", undefined],
  ["another algorithm", `app@sha512:${"0".repeat(128)}`, undefined],
  ["a digest that goes on before it", `a${DIGEST}`, undefined],
  ["nothing", "", undefined],
])("%s", (_, imageId, digest) => {
  expect(digestOfImageId(imageId)).toBe(digest);
});
