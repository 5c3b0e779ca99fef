/** Bounds on package lists, databases, SBOMs and scan reports. Part of LIMITS. */
export const PACKAGE_LIMITS = {
  /** Bytes of one list of a package manager, or a manifest; apk's of a large image has 2 MiB. */
  packageFileBytes: 4 * 1024 ** 2,
  /** Bytes of all lists of package managers in one layer; Debian's of 1,000 packages have 8 MiB. */
  packageListBytes: 32 * 1024 ** 2,
  /** Bytes of one database of rpm; that of a workstation with 3,000 packages has 200 MiB. */
  packageDatabaseBytes: 512 * 1024 ** 2,
  /** Bytes of memory for one rpm database, which is kept mostly deflated: 100 MiB need some 45. */
  packageDatabaseMemoryBytes: 80 * 1024 ** 2,
  /** Examined places of a program that begin like deflated data: 1 s of work; 1 GB of code has 50,000 such places. */
  deflatedPlaces: 200_000,
  /** Characters of a package's name or version; registries allow some 200. */
  packageNameCharacters: 1_000,
  /** Packages that one layer declares; the largest images have some 20,000. */
  packagesPerLayer: 200_000,
  /** Unread package lists that one layer names; damaged examples in dependencies make some ten. */
  unreadListsPerLayer: 1_000,
  /** SBOMs in one layer or image; Wolfi has one per package. */
  sbomsPerImage: 1_000,
  /** Bytes of an SBOM that is read while its layer is streamed; 20,000 packages make some 10 MiB. */
  embeddedSbomBytes: 32 * 1024 ** 2,
  /** Packages that are compared although only SBOMs name them; a build's SBOM may list 5,000 absent packages. */
  unseenPackages: 20_000,
  /** Missing packages that a report names, per ecosystem. */
  missingNamed: 20,
  /** Bytes of an SBOM that is read; 100,000 packages make 70 MB of CycloneDX and 90 MB of SPDX 2.3. */
  sbomBytes: 128 * 1024 ** 2,
  /** Values of an SBOM; 100,000 packages with their places make some 2 million. */
  sbomValues: 5_000_000,
  /** Components of an SBOM; the largest images have some 20,000 packages. */
  sbomComponents: 200_000,
  /** Elements of an SBOM in XML; 100,000 packages have some 1.2 million. */
  xmlElements: 2_000_000,
  /** Bytes of a scan report; ZAP's with requests and answers of a large site has 30 MB. */
  scanReportBytes: 64 * 1024 ** 2,
  /** Values of a scan report; 100,000 findings of gitleaks make some 2 million. */
  scanReportValues: 3_000_000,
  /** Violations reported for an invalid SBOM, since one mistake is repeated in each component. */
  sbomProblems: 20,
  /** Programs, libraries and jars of one layer; the largest images have some 20,000. */
  executablesPerLayer: 200_000,
  /** Paths in one layer's file lists that may be programs; 3,000 packages of Debian have some 150,000. */
  listedProgramsPerLayer: 1_000_000,
  /** Package repositories in the files of one layer; users have some three. */
  repositoriesPerLayer: 100,
  /** Unowned programs, libraries and jars that are named for one image. */
  unownedNamed: 20,
  /** Hidden package lists named for one image; their components are marked in any case. */
  hidingsNamed: 100,
  /** Packages named per hidden list. */
  hiddenNamed: 5,
} as const;
