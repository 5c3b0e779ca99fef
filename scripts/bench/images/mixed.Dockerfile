# What catalogers have to do: a distribution's packages, npm's, jars within jars, Python's and Go's programs.
FROM scratch
ADD minbase.tar /
RUN apt-get update \
 && apt-get install --yes --no-install-recommends python3-numpy python3-requests umoci skopeo \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
COPY jars /opt/jars
COPY app /app
WORKDIR /app
USER 65532
CMD ["python3", "-m", "http.server"]
