import { expect, test } from "vitest";
import { memoryArtifacts } from "../../../test/fixtures/memory-artifacts.ts";
import { tagsOnce } from "./tags-once.ts";

test("the list of tags is asked for once, for every prefix, and the rest is the store's", async () => {
  const store = memoryArtifacts();
  for (const tag of ["sha256-a.1", "sha256-b.1", "1.0.0"])
    await store.putManifest(tag, "x", Buffer.from("{}"));
  let asked = 0;
  const once = tagsOnce({
    ...store,
    tags: (prefix) => {
      asked++;
      return store.tags(prefix);
    },
  });
  expect(await once.tags("sha256-a.")).toEqual(["sha256-a.1"]);
  expect(await once.tags("sha256-b.")).toEqual(["sha256-b.1"]);
  expect(asked).toBe(1);
  expect(await once.manifest("1.0.0")).toEqual(Buffer.from("{}"));
  expect(await once.manifest("2.0.0")).toBeUndefined();
});
