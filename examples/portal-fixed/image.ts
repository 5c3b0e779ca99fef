import {
  emptyImage,
  type ImageValue,
  withConfig,
  withFields,
  withHistory,
  withLayer,
} from "../../test/fixtures/image/image.ts";
import { layerOf } from "../../test/fixtures/image/layer.ts";
import { appFiles } from "../app-files.ts";

/** Buildpacks date everything like this, so that the same sources give the same image. */
const CREATED = "1980-01-01T00:00:01Z";
const CNB = { uid: 1002, gid: 1000 };
const PROGRAM = { mode: 0o755, content: "\x7fELF (an example: nothing here runs)\n" };
const LAUNCHER = "/cnb/lifecycle/launcher";

/** The same application, built by Cloud Native Buildpacks on a minimal run image: what can be proven of it, is. */
export function portalFixedImage(): ImageValue {
  let image = withFields(emptyImage(), { created: CREATED });
  image = withLayer(image, runImage(), { created: CREATED, created_by: "bazel build //base:static" });
  image = withLayer(image, launcher(), { created: CREATED, created_by: "Buildpacks Launcher Config" });
  image = withLayer(image, node(), {
    created: CREATED,
    created_by: "Layer: 'node', Created by buildpack: paketo-buildpacks/node-engine@6.3.0",
  });
  image = withLayer(image, layerOf(appFiles("portal-fixed", "workspace", CNB)), {
    created: CREATED,
    created_by: "Application Layer",
  });
  image = withHistory(image, { created: CREATED, created_by: "Buildpacks Process Types", empty_layer: true });
  return withConfig(image, {
    User: "1002:1000",
    Env: [
      "PATH=/cnb/process:/cnb/lifecycle:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      "CNB_LAYERS_DIR=/layers",
      "CNB_APP_DIR=/workspace",
      "NODE_ENV=production",
      "HOST=0.0.0.0",
      "PORT=3000",
    ],
    Entrypoint: ["/cnb/process/web"],
    WorkingDir: "/workspace",
    ExposedPorts: { "3000/tcp": {} },
    Labels: {
      "io.buildpacks.build.metadata": JSON.stringify({
        processes: [{ type: "web", command: ["node"], args: ["server.js"], direct: true }],
        buildpacks: [{ id: "paketo-buildpacks/node-engine", version: "6.3.0" }],
      }),
      "io.buildpacks.lifecycle.metadata": JSON.stringify({ runImage: { reference: "distroless" } }),
    },
  });
}

function runImage() {
  return layerOf([
    { path: "etc/", type: "directory" },
    {
      path: "etc/os-release",
      content: 'PRETTY_NAME="Distroless"\nNAME="Debian GNU/Linux"\nID="debian"\nVERSION_ID="13"\n',
    },
    {
      path: "etc/passwd",
      content: "root:x:0:0:root:/root:/sbin/nologin\ncnb:x:1002:1000::/home/cnb:/sbin/nologin\n",
    },
    { path: "tmp/", type: "directory", mode: 0o1777 },
    { path: "var/lib/dpkg/status.d/", type: "directory" },
    { path: "var/lib/dpkg/status.d/tzdata", content: "Package: tzdata\nVersion: 2026a-1\n" },
  ]);
}

function launcher() {
  return layerOf([
    { path: "cnb/lifecycle/", type: "directory" },
    { path: LAUNCHER.slice(1), ...PROGRAM },
    { path: "cnb/process/", type: "directory" },
    { path: "cnb/process/web", type: "symlink", link: LAUNCHER },
  ]);
}

function node() {
  return layerOf([
    { path: "layers/node-engine/node/bin/", type: "directory", ...CNB },
    { path: "layers/node-engine/node/bin/node", ...PROGRAM, ...CNB },
  ]);
}
