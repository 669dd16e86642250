package io.porchlight.webhooks;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may post to our webhooks.
 *
 * @param webhooks source to brand to its secrets
 */
@Validated
@ConfigurationProperties("porchlight")
record WebhookSettings(@DefaultValue Map<String, Map<String, @Valid Secrets>> webhooks) {

    /**
     * The secrets that are valid now; several while one is being replaced by the next.
     *
     * @param secrets as the sending system shows them; for ShipStation its public keys
     */
    record Secrets(@DefaultValue List<@NotBlank String> secrets) {}

    /** The secrets of one sender; none when it was never set up. */
    List<String> secrets(String source, String brand) {
        var known = webhooks.getOrDefault(source, Map.of()).get(brand);
        return known == null ? List.of() : known.secrets();
    }
}
