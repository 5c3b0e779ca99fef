import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openImage } from "../src/image/open.ts";
import { runContainer } from "./fixtures/container.ts";
import { PLATFORM, TRIAL_IMAGES, type TrialImageName, trialImage } from "./fixtures/trial-images.ts";

test.each(TRIAL_IMAGES)("%s is an image", async (name) => {
  const image = await openImage(trialImage(name), { env: {} });
  await image.close();
  expect(image.layers.length).toBeGreaterThan(0);
  expect(image.platform === PLATFORM).toBe(name !== "wrong-architecture");
});

describe.runIf(process.getuid?.() === 0)("under the Restricted profile", () => {
  const program = (...flags: readonly string[]) => ["/app/program", ...flags, "--exit=0"];

  test.each<[TrialImageName, readonly string[], number, string]>([
    ["batch", program("--ids"), 0, "uid=1000 gid=1000 groups=1000\n"],
    ["needs-root", program("--need-root"), 1, "this program must run as root: Operation not permitted\n"],
    ["crashes-read-only", program("--must-write=/data/lock"), 1, "/data/lock: Read-only file system\n"],
    [
      "missing-name",
      program("--depend-on=database.example:5432"),
      1,
      "getaddrinfo ENOTFOUND database.example\n",
    ],
    ["missing-address", program("--depend-on=192.0.2.10:5432"), 1, "connect: Network is unreachable\n"],
    ["port-80", program("--listen=any4:80"), 0, "listening on any4 port 80\n"],
    ["log-file-in-tmp", program("--log=/tmp/app.log", "--append=/tmp/app.log"), 0, "/tmp/app.log written\n"],
    ["stale-pid-file", program("--pid-file=/tmp/pid", "--pid-file=/tmp/pid"), 1, "/tmp/pid: File exists\n"],
  ])("%s behaves as it is called", async (name, argv, status, said) => {
    const ran = await runContainer(trialImage(name), { argv });
    expect([ran.status, ran.stdout + ran.stderr]).toEqual([status, said]);
  });

  test.each<TrialImageName>(["link-attack", "etc-link-attack", "dev-link-attack"])(
    "%s reaches nothing on the host",
    async (name) => {
      const ran = await runContainer(trialImage(name), { argv: program("--ids") });
      expect(existsSync("/tmp/douane-attack")).toBe(false);
      expect(ran.stderr + ran.stdout).not.toBe("");
    },
  );
});
