package io.porchlight.brands;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Which brands are served, and the keys that open them.
 *
 * @param brands brand id to its secrets
 */
@Validated
@ConfigurationProperties("porchlight")
record BrandSettings(@NotEmpty Map<String, @Valid Secrets> brands) {

    /** What belongs to a brand but must not stand in a file of templates. */
    record Secrets(
            @NotEmpty List<@NotBlank String> apiKeys,
            @Valid @Nullable Dkim dkim) {}
}
