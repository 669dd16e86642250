package io.porchlight.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.RunningPorchlight;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

/** An application that consists of nothing but the engine. */
record EngineRun(Path home, ConfigurableApplicationContext application) implements AutoCloseable {

    static EngineRun start(Path home, String... arguments) {
        var all = Stream.concat(Stream.of("--porchlight.home=" + home), Stream.of(arguments));
        var application = new SpringApplicationBuilder(Parts.class)
                .web(WebApplicationType.NONE)
                .properties("porchlight.engine.java=" + RunningPorchlight.javaInAHurry())
                .run(all.toArray(String[]::new));
        return new EngineRun(home, application);
    }

    EngineReady nextReady() throws InterruptedException {
        var ready = application.getBean(Listener.class).heard().poll(3, TimeUnit.MINUTES);
        assertThat(ready).as("the engine is ready").isNotNull();
        return ready;
    }

    @Override
    public void close() {
        application.close();
    }

    @Configuration
    @Import({LocalEngineParts.class, RemoteEngine.class})
    static class Parts {

        @Bean
        Listener listener() {
            return new Listener(new LinkedBlockingQueue<>());
        }
    }

    /** Remembers what the engine said. */
    record Listener(BlockingQueue<EngineReady> heard) {

        @EventListener
        void on(EngineReady ready) {
            heard.add(ready);
        }
    }
}
