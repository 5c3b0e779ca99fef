import { expect, test } from "vitest";
import { DEPS_JSON } from "./deps-json.ts";
import { NUGET_PACKAGES } from "./nuget-packages.ts";

test("the runtime that a self-contained program brings, by NuGet's name and Bitnami's", () => {
  const libraries = {
    "web/1.0.0": { type: "project" },
    "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1": { type: "runtimepack" },
    "runtimepack.Microsoft.AspNetCore.App.Runtime.linux-musl-x64/8.0.1": { type: "runtimepack" },
    "runtimepack.constructor.Runtime.x/1": { type: "runtimepack" },
  };
  const bytes = Buffer.from(JSON.stringify({ libraries }));
  expect(DEPS_JSON.packages({ path: "/app/web.deps.json", bytes })).toEqual([
    { type: "nuget", name: "Microsoft.NETCore.App.Runtime.linux-x64", version: "8.0.1" },
    { type: "generic", name: "dotnet", version: "8.0.1" },
    { type: "nuget", name: "Microsoft.AspNetCore.App.Runtime.linux-musl-x64", version: "8.0.1" },
    { type: "generic", name: "aspnet-core", version: "8.0.1" },
    { type: "nuget", name: "constructor.Runtime.x", version: "1" },
  ]);
});

const PATH = "/root/.nuget/packages/newtonsoft.json/13.0.1/newtonsoft.json.nuspec";
const nuspec = (metadata: string) =>
  Buffer.from(`\ufeff<?xml version="1.0"?>\n<package><metadata>${metadata}</metadata></package>`);

test("NuGet's own folder", () => {
  const stated = (metadata: string) => NUGET_PACKAGES.packages({ path: PATH, bytes: nuspec(metadata) });
  expect(
    stated(
      '<id>Newtonsoft.Json</id><version>13.0.1</version><license type="expression">MIT</license><dependencies><dependency id="x"/></dependencies>',
    ),
  ).toEqual([{ type: "nuget", name: "Newtonsoft.Json", version: "13.0.1", licenses: ["MIT"] }]);
  expect(stated("<id> Newtonsoft.Json </id>")).toEqual([
    { type: "nuget", name: "Newtonsoft.Json", version: "13.0.1" },
  ]);
  expect(() => stated("<id>Other</id>")).toThrow("another id");
  expect(() => stated("<id>Newtonsoft.Json")).toThrow("another id");
  expect(() => stated("")).toThrow("another id");
});

test.each([
  [PATH, true],
  ["/app/packages/newtonsoft.json/13.0.1/Newtonsoft.Json.nuspec", true],
  ["/app/newtonsoft.json/newtonsoft.json.nuspec", false],
  ["/app/newtonsoft.json/13.0.1/other.nuspec", false],
])("%s: %s", (path, reads) => {
  expect(NUGET_PACKAGES.reads(path)).toBe(reads);
});
