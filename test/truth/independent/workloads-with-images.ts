import type { RowId } from "../../../src/contract/rows.ts";
import type { Answer } from "../../../src/contract/verdict.ts";
import type { ImageValue } from "../../fixtures/image/image.ts";
import type { Manifest } from "../../fixtures/manifests.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, web, withImage } from "../given/folder.ts";
import { imageOf } from "../given/image.ts";
import { installed } from "../given/installed.ts";

type Rows = Readonly<Partial<Record<RowId, Answer>>>;
type Config = Readonly<Record<string, unknown>>;

const PROGRAM = { content: "\x7fELF", mode: 0o755 };
const PASSWD = "root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/app:/bin/sh\ntoor:x:0:0::/root:/bin/sh\n";
const MET: Rows = {
  "non-root": "yes",
  "no-host-access": "yes",
  "no-escalation": "yes",
  seccomp: "yes",
  health: "yes",
  "env-config": "yes",
  minimal: "yes",
};
const SECCOMP = { seccompProfile: { type: "RuntimeDefault" } };

/** A Deployment that meets the contract together with the image that it names; rows 5, 6, 8, 10 and 12 wait for a trial. */
export const cases: Cases = [
  pair("all is met", {}, web(), {}, "nothing but a trial is missing"),
  pair(
    "a named user and a numeric runAsUser",
    { User: "app" },
    web(),
    {},
    "the manifest's uid is what the kubelet verifies, in the only container of the image",
  ),
  pair(
    "a named user without runAsUser",
    { User: "app" },
    web({}, { securityContext: { runAsNonRoot: true, ...SECCOMP } }),
    { "non-root": "no" },
    "the kubelet cannot verify a name and refuses to start it",
  ),
  pair(
    "root in the image, 1000 in the manifest",
    { User: "0" },
    web(),
    { "non-root": "no" },
    "USER 0 is refused whatever runAsUser says: the contract asks for USER in the image",
  ),
  pair(
    "no USER in the image, 1000 in the manifest",
    { User: "" },
    web(),
    { "non-root": "no" },
    "the contract asks for USER in the image",
  ),
  pair(
    "1000 in the image, 0 in the manifest",
    {},
    web({}, { securityContext: { runAsNonRoot: true, runAsUser: 0, ...SECCOMP } }),
    { "non-root": "no" },
    "the manifest makes it root",
  ),
  pair(
    "1000 in the image, 2000 in the manifest",
    {},
    web({}, { securityContext: { runAsNonRoot: true, runAsUser: 2000, ...SECCOMP } }),
    {},
    "another uid that is not zero",
  ),
  pair(
    "1000 in the image, no uid in the manifest",
    {},
    web({}, { securityContext: { runAsNonRoot: true, ...SECCOMP } }),
    {},
    "the image's uid is verified by the kubelet",
  ),
  pair(
    "runAsUser 0 in the container over 1000 in the pod",
    {},
    web({
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, runAsUser: 0 },
    }),
    { "non-root": "no" },
    "the container's word counts",
  ),
  pair(
    "sudo in the manifest's command",
    {},
    web({ command: ["sudo", "/app/server"] }),
    { "non-root": "no" },
    "the manifest's command is the start",
  ),
  pair(
    "gosu in the image's entrypoint, replaced by the manifest",
    { Entrypoint: ["gosu", "app", "/app/server"], Cmd: [] },
    web({ command: ["/app/server"] }),
    {},
    "the image's entrypoint is not run",
  ),
  pair(
    "an exec probe whose program is in the image",
    {},
    probed({ exec: { command: ["/app/check", "--ready"] } }),
    {},
    "the program is there",
  ),
  pair(
    "an exec probe whose program is not in the image",
    {},
    probed({ exec: { command: ["/usr/bin/curl", "-f", "http://localhost:8080/"] } }),
    { health: "no" },
    "a probe that cannot work is none",
  ),
  pair(
    "a probe by the name of a port that is not declared",
    {},
    probed({ httpGet: { path: "/healthz", port: "metrics" } }),
    { health: "no" },
    "the kubelet cannot resolve the name",
  ),
  pair(
    "a probe by the name of the declared port",
    {},
    probed({ httpGet: { path: "/healthz", port: "http" } }),
    {},
    "the name is declared",
  ),
  pair("a TCP probe", {}, probed({ tcpSocket: { port: 8080 } }), {}, "a TCP probe is a probe"),
  pair("a gRPC probe", {}, probed({ grpc: { port: 8080 } }), {}, "a gRPC probe is a probe"),
  pair(
    "a log file in the manifest's arguments",
    { Entrypoint: ["/app/server"], Cmd: [] },
    web({ args: ["--log-file=/var/log/web.log"] }),
    { "stdout-logs": "no", "twelve-factor": "no" },
    "the manifest's arguments are the start",
  ),
  pair(
    "a log file in the image, replaced by the manifest's arguments",
    { Entrypoint: ["/app/server"], Cmd: ["--log-file=/var/log/web.log"] },
    web({ args: ["--port=8080"] }),
    { "stdout-logs": "unproven" },
    "the image's Cmd is not run",
  ),
  pair(
    "localhost in the manifest's arguments",
    { Entrypoint: ["/app/server"], Cmd: [] },
    web({ args: ["--host=127.0.0.1"] }),
    { "bind-all": "no", "twelve-factor": "no" },
    "the manifest's arguments are the start",
  ),
  pair(
    "localhost in the image, every address in the manifest",
    { Env: ["HOST=127.0.0.1"] },
    web({ env: [{ name: "HOST", value: "0.0.0.0" }] }),
    { "bind-all": "unproven" },
    "the manifest's value replaces the image's",
  ),
  pair(
    "a debugger in the manifest's environment",
    {},
    web({ command: ["node", "/app/server.js"], env: [{ name: "NODE_OPTIONS", value: "--inspect=0.0.0.0" }] }),
    { "non-root": "unproven", "twelve-factor": "no" },
    "a debugger's port is open; node itself is not in the image, so that its way to root is not known",
  ),
  pair(
    "nothing injected",
    {},
    web({ env: undefined, envFrom: undefined }),
    { "no-baked-state": "yes", "env-config": "n/a" },
    "every layer was read and holds none, and nothing is injected",
  ),
];

/** The pair with the rows in which it differs from one that meets the contract. */
function pair(name: string, config: Config, manifest: Manifest, differs: Rows, why: string): Case {
  return {
    name,
    given: withImage(manifests(manifest), imageFor(config)),
    expect: { ...MET, ...differs },
    why,
  };
}

function imageFor(config: Config): ImageValue {
  const files = {
    ...installed("nanoid"),
    "etc/passwd": PASSWD,
    "app/check": PROGRAM,
    "usr/bin/sudo": PROGRAM,
    "usr/bin/gosu": PROGRAM,
  };
  return imageOf({ files, config });
}

function probed(probe: Manifest): Manifest {
  return web({ readinessProbe: probe, livenessProbe: probe });
}
