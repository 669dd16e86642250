package io.porchlight;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePathWrapper;

/**
 * Files as the operating system keeps them: what is written can be read at once, but reaches the platter only when it is
 * forced, or when the file was opened so that each write waits for it. {@link #powerFails} keeps what the platter holds.
 */
public final class PlatterFiles extends FilePathWrapper {

    private static final String PLATTER = ".platter";
    private static final Object SPINDLE = new Object();
    private static final AtomicInteger FORCED = new AtomicInteger();

    /** H2 makes one for each path. */
    public PlatterFiles() {}

    /** What a machine finds when it starts again. */
    static void powerFails(Path file, Path found) throws IOException {
        synchronized (SPINDLE) {
            Files.copy(Path.of(file + PLATTER), found);
        }
    }

    /** How often something was put on a platter by what came then; meanwhile nothing can be. */
    static int forcedAfter(Callable<?> meanwhile, Callable<?> then) throws Exception {
        int before;
        synchronized (SPINDLE) {
            meanwhile.call();
            before = FORCED.get();
        }
        then.call();
        return FORCED.get() - before;
    }

    @Override
    public String getScheme() {
        return "platter";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        var platter = FileChannel.open(
                Path.of(unwrap().toString() + PLATTER), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return new Cached(super.open(mode.startsWith("rw") ? "rw" : mode), platter, mode.equals("rwd"));
    }

    private static final class Cached extends FileBaseDefault {

        private interface Change {
            void reach(FileChannel platter) throws IOException;
        }

        private final FileChannel cache;
        private final FileChannel platter;
        private final boolean synced;
        private final List<Change> changes = new ArrayList<>();

        Cached(FileChannel cache, FileChannel platter, boolean synced) {
            this.cache = cache;
            this.platter = platter;
            this.synced = synced;
        }

        @Override
        public synchronized int write(ByteBuffer from, long at) throws IOException {
            byte[] bytes = new byte[from.remaining()];
            from.duplicate().get(bytes);
            changed(disk -> disk.write(ByteBuffer.wrap(bytes), at));
            return cache.write(from, at);
        }

        @Override
        protected synchronized void implTruncate(long size) throws IOException {
            changed(disk -> disk.truncate(size));
            cache.truncate(size);
        }

        private void changed(Change change) throws IOException {
            changes.add(change);
            if (synced) {
                force(true);
            }
        }

        @Override
        public synchronized void force(boolean metadata) throws IOException {
            synchronized (SPINDLE) {
                FORCED.incrementAndGet();
                for (var change : changes) {
                    change.reach(platter);
                }
            }
            changes.clear();
        }

        @Override
        public synchronized int read(ByteBuffer into, long at) throws IOException {
            return cache.read(into, at);
        }

        @Override
        public long size() throws IOException {
            return cache.size();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return cache.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            cache.close();
            platter.close();
        }
    }
}
