package io.porchlight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A 2xx is on disk: what was committed is there after the power failed. */
class SyncedFilesTest {

    private static final String SETTINGS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

    @TempDir
    Path folder;

    @BeforeAll
    static void learnTheFiles() {
        FilePath.register(new PlatterFiles());
        SyncedFiles.register();
    }

    @Test
    void whateverWasCommittedIsThereAfterThePowerFailed() throws Exception {
        var committed = committedUntilThePowerFails("jdbc:h2:synced:platter:");
        assertThat(found()).isNotEmpty().containsAll(committed);
    }

    @Test
    void withoutThemACommitWaitsForTheOperatingSystem() throws Exception {
        assertThat(committedUntilThePowerFails("jdbc:h2:platter:")).isNotEmpty();
        assertThatThrownBy(this::found).isInstanceOf(SQLException.class);
    }

    private Queue<Integer> committedUntilThePowerFails(String scheme) throws Exception {
        var url = scheme + folder.resolve("orders") + SETTINGS;
        var committed = new ConcurrentLinkedQueue<Integer>();
        try (var keeper = DriverManager.getConnection(url);
                var statement = keeper.createStatement()) {
            statement.execute("create table orders (id int primary key, content varchar(2000))");
            var some = new CountDownLatch(200);
            var threads = IntStream.range(0, 4)
                    .mapToObj(n -> Thread.ofPlatform().start(() -> place(url, n * 100, committed, some)))
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

    private static void place(String url, int first, Queue<Integer> committed, CountDownLatch some) {
        try (var connection = DriverManager.getConnection(url);
                var insert = connection.prepareStatement("insert into orders values (?, ?)")) {
            for (int id = first; id < first + 100; id++) {
                insert.setInt(1, id);
                insert.setString(2, "shoes ".repeat(300));
                insert.executeUpdate();
                committed.add(id);
                some.countDown();
            }
        } catch (SQLException trouble) {
            throw new IllegalStateException(trouble);
        }
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
