import { expect, test } from "vitest";
import { healthEndpoint } from "./healthcheck.ts";

test.each([
  [["CMD-SHELL", "curl -fsS http://localhost:3000/health || exit 1"], "HTTP 3000 /health"],
  [["CMD", "wget", "-q", "--spider", "http://127.0.0.1:8080/ready?full=1"], "HTTP 8080 /ready?full=1"],
  [["CMD", "/usr/bin/curl", "-f", "https://[::1]:8443/"], "HTTPS 8443 /"],
  [["CMD-SHELL", 'curl --fail "http://localhost/status"'], "HTTP 80 /status"],
  [["CMD-SHELL", "wget -qO- http://0.0.0.0:5000 | grep ok"], "HTTP 5000 /"],
  [["CMD", "curl", "http://localhost:80?a"], "HTTP 80 /?a"],
])("%j asks %s", (healthcheck, says) => {
  const { scheme, port, path } = healthEndpoint({ healthcheck }) ?? {};
  expect(`${scheme} ${port} ${path}`).toBe(says);
});

test.each([
  [undefined],
  [["NONE"]],
  [["CMD", "node", "healthcheck.js"]],
  [["CMD-SHELL", "curl http://localhost:$PORT/health"]],
  [["CMD-SHELL", "curl http://localhost:3000/$PATH_OF_HEALTH"]],
  [["CMD-SHELL", "curl http://api.example:3000/health"]],
  [["CMD-SHELL", "echo http://localhost:3000/health"]],
  [["CMD-SHELL", "pg_isready -h localhost"]],
  [["CMD", "curl", "http://localhost:99999/"]],
  [["CMD", "curl", "http://localhost:80/health?token=ghp_…(40)"]],
  [["CMD", "curl", "http://localhost.example:80/"]],
  [["CMD-SHELL", `curl ${"x".repeat(3_000)} http://localhost/`]],
])("%j names no endpoint", (healthcheck) => {
  expect(healthEndpoint(healthcheck === undefined ? {} : { healthcheck })).toBeUndefined();
});
