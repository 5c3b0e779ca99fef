// What lies in a base image. Only a base that was verified is one: what an image says of itself is a guess.

import { type ImageValue, withConfig, withFields } from "../../fixtures/image/image.ts";
import type { Cases } from "../case.ts";
import type { Given, LayerFiles } from "../given/given.ts";
import { image, imageOf } from "../given/image.ts";

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

export const cases: Cases = [
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

/** With the label of buildpacks, which names the topmost layer as their run image's. */
function labelled(value: ImageValue): ImageValue {
  const metadata = JSON.stringify({ runImage: { topLayer: value.layers.at(-1)?.diffId } });
  return withConfig(value, { Labels: { "io.buildpacks.lifecycle.metadata": metadata } });
}
