package io.porchlight.chaos;

import io.porchlight.database.Database;
import io.porchlight.processtest.EmbeddedCamunda;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All that an application depends on, each at the end of a line that a test may break, and the time. */
final class Scene {

    final ShiftedClock clock = new ShiftedClock();
    final MailRecord record = new MailRecord(clock);
    final MailServerInTrouble mail = new MailServerInTrouble(record);
    final Line broker = new Line(EmbeddedCamunda.another().grpcPort());
    private final String url;
    private final String database;
    private final Line databaseLine;

    private Scene(String url) {
        this.url = url;
        boolean postgres = url.startsWith("jdbc:postgresql:");
        int port = postgres ? URI.create(url.substring("jdbc:".length())).getPort() : 1;
        this.databaseLine = new Line(port);
        this.database = postgres
                // Every statement is sent as text, so that the line can tell what is committed.
                ? url.replace("localhost:" + port, "127.0.0.1:" + databaseLine.port())
                        + "&prepareThreshold=0&connectTimeout=2"
                : url;
    }

    /** The line to PostgreSQL; nobody can cut the one to H2, which lives in the application. */
    Line database() {
        return databaseLine;
    }

    /** Everything works as it should. */
    void recover() {
        mail.recover();
        broker.mend();
        databaseLine.mend();
    }

    /** For applications in processes of their own. */
    static Scene onPostgres() {
        return new Scene(Database.postgresUrl());
    }

    /** Straight to the database, past the line. */
    JdbcClient jdbc() {
        return Database.client(url);
    }

    /** The settings of an application that plays here. */
    List<String> settings() {
        return List.of(
                "spring.datasource.url=" + database,
                "spring.mail.host=127.0.0.1",
                "spring.mail.port=" + mail.port(),
                "camunda.client.grpc-address=http://127.0.0.1:" + broker.port(),
                "camunda.client.rest-address=http://127.0.0.1:1");
    }

    private void describeTo(ConfigurableApplicationContext context) {
        TestPropertyValues.of(settings()).applyTo(context);
        var beans = (GenericApplicationContext) context;
        beans.registerBean(Scene.class, () -> this);
        beans.registerBean("clockOfTheScene", Clock.class, () -> clock, clocks -> clocks.setPrimary(true));
    }

    /** An application on PostgreSQL. */
    static final class OnPostgres implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            new Scene(Database.postgresUrl()).describeTo(context);
        }
    }

    /** An application on H2. */
    static final class OnH2 implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            new Scene("jdbc:h2:mem:chaos;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH")
                    .describeTo(context);
        }
    }
}
