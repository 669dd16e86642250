package io.porchlight;

import java.time.Clock;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The clock that everybody reads. */
@Configuration(proxyBeanMethods = false)
@ConfigurationPropertiesScan
class Moments {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
