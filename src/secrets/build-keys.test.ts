import { describe, expect, test } from "vitest";
import { HEX, noise } from "../../test/fixtures/secrets.ts";
import { withBuildKeys } from "./build-keys.ts";
import { scanFile } from "./scan.ts";
import { ScannedText } from "./scanned-text.ts";

const [SIGNING, ENCRYPTION] = [noise(64, HEX), [...noise(64, HEX)].toReversed().join("")];
const AES = `${noise(43)}=`;
const PREVIEW = `"preview": {
    "previewModeId": "${noise(32, HEX)}",
    "previewModeSigningKey": "${SIGNING}",
    "previewModeEncryptionKey": "${ENCRYPTION}"
  }`;
const PRERENDER = `{ "version": 4, "routes": {}, "dynamicRoutes": {}, "notFoundRoutes": [], ${PREVIEW} }`;
const MIDDLEWARE = `{
  "version": 3,
  "middleware": { "/": { "files": [], "env": {
    "__NEXT_BUILD_ID": "abc",
    "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY": "${AES}",
    "__NEXT_PREVIEW_MODE_ID": "${noise(32, HEX)}",
    "__NEXT_PREVIEW_MODE_ENCRYPTION_KEY": "${ENCRYPTION}",
    "__NEXT_PREVIEW_MODE_SIGNING_KEY": "${SIGNING}"
  } } },
  "functions": {},
  "sortedMiddleware": ["/"]
}`;
/** Manifest written by Turbopack. */
const AT_THE_EDGE = MIDDLEWARE.replace("sortedMiddleware", "sorted_middleware");
const ACTIONS = { node: { "40af": { workers: {} } }, edge: {}, encryptionKey: AES };
const ACTIONS_JS = `self.__RSC_SERVER_MANIFEST=${JSON.stringify(JSON.stringify(ACTIONS, undefined, 2))}`;
const [PREVIEW_KEY, ACTION_KEY] = ["next-preview-key", "next-action-key"];

function kinds(path: string, content: string): readonly string[] {
  return scanFile(path, Buffer.from(content)).map(({ kind }) => kind);
}

describe("what `next build` wrote at its own place is known as such", () => {
  test.each<[string, string, readonly string[]]>([
    ["/app/.next/prerender-manifest.json", PRERENDER, [PREVIEW_KEY, PREVIEW_KEY]],
    ["/app/apps/web/.next/prerender-manifest.json", PRERENDER, [PREVIEW_KEY, PREVIEW_KEY]],
    ["/app/build/prerender-manifest.json", PRERENDER, [PREVIEW_KEY, PREVIEW_KEY]],
    ["/app/.next/server/preview-props.json", `{ ${PREVIEW.slice(11)} }`, [PREVIEW_KEY, PREVIEW_KEY]],
    ["/app/.next/server/middleware-manifest.json", MIDDLEWARE, [ACTION_KEY, PREVIEW_KEY, PREVIEW_KEY]],
    [
      "/app/.next/server/app/api/edge/route/middleware-manifest.json",
      AT_THE_EDGE,
      [ACTION_KEY, PREVIEW_KEY, PREVIEW_KEY],
    ],
    ["/app/.next/server/server-reference-manifest.json", JSON.stringify(ACTIONS), [ACTION_KEY]],
  ])("%s", (path, content, expected) => {
    expect(kinds(path, content)).toEqual(expected);
  });

  // Other tests cover names of secrets in code; here only the kind matters.
  test.each<[string, string]>([
    ["/app/.next/server/server-reference-manifest.js", ACTIONS_JS],
    ["/app/.next/cache/.previewinfo", `{ ${PREVIEW}, "expireAt": 1 }`],
    ["/app/.next/cache/.rscinfo", `{"encryption.key":"${AES}","encryption.expire_at":1}`],
  ])("%s, where it is looked for at all", (path, content) => {
    const start = content.indexOf(path.endsWith(".previewinfo") ? SIGNING : AES);
    const value = content.slice(start, start + (path.endsWith(".previewinfo") ? 64 : 44));
    const span = {
      kind: "named-secret",
      confidence: "likely",
      start,
      end: start + value.length,
      value,
    } as const;
    const [known] = withBuildKeys(new ScannedText(() => content, path), [span]);
    expect(known?.kind).toBe(path.endsWith(".previewinfo") ? PREVIEW_KEY : ACTION_KEY);
    expect(kinds(path, content)).not.toContain("named-secret");
  });

  test("of Rails, the secret of precompiling", () => {
    expect(kinds("/rails/tmp/local_secret.txt", noise(128, HEX))).toEqual(["rails-local-secret"]);
  });
});

const AWS = "Zk9Lx1Vt4Wm2Ks7Yp3Hd6Nc5Bg0Jf8Ua4Er1TiQq";

describe("anything else stays a secret", () => {
  test.each<[string, string, string, readonly string[]]>([
    [
      "the same JSON under another name",
      "/app/config/keys.json",
      PRERENDER,
      ["named-secret", "named-secret"],
    ],
    [
      "another key of the same file",
      "/app/.next/prerender-manifest.json",
      PRERENDER.replace('"routes"', `"sessionSecret": "${SIGNING.slice(1)}", "routes"`),
      ["named-secret", PREVIEW_KEY, PREVIEW_KEY],
    ],
    [
      "the framework's name with a value of another form",
      "/app/.next/prerender-manifest.json",
      PRERENDER.replace(SIGNING, "Hiver2024!Portail"),
      ["named-secret", PREVIEW_KEY],
    ],
    [
      "a file of that name that is no manifest",
      "/app/prerender-manifest.json",
      `{ "previewModeSigningKey": "${SIGNING}" }`,
      ["named-secret"],
    ],
    [
      "the action key in a file of another",
      "/app/.next/server/middleware-manifest.json",
      `{ "functions": {}, "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY": "${AES}" }`,
      ["named-secret"],
    ],
    [
      "a key of AWS in the place of the framework's",
      "/app/.next/server/server-reference-manifest.json",
      `{"node":{},"edge":{},"accessKeyId":"AKIA2E7HQ4XN5T6WZL3B","encryptionKey":"${AWS}"}`,
      ["aws-access-key"],
    ],
    ["Rails' master key", "/rails/config/master.key", noise(32, HEX), ["named-secret"]],
    ["another secret of Rails", "/rails/tmp/session_secret.txt", noise(128, HEX), ["named-secret"]],
  ])("%s", (_, path, content, expected) => {
    expect(kinds(path, content)).toEqual(expected);
  });
});
