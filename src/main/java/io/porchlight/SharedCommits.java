package io.porchlight;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Commits of an H2 in this process wait until they are written, and those that wait together share one write (group commit).
 * By itself H2 writes for each commit while all others wait, or for none. Other databases do this themselves, nothing is
 * added to theirs. Whatever is written outside of a transaction is not waited for.
 */
@Component
final class SharedCommits extends JdbcTransactionManager implements DisposableBean {

    /** Nobody interrupts this one: H2 returns early when somebody does, and what it was to write is not written yet. */
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("commits").daemon().factory());

    /** The write that has not begun, which everybody shares who commits until it does. */
    private @Nullable CompletableFuture<Void> next;

    SharedCommits(DataSource database) {
        super(database);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        var held = (ConnectionHolder) TransactionSynchronizationManager.getResource(obtainDataSource());
        var changed =
                changed(requireNonNull(held, "a transaction has a connection").getConnection());
        super.doCommit(status);
        changed.ifPresent(this::write);
    }

    /** The database that this transaction has changed, if it is one of ours to write. */
    private static Optional<Database> changed(Connection connection) {
        try {
            return connection.isWrapperFor(JdbcConnection.class)
                            && connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
                            && session.containsUncommitted()
                    ? Optional.of(session.getDatabase())
                    : Optional.empty();
        } catch (SQLException closed) {
            return Optional.empty(); // and the commit says so
        }
    }

    /** Returns when everything that was committed before is written. */
    private void write(Database database) {
        try {
            shared(database).join();
        } catch (CompletionException trouble) {
            throw new TransactionSystemException("What was committed could not be written to disk", trouble.getCause());
        }
    }

    private synchronized CompletableFuture<Void> shared(Database database) {
        var write = next;
        if (write == null) {
            write = CompletableFuture.runAsync(
                    () -> {
                        begin();
                        database.checkpoint();
                    },
                    writer);
            next = write;
        }
        return write;
    }

    /** Who commits from now on may be too late for this write. */
    private synchronized void begin() {
        next = null;
    }

    @Override
    public void destroy() {
        writer.shutdown();
    }
}
