package io.porchlight;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * Files of H2 that are on disk when they are written. By itself H2 hands a commit to the operating system and never asks it
 * to write: an order that was accepted outlives Porchlight's end but not the machine's. With {@code jdbc:h2:synced:} before a
 * path its data files are opened with {@code O_DSYNC}; {@link SharedCommits} makes what many transactions commit one write.
 */
public final class SyncedFiles extends FilePathWrapper {

    private static final String SCHEME = "synced";

    /** H2 makes one for each path. */
    public SyncedFiles() {}

    /** From now on H2 knows the scheme. */
    static void register() {
        FilePath.register(new SyncedFiles());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return super.open(mode.equals("rw") ? "rwd" : mode);
    }
}
