package io.porchlight.fulfillment;

import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is believed of the senders of milestones.
 *
 * @param linkHosts hosts (and their subdomains) that a tracking link in a letter or on a page may lead to
 */
@Validated
@ConfigurationProperties("porchlight.fulfillment")
record FulfillmentSettings(
        @DefaultValue({
            "dhl.com",
            "dhl.de",
            "dhl.it",
            "ups.com",
            "fedex.com",
            "usps.com",
            "dpd.com",
            "gls-group.eu",
            "gls-italy.com",
            "brt.it",
            "poste.it",
            "tnt.com",
            "royalmail.com",
            "laposte.fr",
            "colissimo.fr",
            "chronopost.fr",
            "post.at",
            "postnl.nl",
            "aftership.com",
            "easypost.com"
        })
        List<@NotBlank String> linkHosts) {}
