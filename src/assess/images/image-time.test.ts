import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import { inImageTime } from "./image-time.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const run = () => new AbortController();

test("an image that is read in time leaves no timer behind", async () => {
  expect(await inImageTime(run().signal, async () => "read")).toBe("read");
  expect(vi.getTimerCount()).toBe(0);
});

test("one that takes longer is aborted, with an error that names the bound, however its work fails", async () => {
  const reading = inImageTime(run().signal, (signal) => {
    return new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(new Error("a stream broke off")));
    });
  });
  const failed = reading.catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(LIMITS.imageMs);
  expect(await failed).toMatchObject({
    code: "image-time-limit",
    exit: 65,
    message: "more than 120 minutes for one image (bound imageMs).",
  });
});

test("the run's end ends the image, with the run's reason", async () => {
  const controller = run();
  const reading = inImageTime(controller.signal, (signal) => {
    return new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(new Error("a stream broke off")));
    });
  });
  controller.abort(new Error("asked to stop"));
  await expect(reading).rejects.toThrow("asked to stop");
});

test("an image's own error stays its own", async () => {
  const reading = inImageTime(run().signal, async () => Promise.reject(new TypeError("own")));
  await expect(reading).rejects.toThrow(TypeError);
});
