package io.porchlight.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The exclusive use of a home, held for as long as the application lives.
 * It is a bean factory post-processor only to come before all other beans, above all before the database in that home.
 */
final class HomeLock implements BeanFactoryPostProcessor, AutoCloseable {

    private final FileChannel channel;

    /** Takes the lock, or throws {@link HomeInUse}. */
    HomeLock(Path home) {
        try {
            Files.createDirectories(home);
            channel = FileChannel.open(
                    home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!isTaken()) {
                // The channel stays open: closing it would give up the lock if it is this very process that holds it.
                throw new HomeInUse(home, owner());
            }
            channel.truncate(0).write(ByteBuffer.wrap(ownProcess().getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use the home " + home, e);
        }
    }

    private boolean isTaken() throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private String owner() throws IOException {
        var text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        return StandardCharsets.US_ASCII.decode(text.flip()).toString();
    }

    private static String ownProcess() {
        return Long.toString(ProcessHandle.current().pid());
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        // Being made was all that had to happen.
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
