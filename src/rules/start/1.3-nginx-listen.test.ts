import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { type FileSketch, imageFacts } from "../../../test/fixtures/image-facts.ts";
import { packageStart } from "../../../test/fixtures/start-script.ts";
import { nginxListen } from "./1.3-nginx-listen.ts";

const MAIN = { path: "/etc/nginx/nginx.conf", content: "http { include /etc/nginx/conf.d/*.conf; }" };

function check(content: string, more: readonly FileSketch[] = [], cmd = ["nginx", "-g", "daemon off;"]) {
  const files = [MAIN, { path: "/etc/nginx/conf.d/default.conf", content }, ...more];
  return checkRule(nginxListen, { image: imageFacts({ config: { cmd }, files }) });
}

test.each([
  "server { listen 127.0.0.1:8080; }",
  "server {\n  listen localhost:80;\n  listen [::1]:80;\n}",
  "server { listen 127.0.0.1:80; }\nserver { listen unix:/tmp/x; listen 127.0.0.1:81; }",
])("presumed, every listen is loopback: %j", (content) => {
  expect(check(content)).toMatchObject({
    status: "fail",
    presumed: true,
    findings: [{ at: { path: "/etc/nginx/conf.d/default.conf" } }],
  });
});

test("presumed of a site of Debian's, and of an nginx that a package's script starts", () => {
  const site = { path: "/etc/nginx/sites-enabled/app", content: "server { listen 127.0.0.1:80; }" };
  expect(check("", [site])).toMatchObject({ status: "fail", findings: [{ at: { path: site.path } }] });
  const started = packageStart("nginx -g 'daemon off;'", [site]);
  expect(checkRule(nginxListen, { image: started }).status).toBe("fail");
});

describe("fine", () => {
  test.each([
    "server { listen 8080; }",
    "server { listen [::]:8080; }",
    "server { server_name x; }",
    "server { listen 127.0.0.1:8081; location /status {} }\nserver { listen 80; }",
    "server { listen 127.0.0.1:81; }\nserver { location / {} }",
    "server { # listen 127.0.0.1:80;\n listen 80; }",
    "server { listen unix:/tmp/x; }",
  ])("%j", (content) => {
    expect(check(content).status).toBe("pass");
  });
});

describe("nothing to judge", () => {
  test("trap: templates are rendered at start", () => {
    const template = { path: "/etc/nginx/templates/default.conf.template" };
    expect(check("server { listen 127.0.0.1:80; }", [template]).status).toBe("n/a");
    expect(check("server { listen 127.0.0.1:80; }", [{ ...template, hidden: true }]).status).toBe("fail");
  });

  test("another program, no server, files that nginx does not include", () => {
    expect(check("server { listen 127.0.0.1:80; }", [], ["node", "x.js"]).status).toBe("n/a");
    expect(check("upstream x { server 127.0.0.1:80; }").status).toBe("n/a");
    const files = [
      { path: "/etc/nginx/snippets/x.conf", content: "server { listen 127.0.0.1:80; }" },
      { path: "/etc/nginx/conf.d/a.conf", content: "server { listen 127.0.0.1:80; }", hidden: true as const },
      { path: "/etc/nginx/conf.d/b.conf" },
    ];
    expect(checkRule(nginxListen, { image: imageFacts({ config: { cmd: ["nginx"] }, files }) }).status).toBe(
      "n/a",
    );
  });
});
