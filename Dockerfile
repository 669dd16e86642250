# The application alone; build the jar first: mvn package
FROM eclipse-temurin:25-jre
RUN useradd --system --create-home porchlight
USER porchlight
WORKDIR /home/porchlight
COPY target/lib lib
COPY target/porchlight.jar .
# What Java learns in a training run is kept: each start takes half the time, and the first letters cost less.
COPY docker/training.options .
RUN --mount=type=bind,source=.camunda,target=.camunda \
    timeout 600 java @training.options -XX:AOTCacheOutput=porchlight.aot -jar porchlight.jar && rm -r training
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=12 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "-XX:AOTCache=porchlight.aot", "-jar", "porchlight.jar"]
