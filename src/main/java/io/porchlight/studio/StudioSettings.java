package io.porchlight.studio;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The team's pages.
 *
 * @param users name to password
 * @param timeZone the team's wall clock, which says when today began; absent: that of the first brand
 */
@Validated
@ConfigurationProperties("porchlight.studio")
record StudioSettings(
        @DefaultValue Map<String, @Valid User> users,
        @Nullable ZoneId timeZone) {

    /**
     * Who may sign in.
     *
     * @param password hashed, with the name of the hash before it, such as {@code {bcrypt}$2y$10$…}
     */
    record User(@NotBlank String password) {}
}
