/** A team's settings for the trial of its image: `trial` in douane.yaml. Times are in seconds. */
export interface TrialSettings {
  /** Arguments of the command, if the manifest has none. */
  readonly args?: readonly string[];
  /** Variables, which override the manifest's. */
  readonly env?: Readonly<Record<string, string>>;
  /** Contents of text files, by absolute path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Absolute paths of writable directories. */
  readonly mounts?: readonly string[];
  /** Ports, if the manifest has none. */
  readonly ports?: readonly number[];
  /** Probes, if the manifest has none. */
  readonly probes?: readonly ProbeSettings[];
  readonly warmUp?: readonly string[];
  /** Requests for ports without HTTP. */
  readonly requests?: readonly RequestSettings[];
  readonly dependencies?: readonly DependencySettings[];
  readonly lifetime?: "server" | "batch";
  readonly readyTimeout?: number;
  readonly settle?: number;
  readonly grace?: number;
  readonly duration?: number;
  readonly replica?: { readonly variable?: string; readonly port?: number };
  /** Resource quantities, if the manifest has no limit: `512Mi`, `500m`. */
  readonly memory?: string;
  readonly cpu?: string;
  /** Settings of individual containers of a workload, which replace the common settings. */
  readonly containers?: Readonly<Record<string, Omit<TrialSettings, "containers">>>;
}

/** A service that the application calls by name. */
export interface DependencySettings {
  readonly name: string;
  /** Image of the service, as on the command line; absent: its ports are open but never answer. */
  readonly image?: string;
  /** Ports; default: the ports that the image documents (EXPOSE). */
  readonly ports?: readonly number[];
  readonly env?: Readonly<Record<string, string>>;
  /** Command instead of the image's ENTRYPOINT, and `args` instead of its CMD, as in a manifest. */
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly ready?: {
    /** Command run in the dependency until it exits with 0; default: each port accepts a connection. */
    readonly exec?: readonly string[];
    /** Time limit in seconds. */
    readonly timeout?: number;
  };
  readonly memory?: string;
}

/** Bytes to send, and bytes that the answer must contain. */
export interface RequestSettings {
  readonly port: number;
  /** Transport; default: tcp. */
  readonly protocol?: "tcp" | "udp";
  /** Encoding of `send` and `expect`; default: text in UTF-8. */
  readonly encoding?: "text" | "hex" | "base64";
  /** Data to send; default: nothing, for a server that sends first. */
  readonly send?: string;
  /** Data that the answer must contain; default: any answer. */
  readonly expect?: string;
}

/** A dependency with properties that no settings file can set. */
export interface GivenDependency extends DependencySettings {
  /** Folder, absolute with links resolved, that files of an image on disk must not leave by links. */
  readonly within?: string;
  /**
   * Set if the dependency has values from outside the repository, so that its output is neither shown nor
   * stored.
   */
  readonly confidential?: true;
  /** Values from outside the repository, by name; masked in all output of the trial. */
  readonly secrets?: readonly (readonly [name: string, value: string])[];
}

export interface ProbeSettings {
  readonly http?: { readonly port: number; readonly path?: string; readonly scheme?: "http" | "https" };
  readonly tcp?: { readonly port: number };
  readonly grpc?: { readonly port: number; readonly service?: string };
  readonly exec?: readonly string[];
}

/** Settings for one container. */
export function settingsFor(settings: TrialSettings, container: string | undefined): TrialSettings {
  const { containers = {}, ...common } = settings;
  if (container === undefined || !Object.hasOwn(containers, container)) return common;
  return { ...common, ...containers[container] };
}
