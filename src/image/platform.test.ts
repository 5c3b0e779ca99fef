import { arch } from "node:process";
import { describe, expect, test } from "vitest";
import { choosePlatform, formatPlatform, type Platform, wantedPlatform } from "./platform.ts";

function platform(text: string): Platform {
  const [os = "", architecture = "", variant] = text.split("/");
  return { os, architecture, variant };
}

function choose(available: readonly string[], wanted: string): string | undefined {
  const candidates = available.map((text) => ({ text, platform: platform(text) }));
  return choosePlatform(candidates, wantedPlatform(wanted))?.text;
}

test.each([
  [["linux/amd64", "linux/arm64"], "linux/arm64", "linux/arm64"],
  [["linux/arm64/v8"], "linux/arm64", "linux/arm64/v8"],
  [["linux/arm64"], "linux/arm64/v8", "linux/arm64"],
  [["linux/arm64/8"], "linux/arm64/v8", "linux/arm64/8"],
  [["linux/arm64"], "linux/aarch64", "linux/arm64"],
  [["linux/x86_64"], "linux/amd64", "linux/x86_64"],
  [["linux/arm/v6", "linux/arm/v7"], "linux/arm", "linux/arm/v7"],
  [["linux/arm/v5", "linux/arm/v6"], "linux/arm", "linux/arm/v5"],
  [["linux/arm/v6", "linux/arm/v7"], "linux/arm/v6", "linux/arm/v6"],
  [["linux/arm/v6"], "linux/arm/v7", undefined],
  [["linux/amd64/v3", "linux/amd64"], "linux/amd64", "linux/amd64"],
  [["windows/amd64"], "linux/amd64", undefined],
  [["linux/s390x"], "linux/amd64", undefined],
])("of %j, %s chooses %s", (available, wanted, chosen) => {
  expect(choose(available, wanted)).toBe(chosen);
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
