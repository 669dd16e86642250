package io.porchlight.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class BrokerHomeTest {

    @TempDir
    Path folder;

    BrokerHome home = new BrokerHome(Path.of(""));

    @BeforeEach
    void prepare() throws Exception {
        home = new BrokerHome(folder);
        home.prepare();
    }

    @Test
    void keepsItsEpochAsLongAsItsData() throws Exception {
        var epoch = home.epoch();
        home.prepare();
        assertThat(home.epoch()).isEqualTo(epoch).isNotBlank();

        FileSystemUtils.deleteRecursively(home.data());
        home.prepare();
        assertThat(home.epoch()).isNotEqualTo(epoch);
    }

    @Test
    void keepsTheLogOfTheRunBefore() throws Exception {
        Files.writeString(home.log(), "it was the port\n");
        home.prepare();
        assertThat(home.log()).doesNotExist();
        assertThat(home.folder().resolve("broker.previous.log")).hasContent("it was the port");
    }

    @Test
    void showsOnlyTheLastLinesOfALongLogAndNoStackFrames() throws Exception {
        Files.writeString(home.log(), "noise\n".repeat(5_000) + "\nthe reason\n\tat some.Code.run(Code.java:7)\n");
        assertThat(home.lastLines().lines()).hasSize(6).last().isEqualTo("the reason");
    }
}
