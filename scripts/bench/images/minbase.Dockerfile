FROM scratch
ADD minbase.tar /
USER 65532
CMD ["/bin/sleep", "infinity"]
