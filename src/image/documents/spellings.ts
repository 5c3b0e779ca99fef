import { LEAF, type Spelling } from "../../json/spelling.ts";

const DESCRIPTOR: Spelling = {
  mediaType: LEAF,
  digest: LEAF,
  size: LEAF,
  urls: LEAF,
  artifactType: LEAF,
  annotations: LEAF,
  platform: { os: LEAF, architecture: LEAF, variant: LEAF, "os.version": LEAF },
};

/** Manifests and indexes, OCI and Docker. */
export const MANIFEST_SPELLING: Spelling = {
  schemaVersion: LEAF,
  mediaType: LEAF,
  artifactType: LEAF,
  config: DESCRIPTOR,
  layers: DESCRIPTOR,
  manifests: DESCRIPTOR,
  fsLayers: LEAF,
  annotations: LEAF,
};

/** The image config. */
export const CONFIG_SPELLING: Spelling = {
  architecture: LEAF,
  os: LEAF,
  variant: LEAF,
  created: LEAF,
  author: LEAF,
  config: {
    User: LEAF,
    Env: LEAF,
    Entrypoint: LEAF,
    Cmd: LEAF,
    WorkingDir: LEAF,
    ExposedPorts: LEAF,
    Volumes: LEAF,
    Labels: LEAF,
    StopSignal: LEAF,
    Shell: LEAF,
    OnBuild: LEAF,
    Healthcheck: { Test: LEAF },
  },
  rootfs: { type: LEAF, diff_ids: LEAF },
  history: { created: LEAF, created_by: LEAF, author: LEAF, comment: LEAF, empty_layer: LEAF },
};
