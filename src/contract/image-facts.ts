import type { Masked } from "./masked.ts";
import type { SettingFacts } from "./setting-facts.ts";
import type { Text } from "./text.ts";

/** A digest: `sha256:` and 64 lower-case hexadecimal digits. */
export type Digest = `sha256:${string}`;

/** Facts of one image: plain JSON, sufficient to judge the image again years later without its files. */
export interface RawImage {
  /** Source of the image as requested. */
  readonly source: string;
  /** Digest of the manifest (for the chosen platform); absent for a docker-archive, which has none. */
  readonly digest?: Digest;
  /** Digest of the index through which the manifest was chosen. */
  readonly indexDigest?: Digest;
  /** Further indexes that lead to the manifest: nested indexes, and indexes in earlier evidence. */
  readonly otherIndexDigests?: readonly Digest[];
  /** Digest of the config: the image id. */
  readonly imageId: Digest;
  /** Platform as `os/architecture[/variant]`. */
  readonly platform: string;
  /** Other platforms in the image's index, whose images were not read; absent if there are none. */
  readonly otherPlatforms?: readonly string[];
  readonly config: ConfigFacts;
  readonly history: readonly HistoryFacts[];
  /** Layers, bottom first. */
  readonly layers: readonly LayerSummary[];
  /** Verified base image; absent if there are only guesses. */
  readonly base?: BaseFacts;
  readonly annotations: Readonly<Record<string, string>>;
  /** Programs that ENTRYPOINT and CMD start, resolved in the image's file system. */
  readonly program: ProgramFacts;
  /** Programs of workloads' command lines in this image, if they differ from the image's own program. */
  readonly overridden?: readonly OverriddenStart[];
  /** Files that rules select (by their `files`), sorted by path, then layer. */
  readonly files: readonly FileFacts[];
  readonly secrets: readonly SecretFacts[];
  /** Files that were searched for secrets only in part, or not at all; absent in older evidence. */
  readonly unsearched?: UnsearchedFacts;
  /** Databases recognised by content, in files and archives of the application; absent in older evidence. */
  readonly databases?: readonly DatabaseFacts[];
  /** Environment-specific values in the application's bundles; absent in older evidence. */
  readonly inlined?: readonly InlinedFacts[];
  /**
   * Hash of each rule's file selectors at collection, by rule id. If a rule's selectors changed since, its
   * files were not collected.
   */
  readonly asked: Readonly<Record<string, string>>;
}

/** Facts with every secret masked. */
export type ImageFacts = Masked<RawImage>;

/**
 * The OCI image config (https://github.com/opencontainers/image-spec/blob/main/config.md), with its values
 * unchanged.
 */
export interface ConfigFacts {
  readonly user: string;
  /** Variables as `NAME=value`, in the config's order; secret values are masked. */
  readonly env: readonly string[];
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly workingDir: string;
  /** Ports as in `8080/tcp`. */
  readonly exposedPorts: readonly string[];
  readonly volumes: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly stopSignal?: string;
  readonly shell?: readonly string[];
  readonly healthcheck?: readonly string[];
  readonly author?: string;
  readonly created?: string;
}

export interface HistoryFacts {
  readonly createdBy: string;
  readonly comment?: string;
  readonly author?: string;
  readonly created?: string;
  /** Index into `layers` of the step's layer; absent for a step without a layer. */
  readonly layer?: number;
}

/** Base image whose layers are the lowest layers of this image, confirmed by digest by its registry. */
export interface BaseFacts {
  /** Full reference with the digest of its manifest: `docker.io/library/debian@sha256:…`. */
  readonly reference: string;
  /** Number of lowest layers that belong to the base. */
  readonly layers: number;
}

export interface LayerSummary {
  /** Digest of the blob as stored; absent in a docker-archive, which has only diffIds. */
  readonly digest?: Digest;
  readonly diffId: Digest;
  readonly mediaType: string;
  /** Size of the blob as stored, in bytes. */
  readonly size: number;
  /** Number of entries in the layer's tar. */
  readonly entries: number;
  /**
   * Whether the layer seems to belong to the base image, by a label or the history. An image can fake this,
   * so it may order and word findings, but never suppress or soften one.
   */
  readonly base: boolean;
  /** Reason why the layer was not read (such as a foreign layer); absent if the layer was read. */
  readonly unread?: Text;
}

export type FileType = "file" | "directory" | "symlink" | "character" | "block" | "fifo";

/** Properties of a file that need no further lookup. */
export interface FileHeader {
  readonly path: string;
  readonly type: FileType;
  readonly mode: number;
  readonly capability?: string | undefined;
  /** Set for a member of an archive. */
  readonly packed?: true | undefined;
}

export interface FileFacts {
  /** Absolute path in the image, without trailing slash. */
  readonly path: string;
  /** Path of the file itself, if the selecting `path` leads to it through links. */
  readonly realPath?: string;
  /** Index into `layers`. */
  readonly layer: number;
  readonly type: FileType;
  /** Permission bits with setuid, setgid and sticky: 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Size in bytes. */
  readonly size: number;
  /** Target of a symbolic link, as written. */
  readonly link?: string;
  /** Value of `security.capability`, hexadecimal (20 bytes, 24 for revision 3). */
  readonly capability?: string;
  /** Set for a folder that has no entry in any layer. */
  readonly implicit?: true;
  /**
   * Set if a later entry deleted or replaced the file: the image contains it, but the running container does
   * not.
   */
  readonly hidden?: true;
  /**
   * Set for a member of an archive, whose name follows `!/`. Mode and owner are set by the archive's reader.
   */
  readonly packed?: true;
  /** Beginning of the content as text (invalid UTF-8 replaced), if the rule requested it. */
  readonly content?: string;
  /** Set if the content was cut. */
  readonly truncated?: true;
  /** Settings in the content, by the name of the reader that a rule requested; empty if there are none. */
  readonly settings?: Readonly<Record<string, readonly SettingFacts[]>>;
}

/** A secret recognised in the image. */
export interface SecretFacts {
  /** Detector id: `private-key`, `aws-access-key`, `url-password`… */
  readonly kind: string;
  /** Place: a file of a layer, or in the config. */
  readonly at:
    | {
        readonly in: "file";
        readonly path: string;
        readonly layer: number;
        /** Line of the secret; 0 if the file has no lines, or lines were not counted. */
        readonly line: number;
        readonly hidden?: true;
        /** Path inside the file, if it is an archive: `BOOT-INF/lib/a.jar!/key.pem`. */
        readonly inside?: string;
        /** Package, if the file seems to be a test, an example or documentation of the package itself. */
        readonly testOf?: string;
      }
    | { readonly in: "env"; readonly name: string }
    | { readonly in: "label"; readonly name: string }
    | { readonly in: "history"; readonly step: number }
    | { readonly in: "command" }
    /** Field of the config or the manifest: `config.workingDir`, `history.comment`, `annotations`. */
    | { readonly in: "field"; readonly name: string };
  /** First characters and length, never enough to use the secret. */
  readonly masked: string;
  /** Identifier of this value at this place: 16 hexadecimal digits of SHA-256 over kind, place and value. */
  readonly id: string;
  /** `confirmed`: only secrets have this form. `likely`: a literal value under a secret's name. */
  readonly confidence: "confirmed" | "likely";
}

/** An environment-specific value that a build wrote into a bundle. */
export interface InlinedFacts {
  /** `host`: host of a service's address. `mode`: mode of Vite. */
  readonly kind: "host" | "mode";
  /** Value in lower case: `api.recette.corp.fr`, `recette`. */
  readonly value: string;
  /** Path in the image, absolute. */
  readonly path: string;
  /** Index into `layers`. */
  readonly layer: number;
  readonly hidden?: true;
  /** Path inside the file, if it is an archive. */
  readonly inside?: string;
}

/** A database, recognised by its content. */
export interface DatabaseFacts {
  /** Format by its usual name: `SQLite`, `PostgreSQL (pg_dump)`. */
  readonly format: string;
  /** Path in the image, absolute. */
  readonly path: string;
  /** Index into `layers`. */
  readonly layer: number;
  readonly hidden?: true;
  /** Path inside the file, if it is an archive. */
  readonly inside?: string;
  /** Set if the tables are those of a read-only data set, not state of the application. */
  readonly isRead?: true;
  /** Set for an SQL script. */
  readonly isScript?: true;
}

/** Files that were searched for secrets only in part, or not at all. */
export interface UnsearchedFacts {
  readonly files: readonly UnsearchedFile[];
  /** Number of further files. */
  readonly others: number;
}

export interface UnsearchedFile {
  readonly path: string;
  /** Index into `layers`. */
  readonly layer: number;
  /** Path inside the file, if it is an archive that was searched. */
  readonly inside?: string;
  /** SHA-256 of the whole file, hexadecimal, if computed. */
  readonly sha256?: string;
  /** Reason: a format (`bzip2`), `encrypted`, `damaged`, `method`, `too-deep`, `too-much`. */
  readonly why: string;
}

/** Programs that a command line starts, as execve resolves it in the image. */
export interface ProgramFacts {
  /** Entrypoint and arguments, as the runtime joins them; empty if the image has no command. */
  readonly argv: readonly string[];
  /** Value of PATH for the process. */
  readonly path: string;
  /**
   * Steps in order: argv[0], the interpreter of each script, then programs that a shell script starts (by
   * `exec`, by `&`, or as its last command) and scripts that it calls or sources (`./migrate.sh`, `.
   * ./lib.sh`). Includes branches that are possibly not taken.
   */
  readonly steps: readonly ProgramStep[];
  /**
   * Sources that the start loads with an interpreter (`python3 portal.py`) and that seem to call a
   * user-changing tool; absent if there are none.
   */
  readonly calls?: readonly ProgramCall[];
  /**
   * Set if steps are missing because a bound was reached (startDepth, startSteps, startLookups, scriptBytes,
   * shellConditions, argumentCharacters).
   */
  readonly cut?: true;
}

/** Programs of a workload's command line in the image; absent in older evidence. */
export interface OverriddenStart extends ProgramFacts {
  /** Working directory, from which relative names start. */
  readonly workingDir: string;
}

/** A source file that seems to change the user, under conditions that were not read. */
export interface ProgramCall {
  /** Name of the source in the command: `portal.py`, `portal.web` for `python -m`. */
  readonly name: string;
  /** Path after following links. */
  readonly file: string;
  /** Tool or call: `sudo`, `os.setuid()`. */
  readonly tool: string;
}

export interface ProgramStep {
  /** Name as written: `docker-entrypoint.sh`, `$JAVA_HOME/bin/java`. */
  readonly name: string;
  /** Path after following links; absent if the image lacks the file, or the shell computes the name. */
  readonly file?: string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Value of `security.capability`, hexadecimal. */
  readonly capability?: string;
  /** The text of a script, up to the bound for kept files. */
  readonly script?: string;
  /** Tool that the file really is, by its content: `su-exec`; absent if the tool has the file's own name. */
  readonly is?: string;
}
