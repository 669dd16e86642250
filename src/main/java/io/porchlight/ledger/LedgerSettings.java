package io.porchlight.ledger;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the record of notifications goes by.
 *
 * @param againAfter how long a transactional letter whose fate is unknown waits until it is sent once more; as long as a mail
 *     server may take to answer (RFC 5321, 4.5.3.2.6)
 */
@Validated
@ConfigurationProperties("porchlight.ledger")
record LedgerSettings(@DefaultValue("10m") @NotNull Duration againAfter) {}
