import type { ConfigFacts, ImageFacts } from "../../contract/image-facts.ts";

const NO_DIGEST = `sha256:${"0".repeat(64)}` as const;

/** An image of which nothing is known but what is said of its config: rules that read a config judge it by the same code. */
export function emptyImage(source: string, config: Partial<ConfigFacts> = {}): ImageFacts {
  return {
    source,
    imageId: NO_DIGEST,
    platform: "",
    config: {
      user: "",
      env: [],
      entrypoint: [],
      cmd: [],
      workingDir: "",
      exposedPorts: [],
      volumes: [],
      labels: {},
      ...config,
    },
    history: [],
    layers: [],
    annotations: {},
    program: { argv: [], path: "", steps: [] },
    files: [],
    secrets: [],
    asked: {},
  };
}
