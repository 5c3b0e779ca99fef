import { describe, expect, test } from "vitest";
import { configDocument } from "../../../test/fixtures/config-document.ts";
import { digestOf } from "../../../test/fixtures/image-facts.ts";
import { parseConfig } from "./config.ts";

describe("an image config", () => {
  const least = configDocument({});

  test("is read with what it leaves out", () => {
    expect(least).toEqual({ os: "linux", architecture: "amd64", rootfs: { type: "layers" } });
    const nothing = { config: null, history: null };
    expect(configDocument(nothing)).toEqual({ ...least, ...nothing });
  });

  test("keeps only what is read", () => {
    const config = configDocument({
      "os.version": "1",
      config: { User: "1000", Tty: true },
      history: [{ created_by: "ko", x: 1 }],
    });
    expect(config).toEqual({ ...least, config: { User: "1000" }, history: [{ created_by: "ko" }] });
  });

  test("with an odd date is still read: nothing rests on it", () => {
    expect(configDocument({ created: 12 })).toEqual(least);
  });

  test.each([
    [{ os: "" }, "os"],
    [{ rootfs: { type: "tar" } }, "rootfs.type"],
    [{ rootfs: { type: "layers", diff_ids: ["sha256:0"] } }, "rootfs.diff_ids.0"],
    [{ config: { User: 0 } }, "config.User"],
    [{ config: { Env: "PATH=/bin" } }, "config.Env"],
    [{ config: { Env: [1] } }, "config.Env.0"],
    [{ config: { Entrypoint: "sh" } }, "config.Entrypoint"],
    [{ config: { ExposedPorts: ["80"] } }, "config.ExposedPorts"],
    [{ config: { Labels: { a: {} } } }, "config.Labels.a"],
    [{ history: {} }, "history"],
    [{ history: [{ empty_layer: "yes" }] }, "history.0.empty_layer"],
  ])("%j is refused, naming the field %s", (json, field) => {
    expect(() => configDocument(json)).toThrow(
      expect.objectContaining({
        code: "document-invalid",
        exit: 65,
        message: expect.stringContaining(`"${field}"`),
      }),
    );
  });
});

test.each(["[]", '"text"', "null"])("%s is no config", (text) => {
  expect(() => parseConfig(Buffer.from(text), digestOf(1))).toThrow(
    expect.objectContaining({ code: "document-invalid" }),
  );
});
