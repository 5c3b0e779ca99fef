import type { ConfigFacts } from "../contract/image-facts.ts";
import type { StartableImage } from "./startable-image.ts";

/** An image of which nothing is known but what is said of its config: rules that read a config judge it by the same code. */
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
