package io.porchlight.orders;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where the links that we hand out lead.
 *
 * @param publicUrl the address under which customers reach this Porchlight
 * @param secret the server's key: tokens are derived from it, so it must stay the same for as long as letters live
 */
@Validated
@ConfigurationProperties("porchlight")
record LinkSettings(@NotNull URI publicUrl, @NotBlank String secret) {}
