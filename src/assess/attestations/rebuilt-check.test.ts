import { describe, expect, test } from "vitest";
import { digestOf } from "../../../test/fixtures/image-facts.ts";
import { sha256 } from "../../contract/digest.ts";
import type { OpenImage } from "../../image/source/open-image.ts";
import { rebuiltCheck } from "./rebuilt-check.ts";

type Json = Readonly<Record<string, unknown>>;
type Compared = Pick<OpenImage, "digest" | "imageId" | "configBytes" | "layers">;

const CONFIG = {
  architecture: "amd64",
  os: "linux",
  created: "2026-06-15T09:00:00Z",
  config: { User: "1000", Env: ["A=1"], ExposedPorts: { "80/tcp": {}, "81/tcp": {} }, Labels: { a: "1" } },
  rootfs: { type: "layers", diff_ids: [digestOf(1), digestOf(2)] },
  history: [{ created: "2026-06-15T09:00:00Z", created_by: "COPY a /a" }],
};

function image(config: Json = {}, layers: readonly number[] = [1, 2], manifest = 10): Compared {
  const configBytes = Buffer.from(JSON.stringify({ ...CONFIG, ...config }));
  return {
    digest: digestOf(manifest),
    imageId: sha256(configBytes),
    configBytes,
    layers: layers.map((number) => ({
      digest: digestOf(number + 100),
      diffId: digestOf(number),
      mediaType: "application/vnd.oci.image.layer.v1.tar+gzip",
      size: 1,
      bytes: { kind: "file", fd: 0, offset: 0, size: 1 },
    })),
  };
}

function compared(other: Compared) {
  const { answer, text } = rebuiltCheck(image(), other);
  return [answer, text.en];
}

const DATES = "reproducible: the other build has the same layers and configuration, except for dates";
const CONFIGURATION = "reproducibility not shown: the other build's configuration differs";
const LATER = "2026-06-16T09:00:00Z";
const { config, history } = CONFIG;

describe("another build's image", () => {
  test.each<[string, Compared, "yes" | "no", string]>([
    ["with the same manifest", image(), "yes", "reproducible: the other build has the same manifest"],
    [
      "compressed otherwise",
      image({}, [1, 2], 11),
      "yes",
      "reproducible: the other build has the same layers and configuration",
    ],
    ["made later", image({ created: LATER }, [1, 2], 11), "yes", `${DATES} (created)`],
    [
      "whose history has other dates",
      image({ history: [{ ...history[0], created: LATER }] }, [1, 2], 11),
      "yes",
      `${DATES} (history[0].created)`,
    ],
    [
      "whose label has another date",
      image(
        { config: { ...config, Labels: { a: "1", "org.opencontainers.image.created": LATER } } },
        [1, 2],
        11,
      ),
      "yes",
      `${DATES} (config.Labels.org.opencontainers.image.created)`,
    ],
    [
      "whose ports are in another order",
      image({ config: { ...config, ExposedPorts: { "81/tcp": {}, "80/tcp": {} } } }, [1, 2], 11),
      "yes",
      "reproducible: the other build has the same layers and configuration",
    ],
    [
      "with another variable",
      image({ created: LATER, config: { ...config, Env: ["A=2"] } }, [1, 2], 11),
      "no",
      `${CONFIGURATION} (config.Env)`,
    ],
    [
      "whose variables are in another order",
      image({ config: { ...config, Env: ["B=1", "A=1"] } }, [1, 2], 11),
      "no",
      `${CONFIGURATION} (config.Env)`,
    ],
    [
      "with another label",
      image({ config: { ...config, Labels: { a: "2" } } }, [1, 2], 11),
      "no",
      `${CONFIGURATION} (config.Labels.a)`,
    ],
    [
      "with a field that no specification names",
      image({ "moby.buildkit.buildinfo.v1": "x" }, [1, 2], 11),
      "no",
      `${CONFIGURATION} (moby.buildkit.buildinfo.v1)`,
    ],
    [
      "with another step",
      image({ history: [{ ...history[0], created_by: "COPY b /b" }] }, [1, 2], 11),
      "no",
      `${CONFIGURATION} (history[0].created_by)`,
    ],
    [
      "with a step more",
      image({ history: [...history, { created_by: "x" }] }, [1, 2], 11),
      "no",
      `${CONFIGURATION} (history[1].created_by)`,
    ],
    [
      "for another processor",
      image({ architecture: "arm64" }, [1, 2], 11),
      "no",
      `${CONFIGURATION} (architecture)`,
    ],
    [
      "with another layer",
      image({}, [1, 3], 11),
      "no",
      "reproducibility not shown: 1 of 2 layers differ from the other build (2)",
    ],
    [
      "with the same layers in another order",
      image({}, [2, 1], 11),
      "no",
      "reproducibility not shown: 2 of 2 layers differ from the other build (1, 2)",
    ],
    [
      "with a layer more",
      image({}, [1, 2, 3], 11),
      "no",
      "reproducibility not shown: 2 layers, the other build has 3",
    ],
  ])("%s", (_, other, answer, text) => {
    expect(compared(other)).toEqual([answer, text]);
  });

  test("many fields are named up to a bound", () => {
    const Labels = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`l${at}`, "x"]));
    const [, text] = compared(image({ config: { ...config, Labels } }, [1, 2], 11));
    expect(text).toBe(
      `${CONFIGURATION} (config.Labels.a, config.Labels.l0, config.Labels.l1, config.Labels.l2, config.Labels.l3, …)`,
    );
  });

  test("an archive without a manifest is compared by its content", () => {
    const { digest: _, ...archive } = image();
    expect(rebuiltCheck(archive, archive).answer).toBe("yes");
  });
});

test("without another build nothing is said of reproducibility", () => {
  expect(rebuiltCheck(image(), undefined)).toMatchObject({ answer: "n/a" });
});
