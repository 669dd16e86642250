# The application alone; build the jar first: mvn package
FROM eclipse-temurin:25-jre
RUN useradd --system --create-home porchlight
USER porchlight
WORKDIR /home/porchlight
COPY target/lib lib
COPY target/porchlight.jar .
# A first run that ends when everything is wired; what it has loaded and linked is kept, and each start takes half the time.
RUN java --enable-native-access=ALL-UNNAMED -XX:AOTCacheOutput=porchlight.aot -Dspring.context.exit=onRefresh \
    -jar porchlight.jar --porchlight.engine.mode=remote --porchlight.secret=only-to-load-the-classes-only-to-load \
    --porchlight.brands.bottega.api-keys=only-to-load-the-classes --camunda.client.grpc-address=http://127.0.0.1:1 \
    --camunda.client.rest-address=http://127.0.0.1:1 --spring.mail.host=127.0.0.1 \
    "--spring.datasource.url=jdbc:h2:mem:classes;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=12 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "-XX:AOTCache=porchlight.aot", "-jar", "porchlight.jar"]
