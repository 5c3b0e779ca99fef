# What teams ship when nobody looks: three runtimes and a dependency tree, one layer each.
FROM scratch
ADD minbase.tar /
RUN apt-get update \
 && apt-get install --yes --no-install-recommends openjdk-21-jre-headless \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
RUN apt-get update \
 && apt-get install --yes --no-install-recommends python3-scipy python3-pandas \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
COPY node /usr/local/bin/node
COPY app /app
WORKDIR /app
USER 65532
CMD ["node", "server.js"]
