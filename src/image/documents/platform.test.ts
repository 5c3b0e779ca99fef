import { arch } from "node:process";
import { describe, expect, test } from "vitest";
import { formatPlatform, ofPlatform, type Platform, wantedPlatform } from "./platform.ts";

function platform(text: string): Platform {
  const [os = "", architecture = "", variant] = text.split("/");
  return { os, architecture, variant };
}

function choose(available: readonly string[], wanted: string): readonly string[] {
  const candidates = available.map((text) => ({ text, platform: platform(text) }));
  return ofPlatform(candidates, wantedPlatform(wanted)).map(({ text }) => text);
}

test.each([
  [["linux/amd64", "linux/arm64"], "linux/arm64", ["linux/arm64"]],
  [["linux/arm64/v8"], "linux/arm64", ["linux/arm64/v8"]],
  [["linux/arm64"], "linux/arm64/v8", ["linux/arm64"]],
  [["linux/arm64/8"], "linux/arm64/v8", ["linux/arm64/8"]],
  [["linux/arm64"], "linux/aarch64", ["linux/arm64"]],
  [["linux/x86_64"], "linux/amd64", ["linux/x86_64"]],
  [["linux/arm/v6", "linux/arm/v7"], "linux/arm", ["linux/arm/v7"]],
  [["linux/arm/v5", "linux/arm/v6"], "linux/arm", ["linux/arm/v5", "linux/arm/v6"]],
  [["linux/arm/v6", "linux/arm/v7"], "linux/arm/v6", ["linux/arm/v6"]],
  [["linux/arm/v6"], "linux/arm/v7", []],
  [["linux/amd64/v3", "linux/amd64"], "linux/amd64", ["linux/amd64"]],
  [["linux/amd64/v1", "linux/amd64"], "linux/amd64", ["linux/amd64/v1", "linux/amd64"]],
  [["linux/x86_64", "Linux/AMD64", "/amd64"], "linux/amd64", ["linux/x86_64", "Linux/AMD64", "/amd64"]],
  [["linux/amd64/v2"], "linux/amd64", []],
  [["linux/amd64/1"], "linux/amd64", []],
  [["linux/amd64/v2"], "linux/amd64/v2", ["linux/amd64/v2"]],
  [["linux/arm64/V8"], "linux/arm64/v8", ["linux/arm64/V8"]],
  [["linux/"], "linux/amd64", []],
  [["windows/amd64"], "linux/amd64", []],
  [["linux/s390x"], "linux/amd64", []],
])("of %j, %s chooses %j", (available, wanted, chosen) => {
  expect(choose(available, wanted)).toEqual(chosen);
});

test("without --platform it is Linux on the host's architecture", () => {
  const names: Record<string, string> = { x64: "linux/amd64", arm64: "linux/arm64" };
  expect(formatPlatform(wantedPlatform())).toBe(names[arch] ?? `linux/${arch}`);
});

describe("no platform", () => {
  test.each(["amd64", "linux/", "/amd64", "linux/amd64/v8/x", "Linux/amd64", "linux amd64", "", "\u001b[2J"])(
    "%j",
    (text) => {
      expect(() => wantedPlatform(text)).toThrow(
        expect.objectContaining({ code: "platform-invalid", exit: 64 }),
      );
    },
  );
});
