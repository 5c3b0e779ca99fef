import { expect, test } from "vitest";
import type { TrialEvent } from "../contract/trial-events.ts";
import { maskObservation } from "./observation.ts";

const hide = (text: string): string => text.replaceAll("secret", "…");
const mask = { text: hide, name: hide };

test.each<TrialEvent>([
  { kind: "output", stream: "stdout", bytes: 6, sample: "secret" },
  {
    kind: "write",
    area: "/",
    path: "/x",
    type: "file",
    change: "created",
    bytes: 6,
    grew: 6,
    sample: "secret",
  },
  { kind: "process", pid: 1, parent: 0, uid: 1, command: "app --token secret" },
  { kind: "start-failed", message: "secret" },
  { kind: "http", port: 1, path: "/", why: "random", scheme: "http", location: "/?secret", tookMs: 1 },
  { kind: "http", port: 1, path: "/", why: "random", scheme: "http", contentType: "x/secret", tookMs: 1 },
  { kind: "probe", why: "liveness", does: "exec", target: "secret", ok: false, error: "secret" },
  { kind: "hook", hook: "preStop", does: "exec", ok: false, error: "exit 1 secret", tookMs: 1 },
])("$kind says no secret", (event) => {
  const seen = maskObservation({ phase: "restart", root: "writable", ms: 1, ...event }, mask);
  expect(JSON.stringify(seen)).not.toContain("secret");
  expect(seen).toMatchObject({ kind: event.kind, phase: "restart" });
});

test("words and names are masked apart, what the trial itself chose not at all", () => {
  const marked = { text: (text: string) => `<${text}>`, name: (text: string) => `[${text}]` };
  const seen = {
    phase: "restart",
    root: "writable",
    ms: 1,
    kind: "write",
    area: "/tmp",
    path: "/x",
    type: "file",
    change: "created",
    bytes: 6,
    grew: 6,
    sample: "s",
  } as const;
  expect(maskObservation(seen, marked)).toEqual({
    ...seen,
    area: "[/tmp]",
    path: "[/x]",
    type: "[file]",
    sample: "<s>",
  });
});

test("the first bytes of a secret are none that are kept", () => {
  const name = (text: string): string => text.replace("hunter2", "…");
  const write = (bytes: string) =>
    maskObservation(
      {
        phase: "restart",
        root: "writable",
        ms: 1,
        kind: "write",
        area: "/",
        path: "/x",
        type: "file",
        change: "created",
        bytes: 6,
        grew: 6,
        magic: Buffer.from(bytes).toString("hex"),
      },
      { text: name, name },
    );
  expect(write("hunter2\0")).toMatchObject({ magic: "0000000000000000" });
  expect(write("\x7fELF")).toMatchObject({ magic: "7f454c46" });
});

test.each<TrialEvent>([
  { kind: "listener", protocol: "tcp", address: "::", port: 1 },
  { kind: "write", area: "/", path: "/x", type: "file", change: "created", bytes: 6, grew: 6 },
  { kind: "http", port: 1, path: "/", why: "random", scheme: "http", tookMs: 1 },
  { kind: "probe", why: "liveness", does: "tcp", target: "80", ok: true },
  { kind: "ready", by: "port", afterMs: 1 },
  { kind: "hook", hook: "preStop", does: "sleep", ok: true, tookMs: 1 },
])("what holds no text of the container's stays as it is: $kind", (event) => {
  const seen = { phase: "restart", root: "writable", ms: 1, ...event } as const;
  expect(maskObservation(seen, mask)).toEqual(seen);
});
