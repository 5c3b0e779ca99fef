import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { type ImageSketch, imageFacts } from "../../../test/fixtures/image-facts.ts";
import { packageStart } from "../../../test/fixtures/start-script.ts";
import { exits, trialFacts } from "../../../test/fixtures/trial-facts.ts";
import { neededMounts } from "./1.2-needed-mounts.ts";

function mounts(sketch: ImageSketch): readonly string[] {
  const outcome = checkRule(neededMounts, {
    image: imageFacts(sketch),
  });
  expect(outcome.status).toBe("pass");
  return (outcome.notes ?? []).map(({ fingerprint }) => fingerprint.replace("1.2-needed-mounts:", ""));
}

test("a VOLUME that would hide the program, also where its own file was not found", () => {
  const image = imageFacts({
    config: { volumes: ["/app", "/data"], cmd: ["node", "server.js"], workingDir: "/app" },
    steps: [{ name: "node" }],
  });
  const remedies = (checkRule(neededMounts, { image }).notes ?? []).map(({ remedy }) => remedy?.en);
  expect(remedies).toEqual([
    expect.stringContaining("Remove this VOLUME from the Dockerfile"),
    "Mount an emptyDir volume at /data in the manifest.",
  ]);
});

test("Next.js keeps its cache in .next/cache", () => {
  expect(mounts({ files: [{ path: "/app/.next/BUILD_ID" }] })).toEqual(["/app/.next/cache"]);
  expect(mounts({ files: [{ path: "/app/.next/BUILD_ID", hidden: true }] })).toEqual([]);
});

describe("nginx", () => {
  const config = { cmd: ["nginx", "-g", "daemon off;"] };
  const path = "/etc/nginx/nginx.conf";

  test("needs its cache and pid by default", () => {
    expect(mounts({ config, files: [{ path, content: "pid /run/nginx.pid;\n# pid /tmp/x;" }] })).toEqual([
      "/var/cache/nginx",
      "/run",
    ]);
  });

  test("keeps its files where its packages put them", () => {
    const [own, official] = [
      { path: "/var/lib/nginx", type: "directory" },
      { path: "/var/cache/nginx", type: "directory" },
    ] as const;
    const at = (...files: readonly (typeof own | typeof official)[]) =>
      mounts({ config, files: [{ path, content: "pid /tmp/x;" }, ...files] });
    expect(at(own)).toEqual(["/var/lib/nginx"]);
    expect(at(own, official)).toEqual(["/var/cache/nginx"]);
  });

  test("that came up on trial has shown what it writes", () => {
    const image = imageFacts({ config: { ...config, volumes: ["/data"] }, files: [{ path, content: "" }] });
    const notes = (trial: ReturnType<typeof trialFacts>) =>
      checkRule(neededMounts, { image, trial }).notes?.map(({ fingerprint }) => fingerprint);
    expect(notes(trialFacts({}))).toEqual(["1.2-needed-mounts:/data"]);
    expect(notes(trialFacts({ "read-only": exits(1), writable: exits(1) }))).toHaveLength(3);
  });

  test("also where a package's script starts it, and a site says where its files go", () => {
    const tmp = "pid /tmp/nginx.pid; client_body_temp_path /tmp/client_temp;";
    const site = { path: "/etc/nginx/sites-enabled/app", content: tmp.replaceAll("; ", ";\n") };
    const notes = (files: readonly (typeof site)[]) =>
      checkRule(neededMounts, { image: packageStart("nginx -g 'daemon off;'", files) }).notes;
    expect(notes([])).toHaveLength(2);
    expect(notes([site])).toHaveLength(0);
  });

  test("trap: nginx-unprivileged keeps both in /tmp", () => {
    const content = "pid /tmp/nginx.pid;\nhttp {\n client_body_temp_path /tmp/client_temp;\n}";
    expect(mounts({ config, files: [{ path, content }] })).toEqual([]);
  });

  test("renders templates into conf.d", () => {
    const content = "pid /tmp/nginx.pid;\nclient_body_temp_path /tmp/c;";
    const files = [{ path, content }, { path: "/etc/nginx/templates/default.conf.template" }];
    expect(mounts({ config, files })).toEqual(["/etc/nginx/conf.d"]);
  });
});

test("a VOLUME has to be a mount", () => {
  expect(mounts({ config: { volumes: ["/data"] } })).toEqual(["/data"]);
});
