// Content of a base image. Only a verified base counts: an image's statement about its own base is a guess.

import {
  emptyImage,
  type ImageValue,
  manifestOf,
  withConfig,
  withFields,
} from "../../fixtures/image/image.ts";
import { KEY } from "../../fixtures/secrets.ts";
import { snakeoilCertificate, snakeoilKey } from "../../fixtures/snakeoil.ts";
import type { Cases } from "../case.ts";
import type { Given, LayerFiles } from "../given/given.ts";
import { type ImageSketch, image, imageOf } from "../given/image.ts";

const CMD = 'CMD ["/app/server"]';
const SQLITE: LayerFiles = { "app/data/app.sqlite3": "SQLite format 3\u0000" };
const URL = "https://api.recette.example.gouv.fr";

/** Layers as their steps made them, then a step that makes the one above look like the application's own. */
function below(files: LayerFiles, by: string, cmd = CMD): ImageValue {
  return imageOf({ files, by, steps: [cmd] });
}

function then(from: ImageValue, by = "RUN /bin/sh -c chown -R 1000 /app # buildkit"): Given {
  return image({ from, files: { "app/owned": "" }, by });
}

function composed(...createdBy: readonly string[]): ImageValue {
  return createdBy.reduce(
    (from, by, at) => imageOf({ from, files: { [`app/${at}/.env`]: `API_URL=${URL}\n` }, by }),
    imageOf({}),
  );
}

const SOCLE = { bases: ["registry.example/socle/java"] };
const WITH_ENV = imageOf({
  files: { "opt/socle/.env": `API_URL=${URL}\n` },
  by: "COPY socle /opt/socle # buildkit",
});
const WITH_LOG = imageOf({ files: { "opt/socle/logs/setup.log": "2026-06-01 10:00:00 INFO started\n" } });
const WITH_KEY = imageOf({ files: { "opt/socle/id_rsa": KEY } });
const UNVERIFIED = "could not be verified";

export const cases: Cases = [
  {
    name: "what Debian's own packages leave, in a base that nothing verifies",
    given: then(
      imageOf({
        files: {
          "etc/shadow": {
            content: "root:*:20500:0:99999:7:::\nwww-data:*:20500:0:99999:7:::\n",
            mode: 0o640,
          },
          "etc/shadow-": { content: "root:*:20500:0:99999:7:::\n", mode: 0o600 },
          "etc/ssl/private/ssl-cert-snakeoil.key": { content: snakeoilKey("machine"), mode: 0o640 },
          "etc/ssl/certs/ssl-cert-snakeoil.pem": snakeoilCertificate("machine"),
          "var/log/dpkg.log": "2026-06-01 10:00:00 startup archives install\n",
          "var/log/apt/history.log": "Start-Date: 2026-06-01  10:00:00\n",
          "var/log/alternatives.log": "update-alternatives 2026-06-01 10:00:00: run with --install\n",
        },
        by: "ADD rootfs.tar.xz / # buildkit",
        steps: ['CMD ["bash"]'],
      }),
    ),
    expect: { "no-baked-state": "yes", "stdout-logs": "unproven" },
    trap: true,
    why: "An ordinary base: no secret, no state, no log of the application.",
  },
  ...(
    [
      [
        "a key of somebody's at the place of Debian's snakeoil",
        { "etc/ssl/private/ssl-cert-snakeoil.key": KEY },
      ],
      [
        "another key beside Debian's snakeoil certificate",
        {
          "etc/ssl/private/ssl-cert-snakeoil.key": KEY,
          "etc/ssl/certs/ssl-cert-snakeoil.pem": snakeoilCertificate("machine"),
        },
      ],
      [
        "a site's own pair at the place of Debian's snakeoil",
        {
          "etc/ssl/private/ssl-cert-snakeoil.key": snakeoilKey("site"),
          "etc/ssl/certs/ssl-cert-snakeoil.pem": snakeoilCertificate("site"),
        },
      ],
    ] as const
  ).map(([name, files]) => ({
    name,
    given: then(imageOf({ files })),
    expect: { "no-baked-state": "no" as const },
    why: "1.4: a private key; its path alone says nothing.",
  })),
  {
    name: "what an RPM distribution keeps, in a base that nothing verifies",
    given: then(
      imageOf({
        files: {
          "var/lib/rpm/rpmdb.sqlite": "SQLite format 3\u0000",
          "var/lib/dnf/history.sqlite": "SQLite format 3\u0000",
          "etc/pki/nssdb/cert9.db": "SQLite format 3\u0000",
          "var/log/dnf.log": "2026-06-01T10:00:00+0000 INFO --- logging initialized ---\n",
          "var/log/rhsm/rhsm.log": "2026-06-01 10:00:00,000 [INFO] dnf: started\n",
          "var/log/zypper.log": "2026-06-01 10:00:00 <1> buildkit started\n",
        },
        by: "ADD rootfs.tar.xz / # buildkit",
        steps: ['CMD ["/bin/bash"]'],
      }),
    ),
    expect: { "no-baked-state": "yes", "stdout-logs": "unproven" },
    trap: true,
    why: "Databases and logs of the package manager.",
  },
  {
    name: "the history of Maven's image, whose BASE_URL says where a release is fetched from",
    given: then(
      imageOf({
        files: { "usr/share/maven/lib/core.jar": "" },
        by: "RUN |3 MAVEN_VERSION=3.9.9 USER_HOME_DIR=/root BASE_URL=https://dlcdn.apache.org/maven/maven-3/3.9.9/binaries /bin/sh -c mkdir -p /usr/share/maven # buildkit",
        steps: ['CMD ["mvn"]'],
      }),
    ),
    expect: { "no-baked-state": "yes" },
    trap: true,
    why: "The same in every environment: the address of a download.",
  },
  {
    name: "a .env of the base, which the policy names and the registry confirms",
    given: on(WITH_ENV, SOCLE),
    expect: { "no-baked-state": "yes" },
    trap: true,
    why: "Row 7 asks for what lies above the base; this base is the platform's by its own word.",
  },
  {
    name: "a SQLite database of a verified base",
    given: on(imageOf({ files: { "opt/socle/geo.sqlite3": "SQLite format 3\u0000" } }), SOCLE),
    expect: { "no-baked-state": "yes" },
    trap: true,
    why: "The base's data, the same in every application.",
  },
  {
    name: "a log of a verified base",
    given: on(WITH_LOG, SOCLE),
    expect: { "stdout-logs": "unproven" },
    trap: true,
    why: "Not the application's log; only a trial shows where that one goes.",
  },
  {
    name: "a .env of a base that the policy names by its tag",
    given: on(WITH_ENV, { bases: ["registry.example/socle/java:21"] }, { annotations: {} }),
    expect: { "no-baked-state": "yes" },
    trap: true,
    why: "The layers are those of the image that the policy names.",
  },
  {
    name: "a .env of a base below a prefix that the policy names, digest alone annotated",
    given: on(WITH_ENV, { bases: ["registry.example/socle/*"] }),
    expect: { "no-baked-state": "no" },
    why: "Nothing says in which of the repositories the digest lies: not verified.",
  },
  {
    name: "a .env of a base that an annotation names and the policy does not",
    given: on(WITH_ENV, { bases: ["registry.example/socle/node"] }),
    expect: { "no-baked-state": "no" },
    why: "Everyone can push an image with what they want to hide, and name it as the base.",
  },
  {
    name: "a .env of a base that an annotation names, without a policy",
    given: on(WITH_ENV, undefined),
    expect: { "no-baked-state": "no" },
    why: "The same: only names that nobody else can push to are taken without a policy.",
  },
  {
    name: "a .env above a verified base",
    given: on(WITH_ENV, SOCLE, { files: { "app/.env": `API_URL=${URL}\n` } }),
    expect: { "no-baked-state": "no" },
    why: "1.4: the application's own.",
  },
  {
    name: "a .env in a layer that the annotated base does not have",
    given: on(WITH_ENV, SOCLE, { annotated: imageOf({}), serves: imageOf({}) }),
    expect: { "no-baked-state": "no" },
    why: "The layer lies above the base that the registry confirms.",
  },
  {
    name: "a .env, and the annotated base has other layers",
    given: on(WITH_ENV, SOCLE, { annotated: WITH_LOG, serves: WITH_LOG }),
    expect: { "no-baked-state": "no" },
    why: "The layers are not those of the base that is named.",
  },
  {
    name: "a .env, and the registry does not have the annotated base",
    given: on(WITH_ENV, SOCLE, { serves: WITH_LOG }),
    expect: { "no-baked-state": "no" },
    tells: UNVERIFIED,
    why: "Not confirmed: not verified.",
  },
  ...(
    [
      ["another registry's repository of the same name", "evil.example/socle/java"],
      ["a repository whose name goes on", "registry.example/socle/java-evil"],
      ["a repository below that of the policy", "registry.example/socle/java/evil"],
      ["no name at all", "registry.example/"],
    ] as const
  ).map(([what, claimed]) => ({
    name: `a .env of a base that the image says to be of ${what}`,
    given: on(WITH_ENV, SOCLE, {
      annotations: {
        "org.opencontainers.image.base.digest": manifestOf(WITH_ENV).digest,
        "org.opencontainers.image.base.name": claimed,
      },
    }),
    expect: { "no-baked-state": claimed.endsWith("/") ? ("yes" as const) : ("no" as const) },
    ...(claimed.endsWith("/") ? { trap: true as const } : {}),
    why: "The policy names one repository; what it does not name is not asked for.",
  })),
  {
    name: "a .env in a layer that the base has, above one that it has not",
    given: on(WITH_ENV, SOCLE, {
      from: imageOf({ files: { "opt/x": "" } }),
      files: { "opt/socle/.env": `API_URL=${URL}\n` },
    }),
    expect: { "no-baked-state": "no" },
    why: "The lowest layers are not the base's.",
  },
  {
    name: "a .env of the base that a layer of the application writes anew",
    given: on(WITH_ENV, SOCLE, { files: { "opt/socle/.env": `API_URL=${URL}\n` } }),
    expect: { "no-baked-state": "no" },
    why: "1.4: the application's own file, whatever lay there before.",
  },
  {
    name: "a hard link of the application's to a .env of the base",
    given: on(WITH_ENV, SOCLE, { files: { "app/.env": { hardLink: "opt/socle/.env" } } }),
    expect: { "no-baked-state": "no" },
    why: "1.4: the application gives it a name of its own.",
  },
  {
    name: "a base of no layers",
    given: on(WITH_ENV, SOCLE, { annotated: emptyImage(), serves: emptyImage() }),
    expect: { "no-baked-state": "no" },
    why: "Nothing of it is the image's.",
  },
  {
    name: "a private key in a verified base",
    given: on(WITH_KEY, SOCLE),
    expect: { "no-baked-state": "no" },
    why: "1.4: whoever pulls the image has the key, whoever put it there.",
  },
  {
    name: "the contract's bad example, then CMD, then RUN true",
    given: then(
      below(
        { "etc/myapp/config.yaml": "api: x\n" },
        "ADD ./envs/prod/config.yaml /etc/myapp/config.yaml # buildkit",
      ),
      "RUN /bin/sh -c true # buildkit",
    ),
    expect: { "no-baked-state": "no", "env-config": "no" },
    why: "1.4, its own example: a step behind CMD makes no base image of the rest.",
  },
  {
    name: "COPY . /app with a .env, CMD, RUN chown",
    given: then(below({ "app/.env": `API_URL=${URL}\n` }, "COPY . /app # buildkit")),
    expect: { "no-baked-state": "no", "env-config": "no" },
    why: "1.4: the layer below the last CMD is the application's.",
  },
  {
    name: "config/production.json in a layer of the classic builder, below its CMD",
    given: then(
      below(
        { "app/config/production.json": `{ "api": "${URL}" }\n` },
        "/bin/sh -c #(nop) COPY dir:0a1b in /app ",
        '/bin/sh -c #(nop)  CMD ["/app/server"]',
      ),
      "/bin/sh -c chown -R 1000 /app",
    ),
    expect: { "no-baked-state": "no" },
    why: "1.4.",
  },
  {
    name: "a SQLite database below the last CMD",
    given: then(below(SQLITE, "COPY . /app # buildkit")),
    expect: { "no-baked-state": "no", stateless: "no" },
    why: "1.2: no persistent state in the image.",
  },
  {
    name: "a log of the application below the last CMD",
    given: then(
      below({ "app/logs/app.log": "2026-06-01 10:00:00 INFO started\n" }, "COPY . /app # buildkit"),
    ),
    expect: { "stdout-logs": "no" },
    why: "1.2: it logs to a file, presumably.",
  },
  {
    name: "a build argument of one environment below the last CMD",
    given: then(below({ "app/x": "" }, `RUN |1 VITE_API_URL=${URL} /bin/sh -c npm run build # buildkit`)),
    expect: { "no-baked-state": "no" },
    why: "1.4: one image for all environments.",
  },
  {
    name: "a .env in a layer that a forged label calls the run image's",
    given: { image: labelled(imageOf({ files: { "app/.env": `API_URL=${URL}\n` } })) },
    expect: { "no-baked-state": "no" },
    why: "1.4; anyone can write a label.",
  },
  {
    name: "a .env below two lines of Bazel",
    given: image({
      from: composed("bazel build //base", "bazel build //certs"),
      files: { "app/x": "" },
    }),
    expect: { "no-baked-state": "no" },
    why: "1.4; anyone can write a history.",
  },
  {
    name: "a .env in a layer of apko, below another",
    given: image({ from: composed("apko"), files: { "app/x": "" } }),
    expect: { "no-baked-state": "no" },
    why: "1.4.",
  },
  {
    name: "a .env in an image without a history",
    given: { image: withFields(imageOf({ files: { "app/.env": `API_URL=${URL}\n` } }), { history: [] }) },
    expect: { "no-baked-state": "no" },
    why: "1.4.",
  },
  {
    name: "a Dockerfile image whose label calls every layer the run image's",
    given: {
      image: labelled(imageOf({ files: { "app/x": "" }, config: { Entrypoint: ["/cnb/process/web"] } })),
    },
    expect: { "no-dockerfile": "no" },
    why: "3.3: the topmost step is a Dockerfile's.",
  },
];

/** An image on this base that names it in the builders' annotation, and the registry of the base. */
function on(base: ImageValue, policy: Given["policy"], given: OnBase = {}): Given {
  const { annotated = base, serves = base, ...sketch } = given;
  return {
    ...image({
      from: base,
      files: { "app/x": "" },
      annotations: { "org.opencontainers.image.base.digest": manifestOf(annotated).digest },
      ...sketch,
    }),
    images: { "socle/java": serves },
    policy: policy ?? {},
  };
}

interface OnBase extends ImageSketch {
  /** Image named by the annotation. */
  readonly annotated?: ImageValue;
  /** Image served by the registry. */
  readonly serves?: ImageValue;
}

/** The image with the label of buildpacks, which names the topmost layer of their run image. */
function labelled(value: ImageValue): ImageValue {
  const metadata = JSON.stringify({ runImage: { topLayer: value.layers.at(-1)?.diffId } });
  return withConfig(value, { Labels: { "io.buildpacks.lifecycle.metadata": metadata } });
}
