// Row 7: keys that a framework's own build draws and writes into its own files. Forms as Next.js 15.5 and 16.4 write them.

import { HEX, KEY, noise } from "../../fixtures/secrets.ts";
import type { Cases } from "../case.ts";
import { bakedTogether } from "../given/baked.ts";

const [SIGNING, ENCRYPTION] = [noise(64, HEX), [...noise(64, HEX)].toReversed().join("")];
const ACTIONS = `${noise(43)}=`;
const PREVIEW = {
  previewModeId: noise(32, HEX),
  previewModeSigningKey: SIGNING,
  previewModeEncryptionKey: ENCRYPTION,
};
const PRERENDER = { version: 4, routes: {}, dynamicRoutes: {}, notFoundRoutes: [], preview: PREVIEW };
const ENV = {
  __NEXT_BUILD_ID: noise(21),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: ACTIONS,
  __NEXT_PREVIEW_MODE_ID: PREVIEW.previewModeId,
  __NEXT_PREVIEW_MODE_SIGNING_KEY: SIGNING,
  __NEXT_PREVIEW_MODE_ENCRYPTION_KEY: ENCRYPTION,
};
const MIDDLEWARE = { version: 3, middleware: { "/": { env: ENV } }, functions: {}, sortedMiddleware: ["/"] };
const REFERENCES = { node: { [noise(42, HEX)]: { workers: {} } }, edge: {}, encryptionKey: ACTIONS };
const NEXT_15 = {
  "app/.next/prerender-manifest.json": JSON.stringify(PRERENDER, undefined, 2),
  "app/.next/server/middleware-manifest.json": JSON.stringify(MIDDLEWARE, undefined, 2),
  "app/.next/server/server-reference-manifest.json": JSON.stringify(REFERENCES),
};
const AT_THE_EDGE = { version: 3, sorted_middleware: [], functions: { "/api/edge/route": { env: ENV } } };
const NEXT_16 = {
  ...NEXT_15,
  "app/.next/server/app/api/edge/route/middleware-manifest.json": JSON.stringify(AT_THE_EDGE, undefined, 2),
  "app/.next/server/preview-props.json": JSON.stringify(PREVIEW, undefined, 2),
  "app/.next/server/server-reference-manifest.js": `self.__RSC_SERVER_MANIFEST=${JSON.stringify(JSON.stringify(REFERENCES, undefined, 2))}`,
};

const DRAWN =
  "The framework draws these keys at every build, and no author can keep them out: a note with how to replace them from outside.";
const PUT = "The framework writes none of this: somebody put it there.";

export const cases: Cases = [
  bakedTogether("Next.js 15, standalone", NEXT_15, "yes", DRAWN),
  bakedTogether("Next.js 16, standalone", NEXT_16, "yes", DRAWN),
  bakedTogether(
    "Next.js in a monorepo, with a build folder of another name",
    Object.fromEntries(
      Object.entries(NEXT_16).map(([path, content]) => [
        path.replace("app/.next", "app/apps/web/build"),
        content,
      ]),
    ),
    "yes",
    DRAWN,
  ),
  bakedTogether(
    "Rails, precompiled with SECRET_KEY_BASE_DUMMY",
    { "rails/tmp/local_secret.txt": noise(128, HEX) },
    "yes",
    "Rails draws it where it precompiles, and reads it in development and tests alone.",
  ),
  bakedTogether(
    "the same object in a file of the application's",
    { "app/config/keys.json": JSON.stringify(PRERENDER) },
    "no",
    PUT,
  ),
  bakedTogether(
    "another secret in the framework's file",
    {
      ...NEXT_16,
      "app/.next/prerender-manifest.json": JSON.stringify({ ...PRERENDER, sessionSecret: noise(40) }),
    },
    "no",
    PUT,
  ),
  bakedTogether(
    "a password under the framework's name",
    {
      "app/.next/server/preview-props.json": JSON.stringify({
        ...PREVIEW,
        previewModeSigningKey: "Hiver2024!Portail",
      }),
    },
    "no",
    PUT,
  ),
  bakedTogether(
    "a private key in the framework's file",
    { "app/.next/server/preview-props.json": JSON.stringify({ ...PREVIEW, previewModeEncryptionKey: KEY }) },
    "no",
    PUT,
  ),
  bakedTogether(
    "a key of AWS in a file named like the framework's",
    {
      "app/prerender-manifest.json": JSON.stringify({
        ...PRERENDER,
        aws: {
          accessKeyId: "AKIA2E7HQ4XN5T6WZL3B",
          secretAccessKey: "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",
        },
      }),
    },
    "no",
    PUT,
  ),
  bakedTogether(
    "a file of that name that is no manifest",
    { "app/prerender-manifest.json": JSON.stringify({ previewModeSigningKey: SIGNING }) },
    "no",
    PUT,
  ),
  bakedTogether(
    "Rails' master key",
    { "rails/config/master.key": noise(32, HEX), "rails/tmp/local_secret.txt": noise(128, HEX) },
    "no",
    "It opens the credentials of every environment.",
  ),
];
