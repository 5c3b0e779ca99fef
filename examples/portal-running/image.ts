import { programEntries } from "../../test/fixtures/host-files.ts";
import { emptyImage, type ImageValue, withConfig, withLayer } from "../../test/fixtures/image/image.ts";
import { layerOf } from "../../test/fixtures/image/layer.ts";
import { appFiles } from "../app-files.ts";

const USER = { uid: 1002, gid: 1000 };
const NODE = "/usr/local/bin/node";
/** As `node --print process.arch` and as images have it. */
const PLATFORM = process.arch === "arm64" ? "linux/arm64" : "linux/amd64";

/**
 * The application of portal-fixed with a Node that runs: the one that this script runs on, with the
 * libraries of this machine, which has to be a Linux. No shell, no package manager, nothing else.
 */
export function portalRunningImage(): ImageValue {
  const step = (createdBy: string) => ({ created_by: createdBy, author: "douane/example" });
  let image = emptyImage(PLATFORM);
  image = withLayer(
    image,
    layerOf([...system(), ...programEntries(process.execPath, NODE)], "none"),
    step("node"),
  );
  image = withLayer(image, layerOf(appFiles("portal-fixed", "app", USER), "none"), step("application"));
  return withConfig(image, {
    User: "1002:1000",
    Env: ["PATH=/usr/local/bin", "NODE_ENV=production", "HOST=0.0.0.0", "PORT=3000"],
    Entrypoint: [NODE, "server.js"],
    WorkingDir: "/app",
    ExposedPorts: { "3000/tcp": {} },
  });
}

function system() {
  return [
    { path: "etc/", type: "directory" },
    {
      path: "etc/passwd",
      content: "root:x:0:0::/root:/sbin/nologin\nportal:x:1002:1000::/app:/sbin/nologin\n",
    },
    { path: "tmp/", type: "directory", mode: 0o1777 },
  ] as const;
}
