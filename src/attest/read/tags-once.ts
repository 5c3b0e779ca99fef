import type { ArtifactReader } from "../store/artifact-store.ts";

/** The store, whose list of tags is asked for once: a registry sends the whole list each time. */
export function tagsOnce(store: ArtifactReader): ArtifactReader {
  let all: Promise<readonly string[]> | undefined;
  return {
    referrersAreComplete: store.referrersAreComplete,
    manifest: (reference) => store.manifest(reference),
    blob: (ref, limit) => store.blob(ref, limit),
    referrers: (subject) => store.referrers(subject),
    tags: async (prefix) => {
      all ??= store.tags("sha256-");
      return (await all).filter((tag) => tag.startsWith(prefix));
    },
    close: () => store.close(),
  };
}
