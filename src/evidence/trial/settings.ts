/** What a team says of the trial of its image: `trial` of douane.yaml. Times are seconds. */
export interface TrialSettings {
  /** Arguments of the command, where no manifest gives any. */
  readonly args?: readonly string[];
  /** Variables: they win over those of the manifest. */
  readonly env?: Readonly<Record<string, string>>;
  /** Texts by absolute path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Absolute paths of directories that can be written to. */
  readonly mounts?: readonly string[];
  /** Where the manifest names none. */
  readonly ports?: readonly number[];
  /** Where the manifest names none. */
  readonly probes?: readonly ProbeSettings[];
  readonly warmUp?: readonly string[];
  /** For ports that speak no HTTP. */
  readonly requests?: readonly RequestSettings[];
  readonly dependencies?: readonly DependencySettings[];
  readonly lifetime?: "server" | "batch";
  readonly readyTimeout?: number;
  readonly settle?: number;
  readonly grace?: number;
  readonly duration?: number;
  readonly replica?: { readonly variable?: string; readonly port?: number };
  /** Quantities, where the manifest gives no limit: `512Mi`, `500m`. */
  readonly memory?: string;
  readonly cpu?: string;
  /** For one container of a workload: in place of what is said for all. */
  readonly containers?: Readonly<Record<string, Omit<TrialSettings, "containers">>>;
}

/** A name that the application finds, and what stands behind it. */
export interface DependencySettings {
  readonly name: string;
  /** As on the command line; absent: nothing does, its ports are open and silent. */
  readonly image?: string;
  /** Default: those that the image documents (EXPOSE). */
  readonly ports?: readonly number[];
  readonly env?: Readonly<Record<string, string>>;
  /** In place of the image's ENTRYPOINT and CMD, as in a manifest. */
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly ready?: {
    /** Run in it until it ends with 0; default: each port takes a connection. */
    readonly exec?: readonly string[];
    /** Seconds. */
    readonly timeout?: number;
  };
  readonly memory?: string;
}

/** Bytes to send, and bytes that are to be somewhere in the answer. */
export interface RequestSettings {
  readonly port: number;
  /** Default: tcp. */
  readonly protocol?: "tcp" | "udp";
  /** Of `send` and `expect`; default: text, as UTF-8. */
  readonly encoding?: "text" | "hex" | "base64";
  /** Default: nothing; the server greets. */
  readonly send?: string;
  /** Default: any answer. */
  readonly expect?: string;
}

/** A dependency as it is given to a trial: no file of settings says this of one. */
export interface GivenDependency extends DependencySettings {
  /** It has values from outside of the repository: nothing that it says is shown or stored. */
  readonly confidential?: true;
}

export interface ProbeSettings {
  readonly http?: { readonly port: number; readonly path?: string; readonly scheme?: "http" | "https" };
  readonly tcp?: { readonly port: number };
  readonly grpc?: { readonly port: number; readonly service?: string };
  readonly exec?: readonly string[];
}

/** What the settings say for one container. */
export function settingsFor(settings: TrialSettings, container: string | undefined): TrialSettings {
  const { containers = {}, ...common } = settings;
  if (container === undefined || !Object.hasOwn(containers, container)) return common;
  return { ...common, ...containers[container] };
}
