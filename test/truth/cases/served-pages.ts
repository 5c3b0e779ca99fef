// Rows 7 and 11: pages of an image that name the services of one environment, by a settings file or by the
// build.

import type { Answer } from "../../../src/contract/verdict.ts";
import { zipOf } from "../../fixtures/zip.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, web, withImage } from "../given/folder.ts";
import type { LayerFiles } from "../given/given.ts";
import { image, imageOf } from "../given/image.ts";

const BAKED =
  "1.4: what varies by environment is injected at start; a browser has no variables of the container.";
const SAME = "The same in every environment, or chosen when the page runs.";
const HTML = "usr/share/nginx/html";
const MAIN = `${HTML}/assets/index-B7x1.js`;
const RECETTE = 'const a="https://api.recette.corp.fr/v1";fetch(a);';

export const cases: Cases = [
  served(`${HTML}/assets/env.js`, "window.env = { API_URL: 'https://api.recette.corp.fr' };", "no"),
  served(`${HTML}/config.js`, 'window.CONFIG = {"apiUrl":"https://api.recette.corp.fr/v1"};', "no"),
  served(`${HTML}/assets/config.json`, '{"apiUrl": "https://api.preprod.corp.fr/v1"}', "no"),
  served("app/dist/env.js", "window.__env = { apiUrl: 'https://api.corp.fr', env: 'recette' };", "no"),
  served(MAIN, RECETTE, "no"),
  served("srv/app/static/main.js", 'axios.create({baseURL:"https://api.staging.corp.fr"})', "no"),
  served(MAIN, 'const e={BASE_URL:"/",DEV:!1,MODE:"recette",PROD:!0,SSR:!1};', "no"),
  served(`${HTML}/index.html`, '<script>window.CONFIG={api:"https://api.pprd.corp.fr"}</script>', "no"),
  served(MAIN, `${"x();".repeat(400_000)}${RECETTE}`, "no", "a bundle of 1.6 MB"),
  served(
    "app/app.jar",
    zipOf([{ name: "BOOT-INF/classes/static/main.js", content: RECETTE }]),
    "no",
    "a bundle in the application's jar",
  ),

  served(`${HTML}/assets/env.js`, "window.env = { API_URL: '${API_URL}' };", "yes"),
  served(`${HTML}/assets/env.js`, "window.env = { API_URL: '/api', title: 'Portail' };", "yes"),
  served(
    `${HTML}/config.json`,
    '{"apiUrl": "http://localhost:8080", "geoUrl": "https://geo.api.gouv.fr"}',
    "yes",
  ),
  served(`${HTML}/config.json`, '{"apiUrl": "https://api.corp.fr/v1"}', "yes"),
  served(`${HTML}/config.js`, "// apiUrl: 'https://api.recette.corp.fr'\nwindow.CONFIG = {};", "yes"),
  served(MAIN, 'const a="https://api.corp.fr",b="https://geo.api.gouv.fr";', "yes"),
  served(MAIN, 'const a=window.env.API_URL||"https://api.recette.corp.fr";', "yes"),
  served(MAIN, 'const a=h?"https://api.recette.corp.fr":"https://api.corp.fr";', "yes"),
  served(MAIN, '{production:"https://production.plaid.com",sandbox:"https://sandbox.plaid.com"}', "yes"),
  served(MAIN, 'const u={basePath:"https://api.staging.stripe.com"};', "yes"),
  served(MAIN, 'fetch("/config.json").then(c=>start(c.apiUrl));', "yes"),
  served(MAIN, 'const e={BASE_URL:"/",DEV:!1,MODE:"production",PROD:!0,SSR:!1};', "yes"),
  served(`${MAIN}.map`, `{"sourcesContent":["const a = 'https://api.recette.corp.fr';"]}`, "yes"),
  served("app/node_modules/sdk/dist/index.js", RECETTE, "yes"),
  served("app/docs/index.html", `<pre>${RECETTE}</pre>`, "yes"),
  served("app/README.md", RECETTE, "yes"),
  served(`${HTML}/index.html`, '<a href="https://portail.recette.corp.fr">Recette</a>', "yes"),
  {
    name: "env.js of the image with its template beside",
    given: image({
      files: {
        [`${HTML}/env.js`]: "window.env = { API_URL: 'https://api.recette.corp.fr' };",
        [`${HTML}/env.template.js`]: "window.env = { API_URL: '${API_URL}' };",
      },
    }),
    expect: { "no-baked-state": "yes" },
    trap: true,
    why: "A start script writes it.",
  },
  mounted(`/${HTML}/config.json`, "yes"),
  mounted(`/${HTML}/other.json`, "no"),
];

function served(path: string, content: LayerFiles[string], answer: Answer, title?: string): Case {
  const shown = title ?? (typeof content === "string" ? content.replaceAll("\n", " ⏎ ") : "bytes");
  return {
    name: `/${path}: ${shown}`,
    given: image({ files: { [path]: content } }),
    expect: { "no-baked-state": answer, ...(answer === "no" ? { "env-config": answer } : {}) },
    ...(answer === "no" ? {} : { trap: true }),
    why: answer === "no" ? BAKED : SAME,
  };
}

function mounted(mountPath: string, answer: Answer): Case {
  const container = { volumeMounts: [{ name: "page", mountPath, subPath: "page.json" }] };
  const pod = { volumes: [{ name: "page", configMap: { name: "page" } }] };
  return {
    name: `config.json of the image, a ConfigMap mounted at ${mountPath}`,
    given: withImage(
      manifests(web(container, pod)),
      imageOf({ files: { [`${HTML}/config.json`]: '{"apiUrl": "https://api.recette.corp.fr"}' } }),
    ),
    expect: { "no-baked-state": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why: answer === "no" ? BAKED : "The platform mounts each environment's own over it.",
  };
}
