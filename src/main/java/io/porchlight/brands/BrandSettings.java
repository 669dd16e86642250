package io.porchlight.brands;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
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

    /**
     * What belongs to a brand but must not stand in a file of templates.
     *
     * @param perSecond how many messages may leave in a second; as many as there are when absent
     * @param dkim signs the brand's letters; unsigned when absent
     */
    record Secrets(
            @NotEmpty List<@NotBlank String> apiKeys,
            @Min(1) @Nullable Integer perSecond,
            @Valid @Nullable Dkim dkim) {}
}
