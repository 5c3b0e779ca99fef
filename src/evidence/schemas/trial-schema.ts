import { z } from "zod";
import { LOG_FORMS } from "../../contract/call-events.ts";
import { exactly } from "../../contract/exactly.ts";
import { PEER_OUTCOMES } from "../../contract/peer-event.ts";
import { type RawTrial, TRIAL_CAPABILITIES, TRIAL_PHASES } from "../../contract/trial-facts.ts";
import { digestSchema } from "./image-schema.ts";

const count = z.int().min(0);
const port = z.int().min(0).max(65_535);
const name = z.enum(TRIAL_PHASES);
const root = z.enum(["read-only", "writable"]);
const connection = z.enum(["open", "refused", "silent"]);
const probed = z.enum(["readiness", "liveness", "startup"]);
const peerAnswer = z.union([count, z.enum(PEER_OUTCOMES)]);
const text = z.string().exactOptional();
const unsure = z.literal(true).exactOptional();

/** An event with its phase and time. */
function seen<K extends string, T extends z.ZodRawShape>(kind: K, shape: T) {
  return z.strictObject({ phase: name, root, ms: count, kind: z.literal(kind), ...shape });
}

const observation = z.discriminatedUnion("kind", [
  seen("start-failed", { message: z.string() }),
  seen("ready", { by: z.enum(["probe", "port", "listener", "nothing"]), afterMs: count }),
  seen("listener", {
    protocol: z.enum(["tcp", "udp"]),
    address: z.string(),
    port,
    process: z.strictObject({ pid: count, name: z.string() }).exactOptional(),
  }),
  seen("port", {
    port,
    declared: z.boolean(),
    ipv4: connection,
    ipv6: connection,
    loopback: connection,
    end: z.literal(true).exactOptional(),
    on: z.array(z.string()).exactOptional(),
  }),
  seen("datagram-port", { port, on: z.array(z.string()), end: z.literal(true).exactOptional() }),
  seen("http", {
    port,
    path: z.string(),
    why: z.enum(["readiness", "liveness", "startup", "discovery", "random", "home", "warm-up"]),
    host: z.enum(["ipv6", "loopback"]).exactOptional(),
    scheme: z.enum(["http", "https"]),
    sentHost: text,
    status: count.exactOptional(),
    contentType: text,
    location: text,
    redirected: z
      .strictObject({ to: z.string(), status: count.exactOptional(), error: text })
      .exactOptional(),
    bytes: count.exactOptional(),
    body: text,
    error: text,
    tookMs: count,
  }),
  seen("repeated", {
    port,
    path: z.string(),
    host: z.enum(["ipv6", "loopback"]).exactOptional(),
    sentHost: text,
    same: z.boolean(),
  }),
  seen("probe", {
    why: probed,
    does: z.enum(["tcp", "grpc", "exec"]),
    target: z.string(),
    ok: z.boolean(),
    error: text,
  }),
  seen("late-probe", {
    why: z.enum(["readiness", "liveness"]),
    does: z.string(),
    ok: z.boolean(),
    error: text,
    tries: count,
    tookMs: count,
  }),
  seen("exchange", {
    protocol: z.enum(["tcp", "udp"]),
    port,
    why: z.enum(["hello", "request"]),
    number: count.exactOptional(),
    ok: z.boolean(),
    bytes: count,
    greeted: z.literal(true).exactOptional(),
    error: text,
    tookMs: count,
  }),
  seen("served", { port }),
  seen("peer", { port, path: text, outside: peerAnswer, inside: peerAnswer.exactOptional() }),
  seen("hook", {
    hook: z.enum(["postStart", "preStop"]),
    does: z.enum(["exec", "http", "sleep"]),
    ok: z.boolean(),
    error: text,
    tookMs: count,
  }),
  seen("process", { pid: count, parent: count, uid: count, command: z.string() }),
  seen("exit", {
    by: z.enum(["itself", "kill", "stop"]),
    afterMs: count,
    code: z.int().exactOptional(),
    signal: text,
    forced: z.literal(true).exactOptional(),
    handled: z.boolean().exactOptional(),
    handledAtEnd: z.boolean().exactOptional(),
    starved: z.literal(true).exactOptional(),
    outOfMemory: z.literal(true).exactOptional(),
  }),
  seen("output", {
    stream: z.enum(["stdout", "stderr"]),
    bytes: count,
    before: count.exactOptional(),
    after: count.exactOptional(),
    stopped: count.exactOptional(),
    idle: text,
    work: text,
    sample: z.string(),
    cut: z.literal(true).exactOptional(),
  }),
  seen("write", {
    area: z.string(),
    path: z.string(),
    type: z.enum(["file", "directory", "symlink", "other"]),
    change: z.enum(["created", "modified", "deleted"]),
    bytes: count,
    grew: z.int(),
    sample: text,
    magic: text,
    appended: z.literal(true).exactOptional(),
    digest: text,
    attributes: text,
    atWork: z.literal(true).exactOptional(),
    added: text,
    unsure,
  }),
  seen("reread", {
    type: z.enum(["symlink", "directory"]).exactOptional(),
    area: z.string(),
    path: z.string(),
    bytes: count,
    changed: z.literal(true).exactOptional(),
    unordered: z.literal(true).exactOptional(),
    atWork: z.literal(true).exactOptional(),
    unsure,
  }),
  seen("open-file", {
    path: z.string(),
    memory: z.literal(true).exactOptional(),
    bytes: count,
    grew: z.int(),
    atWork: z.literal(true).exactOptional(),
    sample: text,
  }),
  seen("file-lock", { area: z.string(), unsure }),
  seen("dns", { name: z.string(), type: z.string(), answered: z.boolean() }),
  seen("connect", {
    protocol: z.enum(["tcp", "udp"]),
    address: z.string(),
    port,
    dependency: text,
    logs: z.enum(LOG_FORMS).exactOptional(),
    served: z.literal(true).exactOptional(),
    own: z.literal(true).exactOptional(),
    unsure,
  }),
  seen("sent", { address: z.string(), unsure }),
  seen("limit", {
    what: z.enum([
      "output-rate",
      "processes",
      "memory",
      "writes",
      "observations",
      "open-files",
      "deadline",
      "processor",
      "neighbours",
    ]),
  }),
  seen("skipped", {
    what: z.enum(["restart", "stop", "probes", "replica"]),
    because: z.enum(["start-failed", "exited", "not-ready"]),
  }),
  seen("other-container", {
    container: z.string(),
    was: z.enum(["start-failed", "exited", "not-ready", "absent", "moved"]),
  }),
]);

const dependency = z.strictObject({
  name: z.string(),
  image: z.string(),
  imageId: digestSchema,
  ports: z.array(port),
  readyMs: count.exactOptional(),
  failure: z
    .strictObject({
      was: z.enum(["start-failed", "not-ready", "exited"]),
      ms: count,
      code: z.int().exactOptional(),
      signal: text,
      outOfMemory: z.literal(true).exactOptional(),
      said: text,
      withheld: z.literal(true).exactOptional(),
    })
    .exactOptional(),
});

const inputs = z.strictObject({
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  manifest: z.literal(true).exactOptional(),
  declared: z.record(z.string(), z.string()),
  given: z.array(z.strictObject({ place: z.string(), digest: text, standsFor: text })),
  absent: z.array(z.string()),
  ambiguous: z.array(z.string()),
  withheld: z.array(z.string()),
  memoryBytes: count.exactOptional(),
  cpus: z.number().positive().exactOptional(),
});

const trial = z.strictObject({
  imageId: digestSchema,
  platform: z.string(),
  argv: z.array(z.string()),
  cwd: z.string(),
  user: z.strictObject({
    runAs: z.string(),
    runAsGroup: count.exactOptional(),
    fsGroup: count.exactOptional(),
    supplementalGroups: z.array(count),
    supplementalGroupsPolicy: z.literal("Strict").exactOptional(),
  }),
  capabilities: z.array(z.string()),
  envNames: z.array(z.string()),
  mounts: z.array(z.string()),
  inputs: inputs.exactOptional(),
  executor: z.strictObject({
    name: z.enum(["runc", "crun"]),
    version: z.string(),
    mode: z.enum(["root", "rootless"]),
    limits: z.strictObject({ memory: z.enum(["cgroup", "rlimit"]), processes: z.enum(["cgroup", "rlimit"]) }),
    missesBriefCalls: z.literal(true).exactOptional(),
  }),
  settings: z.strictObject({
    lifetime: z.enum(["server", "batch"]),
    readyMs: count,
    settleMs: count,
    graceMs: count,
    stopSignal: z.string(),
    ports: z.array(port),
    calledPorts: z.array(port).exactOptional(),
    directPorts: z.array(port).exactOptional(),
    datagramPorts: z.array(port).exactOptional(),
    replica: z.strictObject({ variable: z.string(), port }),
    messagePath: text,
    hosts: z.array(z.strictObject({ port, host: z.string() })).exactOptional(),
    ipFamily: z.literal("IPv6").exactOptional(),
    telemetry: z.array(z.string()).exactOptional(),
    triedPaths: z.array(z.string()),
  }),
  beside: z.array(z.strictObject({ name: z.string(), imageId: digestSchema })).exactOptional(),
  openBeside: z.array(z.strictObject({ container: z.string(), port })).exactOptional(),
  askedBeside: z.array(z.strictObject({ phase: name, path: z.string() })).exactOptional(),
  services: z.array(z.strictObject({ name: z.string(), address: z.string() })).exactOptional(),
  dependencies: z.array(dependency).exactOptional(),
  looks: z.array(z.enum(TRIAL_CAPABILITIES)).exactOptional(),
  tried: z
    .strictObject({ mounts: z.array(z.string()), places: z.array(z.string()), rounds: count })
    .exactOptional(),
  durationMs: count,
  phases: z.array(z.strictObject({ name, root, startMs: count, endMs: count })),
  observations: z.array(observation),
});

/** A trial as it is stored. */
export const trialFactsSchema = exactly<RawTrial>()(trial);
