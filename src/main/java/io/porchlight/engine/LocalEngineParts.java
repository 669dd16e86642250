package io.porchlight.engine;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Puts the local engine together: the lock on the home first, then the broker in that home. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "porchlight.engine.mode", havingValue = "local", matchIfMissing = true)
@EnableConfigurationProperties(EngineSettings.class)
class LocalEngineParts {

    @Bean
    static HomeLock homeLock(Environment environment) {
        return new HomeLock(home(environment));
    }

    /** Needs the lock, and gives it back only after the broker has stopped. */
    @Bean
    LocalEngine localEngine(
            HomeLock lock, Environment environment, EngineSettings settings, ApplicationEventPublisher events)
            throws IOException {
        // One name for one folder: a leftover broker is found by it.
        var home = new BrokerHome(home(environment).toRealPath());
        return new LocalEngine(new BrokerLauncher(settings, home), home, events);
    }

    private static Path home(Environment environment) {
        return Path.of(environment.getRequiredProperty("porchlight.home")).toAbsolutePath();
    }
}
