import { describe, expect, test } from "vitest";
import { checkedToken, KEY, noise } from "../../test/fixtures/secrets.ts";
import { workloadFacts } from "../../test/fixtures/workload-facts.ts";
import { LIMITS } from "../contract/limits.ts";
import type { ContainerFacts } from "../contract/pod-facts.ts";
import { storedWorkload, workloadFactsSchema } from "../evidence/schemas/workload-schema.ts";
import { maskWorkload } from "./workload.ts";

const TOKEN = checkedToken("ghp_");
const PASSWORD = noise(20);
const AT = "spec.template.spec.containers[0]";

function masked(container: ContainerFacts, facts = {}) {
  return maskWorkload(workloadFacts({ containers: [{ name: "web", ...container }], facts }));
}

describe("a literal secret is found and masked", () => {
  const exec = (...command: readonly string[]) => ({ exec: { command } });
  const holds = [{ name: "GH", value: TOKEN }];
  test.each<[string, ContainerFacts, string, string]>([
    ["by its content in a variable", { env: holds }, "env[0].value", "GH"],
    [
      "by the variable's name",
      { env: [{}, { name: "DB_PASSWORD", value: PASSWORD }] },
      "env[1].value",
      "DB_PASSWORD",
    ],
    [
      "in a URL",
      { env: [{ name: "DSN", value: `postgres://u:${PASSWORD}@db.prod.fr/x` }] },
      "env[0].value",
      "DSN",
    ],
    ["in args, as one word", { args: ["x", `--password=${PASSWORD}`] }, "args[1]", "args"],
    ["in args, as two", { args: ["--password", PASSWORD] }, "args[1]", "args"],
    ["in a shell command", { command: ["sh", "-c", `PGPASSWORD=${PASSWORD} psql`] }, "command[2]", "command"],
    [
      "in a probe",
      { readinessProbe: exec("redis-cli", `--password=${PASSWORD}`) },
      "readinessProbe.exec.command[1]",
      "readinessProbe.exec.command",
    ],
    [
      "in a hook",
      { lifecycle: { preStop: exec("stop", TOKEN) } },
      "lifecycle.preStop.exec.command[1]",
      "lifecycle.preStop.exec.command",
    ],
    [
      "in another hook",
      { lifecycle: { postStart: exec(TOKEN) } },
      "lifecycle.postStart.exec.command[0]",
      "lifecycle.postStart.exec.command",
    ],
    [
      "in a probe's path",
      { livenessProbe: { httpGet: { path: `/health?token=${PASSWORD}` } } },
      "livenessProbe.httpGet.path",
      "livenessProbe",
    ],
    [
      "in a startup probe's path",
      { startupProbe: { httpGet: { path: `/health?token=${PASSWORD}` } } },
      "startupProbe.httpGet.path",
      "startupProbe",
    ],
  ])("%s", (_, container, path, name) => {
    const facts = masked(container);
    expect(facts.secrets).toMatchObject([{ path: `${AT}.${path}`, name }]);
    const text = JSON.stringify(facts);
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain(PASSWORD);
  });

  test.each([
    ["db-postgresql:5432", "url-password"],
    ["redis", "url-password"],
    ["localhost:5432", "local-url-password"],
    ["127.0.0.1", "local-url-password"],
    ["[::1]:5432", "local-url-password"],
  ])("in a URL to %s: %s", (host, kind) => {
    const { secrets } = masked({ env: [{ name: "DSN", value: `postgres://u:${PASSWORD}@${host}/x` }] });
    expect(secrets).toMatchObject([{ kind }]);
  });

  test("in annotations of the workload and of the pod, with their keys in the path", () => {
    const annotations = { "example.org/token": PASSWORD };
    const facts = maskWorkload(workloadFacts({ facts: { annotations }, pod: { annotations: { key: KEY } } }));
    expect(facts.secrets).toMatchObject([
      { path: 'metadata.annotations["example.org/token"]', name: "example.org/token", confidence: "likely" },
      { path: "spec.template.metadata.annotations.key", kind: "private-key", confidence: "confirmed" },
    ]);
  });

  test("of a Pod once: its annotations are its template's", () => {
    const annotations = { token: PASSWORD };
    const facts = maskWorkload(workloadFacts({ facts: { annotations, podPath: "" }, pod: { annotations } }));
    expect(facts.secrets).toHaveLength(1);
  });

  test("in every list of containers, each named", () => {
    const env = [{ name: "API_TOKEN", value: PASSWORD }];
    const facts = maskWorkload(
      workloadFacts({
        initContainers: [{ name: "a", env }],
        containers: [{ name: "b", env }, { name: "c" }],
        ephemeralContainers: [{ env }],
      }),
    );
    expect(facts.secrets?.map(({ path }) => path)).toEqual([
      "spec.template.spec.initContainers[0].env[0].value",
      "spec.template.spec.containers[0].env[0].value",
      "spec.template.spec.ephemeralContainers[0].env[0].value",
    ]);
    expect(new Set(facts.secrets?.map(({ id }) => id)).size).toBe(3);
    expect(facts.pod.spec.containers[1]).toEqual({ name: "c" });
  });
});

describe("what was found is masked elsewhere, too", () => {
  test("in a text that does not betray it", () => {
    const facts = masked({ args: ["run", PASSWORD], env: [{ name: "DB_PASSWORD", value: PASSWORD }] });
    expect(facts.secrets).toHaveLength(1);
    expect(JSON.stringify(facts)).not.toContain(PASSWORD);
  });

  test("trap: a common word stays where it means something else, but not in kubectl's copy", () => {
    const annotations = { "kubectl.kubernetes.io/last-applied-configuration": '{"value":"postgres"}' };
    const facts = masked(
      { command: ["postgres"], env: [{ name: "DB_PASSWORD", value: "postgres" }] },
      { annotations },
    );
    expect(facts.secrets).toHaveLength(1);
    expect(facts.pod.spec.containers[0]?.command).toEqual(["postgres"]);
    expect(Object.values(facts.annotations)[0]).toBe('{"value":"…(8)"}');
  });
});

describe("traps: no secret", () => {
  test.each([
    ["DB_PASSWORD_FILE", "/run/secrets/db"],
    ["DB_PASSWORD", "$(FROM_SECRET)"],
    ["DB_PASSWORD", "<path:secret/data/db#password>"],
    ["DB_PASSWORD", "changeme-by-the-pipeline"],
    ["DB_PASSWORD", ""],
    ["TOKEN_TTL", "3600"],
    ["DB_HOST", "db"],
    ["NEXT_PUBLIC_API_KEY", PASSWORD],
    ["HASURA_GRAPHQL_JWT_SECRET", '{"type":"RS256","jwk_url":"https://sso.gouv.fr/certs","audience":"app"}'],
    ["JWT_SECRET", '{"type":"RS256","key":"-----BEGIN PUBLIC KEY-----\\nMIIB"}'],
    ["OIDC_CREDENTIALS", '[{"issuer":"https://sso.gouv.fr","jwks_uri":"https://sso.gouv.fr/keys"}]'],
    ["JWT_SECRET", '{"type":"HS256","key":"${JWT_KEY}"}'],
    ["DAEMON_CERTS_SECRET", "buildkit-daemon-certs"],
    ["EXISTING_SECRET", "portal-db"],
  ])("%s=%s", (name, value) => {
    const facts = masked({
      env: [
        { name, value },
        { name: "K", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
      ],
    });
    expect(facts.secrets).toEqual([]);
    expect(facts.pod.spec.containers[0]?.env?.[0]).toEqual({ name, value });
  });
});

describe("traps: names of Secrets in a command line", () => {
  test.each([
    "--daemon-certs-secret=buildkit-daemon-certs",
    "--image-pull-secret=regcred",
    "--tls-secret=team/portal-tls",
    "--webhook-certs-secret=webhook-server-cert",
    "--ca-secret=root-ca.2024",
    "--existing-secret=portal-db-password",
  ])("%s", (argument) => {
    const [flag = "", value = ""] = argument.split("=");
    expect(masked({ args: [argument] }).secrets).toEqual([]);
    expect(masked({ args: [flag, value] }).secrets).toEqual([]);
  });

  test.each(["--cookie-secret=portal-cookies", "--webhook-secret=azerty-uiop", `--tls-secret=${PASSWORD}`])(
    "but %s is one",
    (argument) => {
      expect(masked({ args: [argument] }).secrets).toHaveLength(1);
    },
  );
});

describe("a secret in a JSON value", () => {
  test.each([
    ["JWT_SECRET", `{"type":"HS256","key":"${PASSWORD}"}`],
    ["SIGNING_KEY", `{"keys":[{"kty":"oct","k":"${PASSWORD}"}]}`],
    ["DB_CREDENTIALS", `{"user":"portal","password":"${PASSWORD}"}`],
    ["JWT_SECRET", `{type: HS256, key: ${PASSWORD}}`],
    ["TOKEN", `${"[".repeat(100)}"${PASSWORD}"${"]".repeat(100)}`],
  ])("%s=%s", (name, value) => {
    const facts = masked({ env: [{ name, value }] });
    expect(facts.secrets).toHaveLength(1);
    expect(JSON.stringify(facts)).not.toContain(PASSWORD);
  });
});

test("ids name the container and the field, no position", () => {
  const entry = { name: "API_TOKEN", value: PASSWORD };
  const [first] = masked({ env: [entry] }).secrets ?? [];
  const [second] = masked({ env: [{ name: "A", value: "b" }, entry] }).secrets ?? [];
  expect(first?.id).toBe(second?.id);
  expect(first?.path).not.toBe(second?.path);
});

test("masking twice is masking once, and the facts follow their schema", () => {
  const once = masked({ env: [{ name: "API_TOKEN", value: PASSWORD }] });
  expect(maskWorkload(once)).toEqual(once);
  expect(maskWorkload({ ...once, secrets: [] })).toMatchObject({ secrets: [] });
  expect(workloadFactsSchema.safeParse(storedWorkload(once)).success).toBe(true);
});

test("more secrets than the bound are an error that names it", () => {
  const env = Array.from({ length: LIMITS.secretsPerWorkload + 1 }, (_, index) => ({
    name: `T${index}_TOKEN`,
    value: `${PASSWORD}${index}`,
  }));
  expect(() => masked({ env })).toThrow(/secretsPerWorkload/);
});
