import { describe, expect, test } from "vitest";
import { parseConfig } from "./config.ts";

describe("an image config", () => {
  test("is read with what it leaves out", () => {
    expect(parseConfig({})).toEqual({});
    expect(parseConfig({ config: null, history: null })).toEqual({ config: null, history: null });
  });

  test("keeps only what is judged", () => {
    const config = parseConfig({
      os: "linux",
      config: { User: "1000", Tty: true },
      history: [{ created_by: "ko", x: 1 }],
    });
    expect(config).toEqual({ config: { User: "1000" }, history: [{ created_by: "ko" }] });
  });

  test("with an odd date is still read: nothing rests on it", () => {
    expect(parseConfig({ created: 12 })).toEqual({});
  });

  test.each([
    [[], ""],
    ["text", ""],
    [{ config: { User: 0 } }, "config.User"],
    [{ config: { Env: "PATH=/bin" } }, "config.Env"],
    [{ config: { Env: [1] } }, "config.Env.0"],
    [{ config: { Entrypoint: "sh" } }, "config.Entrypoint"],
    [{ config: { ExposedPorts: ["80"] } }, "config.ExposedPorts"],
    [{ config: { Labels: { a: {} } } }, "config.Labels.a"],
    [{ history: {} }, "history"],
    [{ history: [{ empty_layer: "yes" }] }, "history.0.empty_layer"],
  ])("%j is refused, naming the field %s", (json, field) => {
    expect(() => parseConfig(json)).toThrow(
      expect.objectContaining({
        code: "document-invalid",
        exit: 65,
        message: expect.stringContaining(`"${field}"`),
      }),
    );
  });
});
