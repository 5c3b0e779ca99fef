import { describe, expect, test } from "vitest";
import { NOTHING } from "../../../archives/content/content-sink.ts";
import { type Inlined, isBundle } from "./inlined-environment.ts";
import { InlinedSearch } from "./inlined-search.ts";

function inlined(text: string): readonly string[] {
  const found: Inlined[] = [];
  new InlinedSearch(NOTHING, (one) => found.push(one)).whole(Buffer.from(text));
  return found.map(({ kind, value }) => `${kind} ${value}`);
}

function inPieces(text: string, size: number): readonly string[] {
  const found: Inlined[] = [];
  const search = new InlinedSearch(NOTHING, (one) => found.push(one));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) search.push(bytes.subarray(at, at + size));
  search.end();
  return found.map(({ kind, value }) => `${kind} ${value}`);
}

const VITE = 'const e={BASE_URL:"/",DEV:!1,MODE:"recette",PROD:!0,SSR:!1};';

describe("a bundle that was built for one environment", () => {
  test.each([
    ['const a="https://api.recette.corp.fr/v1";', "host api.recette.corp.fr"],
    ["const a='wss://push-pprd.corp.fr';", "host push-pprd.corp.fr"],
    ["const a=`https://API.Recette.corp.fr/`;", "host api.recette.corp.fr"],
    ['axios.create({baseURL:"https://api.staging.corp.fr"})', "host api.staging.corp.fr"],
    ['{"apiUrl": "https://api.prod.corp.fr"}', "host api.prod.corp.fr"],
    ['fetch("https://api-uat.corp.fr/x")', "host api-uat.corp.fr"],
    ['<meta name="api-url" content="https://api.recette.corp.fr">', "host api.recette.corp.fr"],
    [
      '// the services\nconst a="https://geo.api.gouv.fr",b="https://api.rct.corp.fr"',
      "host api.rct.corp.fr",
    ],
    [VITE, "mode recette"],
    ['import_meta.env={"MODE": "preprod", "PROD": true}', "mode preprod"],
    ['var a={VITE_MODE:"recette"}', "mode recette"],
    ['var a={VITE_APP_MODE:"portail-recette"}', "mode portail-recette"],
  ])("%s: %s", (text, expected) => {
    expect(inlined(text)).toEqual([expected]);
    for (const size of [1, 7, 64, 1_000]) expect(inPieces(text, size)).toEqual([expected]);
  });

  test("far from the beginning, across pieces", () => {
    const text = `${"x".repeat(5_000)};const a="https://api.recette.corp.fr";${"y".repeat(5_000)}${VITE}`;
    const expected = ["host api.recette.corp.fr", "mode recette"];
    for (const size of [100, 255, 256, 257, 5_010, 5_025]) expect(inPieces(text, size)).toEqual(expected);
  });

  test("once, however often", () => {
    expect(inlined('a="https://api.recette.corp.fr/a",b="https://api.recette.corp.fr/b"')).toHaveLength(1);
    expect(inlined('// "https://api.recette.corp.fr"\nb="https://api.recette.corp.fr"')).toHaveLength(1);
  });
});

describe("says nothing of one environment", () => {
  test.each([
    'const a="https://api.corp.fr",b="https://geo.api.gouv.fr",c="/api";',
    'const a="https://docs.preprod.example.org",b="https://api.recette.test";',
    'const a="https://production.example-sdk.com",b={staging:"https://staging.example-sdk.com"};',
    '{production:"https://production.plaid.com",sandbox:"https://sandbox.plaid.com"}',
    'const a=h==="recette"?"https://api.recette.corp.fr":"https://api.corp.fr";',
    'const a={dev:"https://api-dev.corp.fr",rec:"https://api-recette.corp.fr"};',
    'const a=window.env.API_URL||"https://api.recette.corp.fr";',
    'const a = process.env.API_URL ?? "https://api.recette.corp.fr";',
    '// const a="https://api.recette.corp.fr";',
    'const a=1; // "https://api.recette.corp.fr"',
    '/**\n * @example f("https://api.recette.corp.fr")\n */',
    "<p>See https://api.recette.corp.fr for tests.</p>",
    '<a href="https://portail.recette.corp.fr">Recette</a>',
    'h("a",{href:"https://portail.recette.corp.fr"})',
    'const a=`https://api.${e}.corp.fr`,b="https://"+h;',
    'const a="https://localhost:8080",b="http://127.0.0.1",c="https://";',
    'const e={BASE_URL:"/",DEV:!1,MODE:"production",PROD:!0,SSR:!1};',
    'const e={BASE_URL:"/",DEV:!0,MODE:"development",PROD:!1};',
    'const crypto={MODE:"staging"};',
    'const a={MODE:recette,PROD:!0},b="MODE";',
    "",
  ])("%s", (text) => {
    expect(inlined(text)).toEqual([]);
    expect(inPieces(text, 5)).toEqual([]);
  });

  test("beyond the hosts that are looked at", () => {
    const hosts = Array.from({ length: 1_000 }, (_, index) => `"https://h${index}.corp.fr"`).join();
    expect(inlined(`${hosts},"https://api.recette.corp.fr"`)).toEqual([]);
  });
});

test.each([
  ["/a/main.js", true],
  ["/a/main.mjs", true],
  ["/a/server.cjs", true],
  ["/a/index.html", true],
  ["/a/main.js.map", false],
  ["/a/main.ts", false],
  ["/a/README.md", false],
])("%s may be a bundle: %s", (path, expected) => {
  expect(isBundle(path)).toBe(expected);
});
