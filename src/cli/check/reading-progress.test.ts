import { expect, test } from "vitest";
import { ReadingProgress } from "./reading-progress.ts";

const MIB = 1024 ** 2;

function reading(number: number, of: number, read?: number, total = 100 * MIB) {
  const bytes = read === undefined ? {} : { bytes: { read, total } };
  return { kind: "reading-image", image: `web-${number}`, number, of, ...bytes } as const;
}

test("of one image: what is read of how much, the rate and the time left", () => {
  const progress = new ReadingProgress("en");
  expect(progress.text(reading(1, 1), 0)).toBe("web-1");
  expect(progress.text(reading(1, 1, 10 * MIB), 1_000)).toBe("10 MiB / 100 MiB · web-1");
  expect(progress.text(reading(1, 1, 20 * MIB), 4_000)).toBe("20 MiB / 100 MiB · 5 MiB/s · ~ 16 s · web-1");
  expect(progress.text(reading(1, 1, 100 * MIB), 8_000)).toBe("100 MiB / 100 MiB · 12.5 MiB/s · web-1");
});

test("of several at the same time no number falls, and no time is told before all are known", () => {
  const progress = new ReadingProgress("fr");
  progress.text(reading(1, 3, 50 * MIB), 0);
  expect(progress.text(reading(2, 3, 10 * MIB), 4_000)).toBe("[2/3] 60 Mio · 15 Mio/s · web-2");
  expect(progress.text(reading(1, 3, 40 * MIB), 4_000)).toBe("[2/3] 60 Mio · 15 Mio/s · web-1");
  expect(progress.text(reading(3, 3, 0, 1_000 * MIB), 6_000)).toBe(
    "[3/3] 60 Mio / 1,2 Gio · 10 Mio/s · ~ 2 min · web-3",
  );
});
