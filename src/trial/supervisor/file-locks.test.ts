import { expect, test } from "vitest";
import { lockedDevices } from "./file-locks.ts";

test.each([
  ["flock", "1: FLOCK  ADVISORY  WRITE 8719 fe:00:11175475 0 EOF", ["254:0"]],
  ["fcntl, of a range", "2: POSIX  ADVISORY  READ 12 00:2d:3 128 255", ["0:45"]],
  ["an open file description, of no process", "3: OFDLCK ADVISORY  WRITE -1 00:1a0:3 0 0", ["0:416"]],
  ["a lease", "4: LEASE  ACTIVE    READ 27447 fe:00:11247756 0 EOF", ["254:0"]],
  ["a process that waits for the lock", "1: -> FLOCK  ADVISORY  WRITE 9 00:2d:7 0 EOF", ["0:45"]],
  ["none", "", []],
  ["a line that is none", "1: FLOCK  ADVISORY  WRITE 8719 <none>:0 0 EOF", []],
])("%s", (_, text, devices) => {
  expect([...lockedDevices(`${text}\n`)]).toEqual(devices);
});
