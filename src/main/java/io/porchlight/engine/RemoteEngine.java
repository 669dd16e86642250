package io.porchlight.engine;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A cluster that others run: it counts as ready from the start, and its epoch is what the operator says. */
@Component
@ConditionalOnProperty(name = "porchlight.engine.mode", havingValue = "remote")
@EnableConfigurationProperties(EngineSettings.class)
final class RemoteEngine {

    private final EngineSettings settings;
    private final ApplicationEventPublisher events;

    RemoteEngine(EngineSettings settings, ApplicationEventPublisher events) {
        this.settings = settings;
        this.events = events;
    }

    @EventListener(ApplicationReadyEvent.class)
    void onApplicationReady() {
        events.publishEvent(new EngineReady(settings.epoch()));
    }
}
