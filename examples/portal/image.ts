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

const BUILT = "2026-03-02T09:00:00Z";
const BUILDKIT = { created: BUILT, comment: "buildkit.dockerfile.v0" };
const STEP = { ...BUILDKIT, empty_layer: true } as const;
/** What BuildKit notes of a RUN with the build argument. */
const RUN = "RUN |1 NEXT_PUBLIC_SITE_URL=https://portail.recette.interne /bin/sh -c";
const ROOT = "root:x:0:0:root:/root:/bin/sh\n";
const PROGRAM = { mode: 0o755, content: "\x7fELF (an example: nothing here runs)\n" };

/** What `docker build` makes of the Dockerfile beside this file, in small: the programs are stand-ins. */
export function portalImage(): ImageValue {
  let image = withFields(emptyImage(), { created: BUILT });
  image = withLayer(image, alpine(), {
    created: BUILT,
    created_by: "ADD alpine-minirootfs-3.23.3-x86_64.tar.gz / # buildkit",
    comment: "buildkit.dockerfile.v0",
  });
  image = withHistory(image, { ...STEP, created_by: 'CMD ["/bin/sh"]' });
  image = withLayer(image, node(), {
    ...BUILDKIT,
    created_by: "RUN /bin/sh -c addgroup -g 1000 node # buildkit",
  });
  image = withHistory(
    image,
    { ...STEP, created_by: 'CMD ["node"]' },
    { ...STEP, created_by: "ARG NEXT_PUBLIC_SITE_URL=https://portail.recette.interne" },
    { ...STEP, created_by: "ENV NODE_ENV=production HOST=localhost PORT=3000 LOG_FILE=/var/log/portal.log" },
  );
  image = withLayer(image, user(), {
    ...BUILDKIT,
    created_by: `${RUN} adduser -D -u 1001 portal # buildkit`,
  });
  image = withHistory(image, { ...STEP, created_by: "WORKDIR /app" });
  image = withLayer(image, layerOf(appFiles("portal", "app", {})), {
    ...BUILDKIT,
    created_by: "COPY app/ ./ # buildkit",
  });
  image = withLayer(
    image,
    layerOf([{ path: "app/public-url.txt", content: "https://portail.recette.interne\n" }]),
    {
      ...BUILDKIT,
      created_by: `${RUN} echo "$NEXT_PUBLIC_SITE_URL" > public-url.txt # buildkit`,
    },
  );
  image = withHistory(
    image,
    { ...STEP, created_by: "USER portal" },
    { ...STEP, created_by: "EXPOSE [3000/tcp]" },
    { ...STEP, created_by: 'CMD ["node" "server.js"]' },
  );
  return withConfig(image, {
    User: "portal",
    Env: [
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      "NODE_VERSION=24.15.0",
      "NODE_ENV=production",
      "HOST=localhost",
      "PORT=3000",
      "LOG_FILE=/var/log/portal.log",
    ],
    Cmd: ["node", "server.js"],
    WorkingDir: "/app",
    ExposedPorts: { "3000/tcp": {} },
  });
}

function alpine() {
  return layerOf([
    { path: "bin/", type: "directory" },
    { path: "bin/busybox", ...PROGRAM },
    { path: "bin/sh", type: "symlink", link: "/bin/busybox" },
    { path: "etc/", type: "directory" },
    { path: "etc/alpine-release", content: "3.23.3\n" },
    {
      path: "etc/os-release",
      content: 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.23.3\nPRETTY_NAME="Alpine Linux v3.23"\n',
    },
    { path: "etc/passwd", content: ROOT },
    { path: "sbin/", type: "directory" },
    { path: "sbin/apk", ...PROGRAM },
    { path: "tmp/", type: "directory", mode: 0o1777 },
    { path: "var/", type: "directory" },
    { path: "var/log/", type: "directory" },
  ]);
}

function node() {
  return layerOf([
    { path: "etc/passwd", content: `${ROOT}node:x:1000:1000::/home/node:/bin/sh\n` },
    { path: "usr/local/bin/", type: "directory" },
    { path: "usr/local/bin/node", ...PROGRAM },
  ]);
}

function user() {
  return layerOf([
    {
      path: "etc/passwd",
      content: `${ROOT}node:x:1000:1000::/home/node:/bin/sh\nportal:x:1001:1001::/home/portal:/bin/sh\n`,
    },
    { path: "home/portal/", type: "directory", uid: 1001, gid: 1001 },
  ]);
}
