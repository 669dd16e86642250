package io.porchlight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A 2xx is on disk: what was committed is there after the power failed. */
class SyncedFilesTest {

    private static final String SETTINGS = ";DB_CLOSE_ON_EXIT=FALSE";

    @TempDir
    Path folder;

    @BeforeAll
    static void learnTheFiles() {
        FilePath.register(new PlatterFiles());
        SyncedFiles.register();
    }

    @Test
    void whateverWasCommittedIsThereAfterThePowerFailed() throws Exception {
        var committed = committedUntilThePowerFails("jdbc:h2:synced:platter:", SharedCommits::new);
        assertThat(found()).isNotEmpty().containsAll(committed);
    }

    @Test
    void withoutThemACommitWaitsForTheOperatingSystem() throws Exception {
        assertThat(committedUntilThePowerFails("jdbc:h2:platter:", SharedCommits::new))
                .isNotEmpty();
        assertThatThrownBy(this::found).isInstanceOf(SQLException.class);
    }

    @Test
    void withoutSharedCommitsACommitWaitsForH2() throws Exception {
        var committed = committedUntilThePowerFails("jdbc:h2:synced:platter:", JdbcTransactionManager::new);
        assertThat(found()).doesNotContainAnyElementsOf(committed);
    }

    @Test
    void whoWaitsTogetherSharesOneWrite() throws Exception {
        try (var pool = pool("jdbc:h2:synced:platter:", 20)) {
            var jdbc = JdbcClient.create(pool);
            var transaction = new TransactionTemplate(new SharedCommits(pool));
            create(jdbc, transaction);
            var over = new CountDownLatch(1);
            // With this one H2 always has something to write: whoever asks it to, makes it write.
            var busy = Thread.ofPlatform().start(() -> neverCommits(jdbc, transaction, over));
            var threads = new ArrayList<Thread>();
            int writes = PlatterFiles.forcedAfter(
                    () -> {
                        IntStream.range(0, 16)
                                .forEach(id -> threads.add(
                                        Thread.ofPlatform().start(() -> insert(id, "shoes", jdbc, transaction))));
                        Patience.await("all are committed", Duration.ofSeconds(20), () -> count(jdbc) == 16);
                        return null;
                    },
                    () -> {
                        for (var thread : threads) {
                            thread.join();
                        }
                        return null;
                    });
            over.countDown();
            busy.join();
            // The first one's, that of all others, and what H2 notes in the file's head for each.
            assertThat(writes).isBetween(1, 6);
        }
    }

    private Queue<Integer> committedUntilThePowerFails(
            String scheme, Function<DataSource, JdbcTransactionManager> commits) throws Exception {
        var committed = new ConcurrentLinkedQueue<Integer>();
        try (var pool = pool(scheme, 4)) {
            var jdbc = JdbcClient.create(pool);
            create(jdbc, new TransactionTemplate(new SharedCommits(pool)));
            var transaction = new TransactionTemplate(commits.apply(pool));
            var some = new CountDownLatch(200);
            var threads = IntStream.range(0, 4)
                    .mapToObj(n -> Thread.ofPlatform()
                            .start(() -> IntStream.range(n * 100, n * 100 + 100).forEach(id -> {
                                insert(id, "shoes ".repeat(300), jdbc, transaction);
                                committed.add(id);
                                some.countDown();
                            })))
                    .toList();
            some.await();
            // Read before the power fails: what is committed between the two may be there or not.
            var acknowledged = new ConcurrentLinkedQueue<>(committed);
            PlatterFiles.powerFails(folder.resolve("orders.mv.db"), folder.resolve("found.mv.db"));
            for (var thread : threads) {
                thread.join();
            }
            return acknowledged;
        }
    }

    private HikariDataSource pool(String scheme, int connections) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(scheme + folder.resolve("orders") + SETTINGS + ";WRITE_DELAY=60000");
        pool.setMaximumPoolSize(connections);
        return pool;
    }

    private static void create(JdbcClient jdbc, TransactionTemplate transaction) {
        jdbc.sql("create table orders (id int primary key, content varchar(2000))")
                .update();
        // A definition is committed by H2 itself; with a row after it, it is written.
        insert(-1, "", jdbc, transaction);
        transaction.executeWithoutResult(
                status -> jdbc.sql("delete from orders").update());
    }

    private static void insert(int id, String content, JdbcClient jdbc, TransactionTemplate transaction) {
        transaction.executeWithoutResult(status -> jdbc.sql("insert into orders values (:id, :content)")
                .param("id", id)
                .param("content", content)
                .update());
    }

    private static void neverCommits(JdbcClient jdbc, TransactionTemplate transaction, CountDownLatch over) {
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            for (int id = 1_000; over.getCount() > 0; id++) {
                jdbc.sql("insert into orders values (:id, 'socks')")
                        .param("id", id)
                        .update();
                LockSupport.parkNanos(50_000);
            }
        });
    }

    private static int count(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from orders").query(Integer.class).single();
    }

    private Queue<Integer> found() throws SQLException {
        var found = new ConcurrentLinkedQueue<Integer>();
        try (var connection = DriverManager.getConnection(
                        "jdbc:h2:" + folder.resolve("found") + SETTINGS + ";IFEXISTS=TRUE");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select id from orders")) {
            while (rows.next()) {
                found.add(rows.getInt(1));
            }
        }
        return found;
    }
}
