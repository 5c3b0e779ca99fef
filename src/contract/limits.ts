import { ATTESTATION_LIMITS } from "./attestation-limits.ts";
import { PACKAGE_LIMITS } from "./package-limits.ts";
import { SECRET_LIMITS } from "./secret-limits.ts";
import { TRIAL_LIMITS } from "./trial-limits.ts";

/**
 * Every bound on hostile input, in one place, each with its reason. Exceeding a bound is an error that names
 * it; nothing is silently truncated.
 */
export const LIMITS = {
  /** Entries of one image; the largest real image seen (an ML stack) has about 400,000. */
  entriesPerImage: 1_000_000,
  /** Layers of one image; overlayfs itself stops at 500, real images stay below 130. */
  layersPerImage: 500,
  /** Bytes of tar, all layers together; GPU images reach 30 GB. */
  unpackedBytesPerImage: 64 * 1024 ** 3,
  /** Inflated bytes per compressed byte of a layer. Deflate allows at most 1,032; sparse logs reach 300. */
  expansionRatio: 1_000,
  /** Expanded bytes allowed for any layer, whatever its ratio: small layers of zeros are harmless. */
  expansionFloorBytes: 16 * 1024 ** 2,
  /**
   * Maximum number of readings of a layer, if links or scripts lead to more of its files; real images need 1,
   * rarely 2.
   */
  readPasses: 4,
  /** Bytes kept of one selected file; longer files are cut and marked. */
  keptFileBytes: 4 * 1024 ** 2,
  /** Bytes kept of all the files of one layer, so that memory does not grow with the image. */
  keptBytesPerLayer: 16 * 1024 ** 2,
  /** Bytes of /etc/passwd or /etc/group; enough for some 4,000 accounts, while images have thirty. */
  accountFileBytes: 256 * 1024,
  /** Bytes of a script that may be an entrypoint; the longest of Docker's official images has 20 KiB. */
  scriptBytes: 64 * 1024,
  /** Milliseconds of one analyzer in one layer; searching 60 GB for secrets takes 200 s. */
  analyzerMs: 15 * 60_000,
  /** Milliseconds for one image, registry to facts: 64 GB at 10 MB/s take an hour and three quarters. */
  imageMs: 2 * 60 * 60_000,
  /** Milliseconds of work on one document (manifests, a Dockerfile, a large file of a layer) or on the rules for one subject; 64 MiB of YAML take 15 s. */
  documentMs: 2 * 60_000,
  /** Documents up to this number of characters are parsed without a watching thread. */
  unwatchedCharacters: 64 * 1024,
  /** Bytes of the cache of layer facts; about 2,000 layers. */
  cacheBytes: 512 * 1024 ** 2,
  /** Bytes of compressed layer facts in memory for a run of several images without a cache; 2,000 layers. */
  keptFactsBytes: 64 * 1024 ** 2,
  /** Approximate bytes of layer facts kept in memory by a run with several images. */
  factsAtHandBytes: 48 * 1024 ** 2,
  /** Bytes of unpacked layers kept for later trials; some forty images of 500 MB. */
  unpackedBytesKept: 20 * 1024 ** 3,
  /** Milliseconds after which an unpacked layer counts as unused, a partial one as abandoned. */
  unpackedUnusedMs: 2 * 60 * 60 * 1_000,
  /** Bytes of a JSON document: manifest, index, config, archive listing, evidence. */
  jsonBytes: 64 * 1024 ** 2,
  /** Bytes of a config or manifest; the largest real config seen has 200 KiB. */
  manifestBytes: 8 * 1024 ** 2,
  /**
   * Bytes of an AdmissionReview: the API server accepts objects of 3 MiB, and sends the old object beside the
   * new one.
   */
  admissionReviewBytes: 8 * 1024 ** 2,
  /** Values of an AdmissionReview; a pod of 1,000 containers has some 20,000. */
  admissionReviewValues: 500_000,
  /** Nesting of a JSON document; OCI documents need 6. */
  jsonDepth: 100,
  /** Values of a JSON document of an image or of its registry; an index of 1,000 manifests has some 15,000. */
  jsonValues: 50_000,
  /** Bytes of PAX or GNU long-name records before one entry; PATH_MAX is 4 KiB, xattrs 64 KiB each. */
  tarExtensionBytes: 1024 ** 2,
  /** Bytes of a path in a tar; Linux's PATH_MAX. */
  pathBytes: 4_096,
  /** Bytes of all paths and link targets of an image's layers; an ML stack's 400,000 entries make 40 MiB. */
  pathBytesPerImage: 128 * 1024 ** 2,
  /** Directories that the paths of an image's layers lead through, links followed: 1 s of work; an ML stack makes 4 million. */
  pathStepsPerImage: 20_000_000,
  /** Symbolic links followed while one name is resolved; as in Linux. */
  symlinks: 40,
  /** Depth of nested indexes. */
  indexDepth: 4,
  /** Manifests listed by one index. */
  manifestsPerIndex: 1_000,
  /** Entries of a layout examined to find the image; cosign writes three per image. */
  layoutEntriesRead: 64,
  /** Files of one archive (docker save: three per layer). */
  archiveEntries: 10_000,
  /** Redirects followed for one request. */
  redirects: 5,
  /** Milliseconds without a byte from a registry before the connection is given up. */
  networkIdleMs: 30_000,
  /** Minimum average rate of a body, once it was awaited for twice networkIdleMs; a slow modem is faster. */
  networkBytesPerSecond: 1_024,
  /** Attempts of one request, or of a download, between which no progress is made. */
  networkAttempts: 5,
  /**
   * Bytes of a download that count as progress; even after the longest wait, the rate is at least
   * networkBytesPerSecond.
   */
  networkProgressBytes: 64 * 1024,
  /** Milliseconds that a registry may ask us to wait (Retry-After). */
  retryAfterMs: 60_000,
  /** Characters of a comment on a merge request; GitHub allows 65,536. */
  commentCharacters: 60_000,
  /** Pages of comments in which our own is searched; 5,000 comments. */
  commentPages: 100,
  /** Files in a registry's folder of certificates (certs.d); there are some three. */
  certificateFiles: 100,
  /** Milliseconds for a credential helper; a helper that opens a window for a password is not supported. */
  credentialHelperMs: 30_000,
  /** Depth of nested archives and compressions; a saved image with a fat jar has four. */
  packedDepth: 8,
  /** Bytes that the archives of one layer may expand to, including nested ones; 200 fat jars. */
  packedBytesPerLayer: 4 * 1024 ** 3,
  /** Members of the archives of one layer; a fat jar has 20,000 to 50,000. */
  packedMembersPerLayer: 1_000_000,
  /** Bytes that xz files of one layer unpack to: 2 s of work, since xz is slow. Files in images are small. */
  xzBytesPerLayer: 32 * 1024 ** 2,
  /** Bytes of one xz file to unpack; a language's sources have 10 MiB and take 10 s. */
  xzFileBytes: 4 * 1024 ** 2,
  /** Bytes of an xz file's dictionary; xz -6 needs 8 MiB. */
  xzDictionaryBytes: 16 * 1024 ** 2,
  /** Bytes of a list of files in an archive of Electron (a large editor's has 2 MB) or PHP; of an object of a git pack kept as a difference. */
  packedIndexBytes: 16 * 1024 ** 2,
  gitDeltaBytes: 16 * 1024 ** 2,
  /** Members of archives of one layer that rules request; a release of a large application has some 100. */
  packedKeptPerLayer: 2_000,
  /** Databases reported for one layer; PostgreSQL has some 300 files for each. */
  databasesPerLayer: 1_000,
  /** Environment-specific hosts and modes reported for one layer's bundles; an application has a few. */
  inlinedPerLayer: 200,
  /** Bytes of a file that is searched in one piece; longer files are streamed. */
  secretFileBytes: 1024 ** 2,
  ...ATTESTATION_LIMITS,
  ...PACKAGE_LIMITS,
  /** Characters of one vector of CVSS; version 4 with all its metrics has 250. */
  cvssCharacters: 1_000,
  /** Bytes of archives held until a layer's package lists are known; those of Debian's base have 9 MiB. */
  heldArchiveBytes: 12 * 1024 ** 2,
  /** Bytes of code of packages that are held until a package's manifest comes. */
  heldCodeBytes: 4 * 1024 ** 2,
  /** The same of one package; an application's own packages are smaller. */
  heldPackageBytes: 1024 ** 2,
  ...SECRET_LIMITS,
  /** Commands of one start script, each counted with the conditions around it; the longest official entrypoints need some 2,000. */
  shellConditions: 50_000,
  /** Words of ENTRYPOINT and CMD together, or arguments of a script; real ones have some 50. */
  argvWords: 1_000,
  /** Characters that `$@` and `$1` add to one command of a script; execve refuses more than 2 MiB of arguments. */
  argumentCharacters: 2 * 1024 ** 2,
  /** Characters of one word; execve refuses more than 128 KiB (MAX_ARG_STRLEN). */
  argvWordLength: 128 * 1024,
  /** Commands that a container's start leads to, scripts and functions included; the longest official entrypoints reach 2,000. */
  startedCommands: 20_000,
  /** Wrappers, scripts and functions around one command of a start; real ones reach 8. */
  startNesting: 64,
  /** Depth of programs in a start: `tini -- docker-entrypoint.sh node` with its shell is four. */
  startDepth: 16,
  /** Programs and scripts of a start in total; entrypoints with libraries of functions reach 20. */
  startSteps: 128,
  /** Names looked up in an image while its start is followed; a long script's 2,000 commands in ten directories of PATH make 20,000. */
  startLookups: 100_000,
  /** Command lines, probes and hooks of workloads that are followed in one image; a whole cluster's cron jobs of one image are some 200. */
  startsPerImage: 1_000,
  /** Bytes of one file of manifests, or of standard input; `kubectl get -o yaml` of a whole cluster fits. */
  manifestFileBytes: 64 * 1024 ** 2,
  /** Characters of one YAML document. The API server takes 3 MiB per object; a List may hold hundreds. */
  yamlDocumentCharacters: 16 * 1024 ** 2,
  /** Nesting of a YAML document; a pod's deepest field is at 20, the schema of a large CRD at 60. */
  yamlDepth: 200,
  /** Nodes and characters that aliases add to a YAML document: shared blocks need thousands, a bomb billions. */
  yamlAliasSize: 4 * 1024 ** 2,
  /** Workloads and problems of one file of manifests; a large cluster runs 10,000 workloads, 64 MiB of `kubectl get -o yaml` hold some 13,000. */
  manifestsPerFile: 20_000,
  /** Different images that the manifests of one run name; a large cluster runs some 1,000. */
  namedImages: 5_000,
  /** Images in a policy's `bases` that are queried to find the base of one image; a platform has some ten. */
  baseCandidates: 16,
  /** Milliseconds for one query about a base image; the verdict does not depend on it. */
  baseLookupMs: 15_000,
  /** Depth of nested lists; `kubectl get` gives one. */
  listDepth: 8,
  /** Pods and images of one custom resource; the workflows of a day name some 100. */
  podsPerObject: 1_000,
  /**
   * Containers and image volumes of one pod. Each is judged with all findings about the pod; a server judges while every
   * other pod waits.
   */
  containersPerPod: 200,
  /** Fields reported as invalid for one workload; a mistake repeated in every container stays far below. */
  invalidFields: 500,
  /**
   * Characters of a YAML document that `fix` edits, in all attempts to skip refused workloads: 90 s of work.
   */
  fixCharacters: 64 * 1024 ** 2,
  /** Folders and files examined while one folder is searched for manifests, without node_modules. */
  folderEntries: 1_000_000,
  /** Bytes of one ignore file, each line of which is compared with each file; large ones have 20 KiB. */
  ignoreFileBytes: 64 * 1024,
  /** Lines of all ignore files with one name in a repository; 79 nested files of 5,000 lines took minutes. */
  ignoreLines: 20_000,
  /** Depth of subfolders; repositories have 10 or so. */
  folderDepth: 100,
  /** Entries of one folder that is only listed. */
  listedEntries: 100_000,
  /** Bytes of one Dockerfile; the longest of 700 real ones has 60 KiB. */
  dockerfileBytes: 1024 ** 2,
  /** Files of a repository read for build arguments (pipelines, compose files, scripts); large ones have 80. */
  buildFiles: 500,
  /** Entries of folders that are searched for files with build arguments. */
  pipelineEntries: 20_000,
  /** Bytes of one file with build arguments; the longest pipelines have 200 KiB. */
  buildFileBytes: 512 * 1024,
  /** Instructions of one Dockerfile, including ONBUILD triggers; real ones reach 300. */
  dockerfileInstructions: 5_000,
  /** Errors reported for one Dockerfile; a file with more errors is not a Dockerfile. */
  dockerfileProblems: 1_000,
  /** Stages of one Dockerfile; the largest real ones have 60. */
  dockerfileStages: 500,
  /** Characters of one value of a Dockerfile after expansion: each ENV may double the previous one. */
  dockerfileValueCharacters: 64 * 1024,
  /** Characters of all values of a Dockerfile after expansion. */
  dockerfileCharacters: 16 * 1024 ** 2,
  /** Bytes of a configuration file (douane.yaml, platform policy). */
  settingsBytes: 1024 ** 2,
  ...TRIAL_LIMITS,
  /** Vulnerability findings of one image; an old ML stack has some 6,000. */
  vulnerabilityFindings: 20_000,
  /** Components named as not comparable, by reason and ecosystem; the others are counted. */
  unmatchedNamed: 20,
  /** Characters of the rows of one source of vulnerability data while it is imported; 220,000 records of npm make 60 million. */
  vulnerabilityRowCharacters: 256 * 1024 ** 2,
  /** Bytes of an image's evidence in a server's store, before compression; an image of 3,000 packages has 2 MB. */
  storedEvidenceBytes: 8 * 1024 ** 2,
  /** Bytes of all images' evidence in a server's store, compressed; 10,000 images of 300 packages have 1 GB. */
  storedEvidenceTotalBytes: 8 * 1024 ** 3,
  /** Days for which evidence in a server's store counts, so that forged evidence in the store expires, too. */
  storedEvidenceDays: 7,
  /** Answers of vulnerability data in the index of one image; an image of 300 packages has 300. */
  indexedAnswers: 50_000,
  /** Distinct answers in the index of all images; 10,000 images of a platform share most of their answers. */
  indexedAnswersTotal: 5_000_000,
  /** Bytes of the rows of one package in vulnerability data; Debian's kernel has 4,000 records. */
  vulnerabilityBlockBytes: 64 * 1024 ** 2,
  /** Characters of the catalogue of vulnerability data; forty sources have 20 KiB. */
  vulnerabilityCatalogBytes: 4 * 1024 ** 2,
  /** Milliseconds that an import waits while another import writes its data; writing takes some 100 ms. */
  vulnerabilityLockMs: 60_000,
  /** Members of an archive of vulnerability data; the whole CVE List has 330,000 records. */
  vulnerabilityArchiveEntries: 900_000,
  /** Bytes that an archive or a gzip feed of vulnerability data unpacks to; the whole CVE List has 3 GB. */
  vulnerabilityUnpackedBytes: 32 * 1024 ** 3,
  /** Statements of one VEX document; Red Hat's document about a kernel CVE has some 4,000. */
  vexStatements: 100_000,
  /** Bytes of one download of vulnerability data; the whole CVE List has 600 MB. */
  vulnerabilityDownloadBytes: 4 * 1024 ** 3,
  /**
   * Deltas of one source that an export keeps, one per changed export; enough for an importer that was absent
   * for a week.
   */
  vulnerabilityDeltas: 7,
  /** Bytes of one answer of a Kubernetes API server; a page of 500 pods has 10 MB. */
  kubeAnswerBytes: 64 * 1024 ** 2,
  /** Bytes of one object of a Kubernetes API server, which stores 1.5 MiB at most and shows twice that with its managed fields. */
  kubeObjectBytes: 8 * 1024 ** 2,
  /** Milliseconds of one update of vulnerability data, all sources together. */
  vulnerabilityUpdateMs: 60 * 60_000,
} as const;
