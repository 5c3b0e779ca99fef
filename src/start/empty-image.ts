import type { ConfigFacts } from "../contract/image-facts.ts";
import type { StartableImage } from "./startable-image.ts";

/** An image with a partly known config, for rules that judge a config. */
export function emptyImage(config: Partial<ConfigFacts>): StartableImage {
  return {
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
    program: { argv: [], path: "", steps: [] },
    layers: [],
    files: [],
  };
}
