package io.porchlight.brands;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;

/**
 * How a brand signs its letters (DKIM, RFC 6376). The public key is published at {@code <selector>._domainkey.<domain>}.
 *
 * @param domain should be the domain of the brand's sender, else DMARC counts it for nothing
 * @param privateKey a file with an RSA key in PKCS #8, PEM
 */
public record Dkim(
        @NotNull @Pattern(regexp = "[A-Za-z0-9._-]+", message = "must be a name of letters, digits, dots and hyphens")
        String selector,

        @NotNull @Pattern(regexp = "[A-Za-z0-9.-]+", message = "must be a domain, such as bottega.example")
        String domain,

        @NotNull Path privateKey) {}
