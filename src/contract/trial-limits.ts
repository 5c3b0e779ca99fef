/** Bounds of trials and of their evidence; part of LIMITS. */
export const TRIAL_LIMITS = {
  /** Milliseconds of one pod's trial, whatever the settings. */
  trialMs: 30 * 60_000,
  /** Processes and threads of a container in a trial; a large JVM has 500. */
  trialProcesses: 1_024,
  /** Processes, without threads, at which a trial's container is killed as a fork bomb; Apache has 256. */
  trialForkBomb: 400,
  /** Bytes of memory of a trial's container without a limit in the manifest. */
  trialMemoryBytes: 1024 ** 3,
  /** Bytes of memory of one process without cgroups; a JVM's initial heap is 1/64 of the machine's memory. */
  trialDataBytes: 4 * 1024 ** 3,
  /** Bytes of each tmpfs that a trial's container can write. */
  trialTmpfsBytes: 256 * 1024 ** 2,
  /** Bytes of all tmpfs volumes of one pod; with many volumes, each gets less. */
  trialPodTmpfsBytes: 2 * 1024 ** 3,
  /** Bytes that a trial's dependency can write; MySQL takes 200 MB for an empty database. */
  trialDependencyBytes: 512 * 1024 ** 2,
  /** Images of one trial that run as its dependencies; a platform in a compose file has some five. */
  trialDependencies: 10,
  /** Services with *_SERVICE_HOST variables; 10,000 would exceed ARG_MAX, and no program would start. */
  trialServices: 1_000,
  /** Connections to a dependency's port at a time; a pool has some 10. */
  trialConnections: 1_000,
  /** Trials in the evidence files of one run; a cluster's thousand workloads with five containers each. */
  trialsPerRun: 5_000,
  /**
   * Runs of `douane trial` that tried one image. Each run salts its values differently, which costs 0.1 s.
   */
  trialSaltsPerImage: 100,
  /** Trials compared with containers; 400 cron jobs of one image, each with the trials of all 400. */
  trialComparisons: 200_000,
  /** Trials judged, for all containers together; a thousand workloads with five containers and trials each. */
  trialsCounted: 25_000,
  /**
   * Values of trials that one run digests, about 3 ms each: 100 workloads with 200 different variables each.
   */
  trialValueDigests: 20_000,
  /** Containers that are tried together; a pod with a mesh, a proxy and an agent has six. */
  trialContainers: 30,
  /** Trials that run at the same time on any machine; most of them wait. */
  trialsAtOnce: 16,
  /** Files in each tmpfs. */
  trialTmpfsInodes: 65_536,
  /** Bytes per second read from each of stdout and stderr; faster programs wait, as with slow log drivers. */
  trialOutputBytesPerSecond: 16 * 1024 ** 2,
  /** Bytes kept of each of stdout and stderr, half from the beginning, half from the end. */
  trialSampleBytes: 16 * 1024,
  /** Bytes kept of the output of one second without requests; a line of a heartbeat has some 50 bytes. */
  trialIdleBytes: 4 * 1024,
  /** Bytes kept of the output from the repetition of the last requests to the stop; an access log has 100 a line. */
  trialWorkBytes: 8 * 1024,
  /** Bytes kept of the beginning of a file that was written. */
  trialFileSampleBytes: 2_048,
  /** Bytes examined of text appended to a watched file, and bytes of its lines that are kept. */
  trialAddedBytes: 64 * 1024,
  trialAddedSampleBytes: 1_024,
  /** Bytes kept of one file, and of all files of a file system, to detect writes into files of fixed size. */
  trialFixedFileBytes: 1024 ** 2,
  trialFixedFilesBytes: 8 * 1024 ** 2,
  /** Bytes at the beginning of a file in a volume that are compared with a replica's file. */
  trialDigestBytes: 64 * 1024,
  /** Bytes for --keep of each of stdout and stderr, half from the beginning, half from the end. */
  trialKeptOutputBytes: 1024 ** 2,
  /** Bytes for --keep of the beginning of a written file. */
  trialKeptFileBytes: 64 * 1024,
  /** Files of a phase whose text --keep saves. */
  trialKeptFiles: 200,
  /** Bytes of the texts of kept files. */
  trialKeptBytes: 8 * 1024 ** 2,
  /** Files examined after a phase, per file system. */
  trialWalkEntries: 100_000,
  /**
   * Characters of the paths of visited files together; a deep tree has 4,000 each, most have under a hundred.
   */
  trialWalkCharacters: 16 * 1024 ** 2,
  /** Changes reported per file system and phase. */
  trialWrites: 200,
  /** Observations of each kind in one phase; writes have a separate bound. */
  trialObservations: 200,
  /** Bytes of an HTTP answer that are compared. */
  trialHttpBytes: 64 * 1024,
  /** Bytes of a non-HTTP answer, of a request, and of the expected answer, each. */
  trialExchangeBytes: 64 * 1024,
  /** Requests in the settings for ports without HTTP. */
  trialExchanges: 50,
  /** Bytes of an answer to a gRPC health check; a correct one has seven. */
  trialGrpcBytes: 4_096,
  /** Open files examined to find a socket's owner; a busy server has a few thousand. */
  trialOpenFiles: 20_000,
  /** Bytes of the kernel's tables of sockets read at a time; a line has 150. */
  trialSocketTableBytes: 1024 ** 2,
} as const;
