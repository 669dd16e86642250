package io.porchlight.silence;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How closely silence is watched.
 *
 * @param look how often it is looked for customers whose time is up
 */
@Validated
@ConfigurationProperties("porchlight.silence")
record SilenceSettings(@DefaultValue("1m") Duration look) {}
