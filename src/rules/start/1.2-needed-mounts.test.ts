import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { type ImageSketch, imageFacts } from "../../../test/fixtures/image-facts.ts";
import { neededMounts } from "./1.2-needed-mounts.ts";

function mounts(sketch: ImageSketch): readonly string[] {
  const outcome = checkRule(neededMounts, {
    image: imageFacts(sketch),
  });
  expect(outcome.status).toBe("pass");
  return (outcome.notes ?? []).map(({ fingerprint }) => fingerprint.replace("1.2-needed-mounts:", ""));
}

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
