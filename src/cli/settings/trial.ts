import { z } from "zod";
import { exactly } from "../../contract/exactly.ts";
import type { TrialSettings } from "../../evidence/trial/settings.ts";
import { DEFAULT_WAITS } from "../../trial/default-waits.ts";
import { parseQuantity } from "../../trial/quantity.ts";
import type { ComposeSettings } from "./compose/load.ts";

const LONGEST_SECONDS = 30 * 60;
const LONGEST_SERVICE = 1_000;

const port = z.int().min(1).max(65_535);

const path = z.string().regex(/^\/(?!\/*$)[^:\0]*$/, {
  error: "un chemin absolu, sans « : » | an absolute path without `:`",
});

const urlPath = z
  .string()
  .regex(/^\/\S*$/, { error: "un chemin d'URL, comme /health | the path of a URL, such as /health" });

const name = z.string().regex(/^[^=\0]+$/, { error: "un nom de variable | the name of a variable" });

const hostName = z.string().regex(/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i, {
  error: "un nom d'hôte | a host name",
});

const quantity = z.string().refine((text) => (parseQuantity(text) ?? 0) > 0, {
  error: "une quantité comme 512Mi ou 500m | a quantity such as 512Mi or 500m",
});

function seconds(least: number) {
  return z.number().min(least).max(LONGEST_SECONDS).exactOptional();
}

const probe = z
  .strictObject({
    http: z
      .strictObject({
        port,
        path: urlPath.exactOptional(),
        scheme: z.enum(["http", "https"]).exactOptional(),
      })
      .exactOptional(),
    tcp: z.strictObject({ port }).exactOptional(),
    grpc: z
      .strictObject({
        port,
        service: z
          .string()
          .max(LONGEST_SERVICE)
          .exactOptional()
          .meta({ description: "Whose health is asked for; default: that of the whole server." }),
      })
      .exactOptional(),
    exec: z.array(z.string()).min(1).exactOptional(),
  })
  .refine((kinds) => Object.values(kinds).filter((one) => one !== undefined).length === 1, {
    error: "une sonde http, tcp, grpc ou exec, une seule | one http, tcp, grpc or exec probe, and one only",
  });

const OF_IMAGES = ["env", "command", "args", "ready", "memory"] as const;

const dependency = z
  .strictObject({
    name: hostName,
    image: z.string().min(1).exactOptional().meta({
      description:
        "The image that runs under this name, from before the first phase to the end of the trial; sources as on the command line. Without one, the ports are open and say nothing.",
    }),
    ports: z.array(port).min(1).exactOptional().meta({
      description: "TCP ports that the application calls; default: EXPOSE of the image.",
    }),
    env: z.record(name, z.string()).exactOptional().meta({
      description: "Variables of the image. Values never appear in evidence.",
    }),
    command: z.array(z.string()).min(1).exactOptional().meta({
      description: "In place of the image's ENTRYPOINT.",
    }),
    args: z.array(z.string()).exactOptional().meta({ description: "In place of the image's CMD." }),
    ready: z
      .strictObject({
        exec: z.array(z.string()).min(1).exactOptional().meta({
          description: "A command that is run in it until it ends with 0, besides a connection to each port.",
        }),
        timeout: seconds(1).meta({ description: "Seconds to wait until it is ready; default 60." }),
      })
      .exactOptional()
      .meta({ description: "When it can be used." }),
    memory: quantity.exactOptional().meta({ description: "Memory of the image; default 1Gi." }),
  })
  .refine(({ image, ports }) => image !== undefined || ports !== undefined, {
    error: "une image, ou des ports (ouverts, muets) | an image, or ports (open, silent)",
  })
  .refine((one) => one.image !== undefined || OF_IMAGES.every((key) => one[key] === undefined), {
    error: `${OF_IMAGES.join(", ")} : seulement avec image | ${OF_IMAGES.join(", ")}: with image only`,
  });

const own = {
  args: z.array(z.string()).exactOptional().meta({
    description: "Arguments of the command (CMD), where no manifest gives any.",
  }),
  env: z.record(name, z.string()).exactOptional().meta({
    description: "Variables, which win over those of the manifest. Values never appear in evidence.",
  }),
  files: z.record(path, z.string()).exactOptional().meta({
    description: "Files to mount read-only: text by absolute path.",
  }),
  mounts: z.array(path).exactOptional().meta({
    description: "Directories that can be written to, each an emptyDir.",
  }),
  ports: z.array(port).exactOptional().meta({
    description: "Ports of the application, where the manifest declares none; default: EXPOSE.",
  }),
  probes: z.array(probe).exactOptional().meta({
    description: "Probes, where the manifest has none.",
  }),
  warmUp: z.array(urlPath).exactOptional().meta({
    description: "Paths to ask for once the application serves, so that code runs that probes do not reach.",
  }),
  dependencies: z.array(dependency).max(100).exactOptional().meta({
    description:
      "What the application needs to start, by the name under which it looks for it: an image, or ports that are open and say nothing.",
  }),
  lifetime: z.enum(["server", "batch"]).exactOptional().meta({
    description:
      "server: runs until it is stopped; batch: ends by itself. Default: as the manifest says, else server.",
  }),
  readyTimeout: seconds(0.1).meta({
    description: `Seconds to wait until it is ready; default ${DEFAULT_WAITS.readyMs / 1_000}.`,
  }),
  settle: seconds(0).meta({
    description: `Seconds that it is given at least after the last request, to write and log; up to half as long again is drawn each time, so that nobody can count on the end; default ${DEFAULT_WAITS.settleMs / 1_000}. Raise it for an application that writes or logs later than that.`,
  }),
  grace: seconds(0).meta({
    description: `Seconds that it may take to stop; default: the manifest's, else ${DEFAULT_WAITS.graceMs / 1_000}.`,
  }),
  duration: seconds(1).meta({
    description: `Seconds of the whole trial at most; default ${DEFAULT_WAITS.deadlineMs / 1_000}.`,
  }),
  replica: z
    .strictObject({ variable: name.exactOptional(), port: port.exactOptional() })
    .exactOptional()
    .meta({
      description: "The variable that tells the second replica its port, and which; default PORT, 18080.",
    }),
  memory: quantity.exactOptional().meta({ description: "Memory, where the manifest gives no limit." }),
  cpu: quantity.exactOptional().meta({ description: "Cores, where the manifest gives no limit." }),
};

const compose = z
  .strictObject({
    file: z.string().min(1).exactOptional().meta({
      description: "A compose file, from the folder of this one; default compose.yaml.",
    }),
    services: z.array(hostName).min(1).meta({
      description:
        "Its services that run beside the application, by their names, in the order of their start.",
    }),
  })
  .meta({
    description:
      "Services of a compose file as dependencies: image, environment, command, ports, healthcheck.",
  });

const trial = z
  .strictObject({
    ...own,
    compose: compose.exactOptional(),
    containers: z.record(z.string(), z.strictObject(own)).exactOptional().meta({
      description: "By name of a container: the same keys, in place of those for all.",
    }),
  })
  .meta({
    description: "What the trial gives the application: douane trial.",
  });

/** `trial` of douane.yaml. */
export const trialSchema = exactly<TrialSettings & { readonly compose?: ComposeSettings }>()(trial);

/** For suggestions, by path. */
export const TRIAL_KEYS = {
  trial: Object.keys(trialSchema.shape),
  "trial.probes": Object.keys(probe.shape),
  "trial.probes.http": ["port", "path", "scheme"],
  "trial.probes.tcp": ["port"],
  "trial.probes.grpc": ["port", "service"],
  "trial.compose": Object.keys(compose.shape),
  "trial.dependencies": Object.keys(dependency.shape),
  "trial.dependencies.ready": ["exec", "timeout"],
  "trial.replica": ["variable", "port"],
} as const satisfies Readonly<Record<string, readonly string[]>>;
