package io.porchlight.tracking;

import io.porchlight.fulfillment.CarrierLinks;
import io.porchlight.fulfillment.Milestone;
import java.util.List;
import org.springframework.stereotype.Component;

/** What senders attach to a milestone, as far as it may be shown. */
@Component
class Attachments {

    private final CarrierLinks carriers;
    private final TrackingSettings settings;

    Attachments(CarrierLinks carriers, TrackingSettings settings) {
        this.carriers = carriers;
        this.settings = settings;
    }

    /** The carrier's page about the parcel; empty when there is none that is known. */
    String link(Milestone milestone) {
        return carriers.known(milestone.attached("trackingUrl"));
    }

    /** The address of a picture; empty when there is none on a host that is allowed. */
    String photo(Milestone milestone) {
        String address = CarrierLinks.within(milestone.attached("photoUrl"), settings.photoHosts());
        return address.startsWith("https:") ? address : "";
    }

    /** The sources of pictures, as the Content Security Policy names them. */
    List<String> photoSources() {
        return settings.photoHosts().stream()
                .flatMap(host -> java.util.stream.Stream.of("https://" + host, "https://*." + host))
                .toList();
    }
}
