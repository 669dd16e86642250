package io.porchlight.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import io.porchlight.signals.About;
import io.porchlight.signals.Content;
import io.porchlight.signals.Delivery;
import io.porchlight.signals.Meaning;
import io.porchlight.signals.Meaning.Happened;
import io.porchlight.signals.Meaning.Nothing;
import io.porchlight.signals.Meaning.Unclear;
import io.porchlight.signals.Posted;
import io.porchlight.signals.Source;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** EasyPost's trackers (docs.easypost.com, "Webhooks Guide"): what a carrier scanned. */
@Component
class EasyPost implements Source {

    private static final Set<String> EVENTS = Set.of("tracker.created", "tracker.updated");
    private static final Map<String, String> MILESTONES = Map.ofEntries(
            entry("pre_transit", "label-created"),
            entry("in_transit", "in-transit"),
            entry("out_for_delivery", "out-for-delivery"),
            entry("available_for_pickup", "ready-for-pickup"),
            entry("delivered", "delivered"),
            entry("return_to_sender", "returning"),
            entry("failure", "exception"),
            entry("cancelled", "cancelled"));

    @Override
    public String name() {
        return "easypost";
    }

    /** EasyPost normalises the secret before it signs. */
    @Override
    public boolean genuine(Delivery delivery, List<String> secrets) {
        String header = delivery.header("x-hmac-signature");
        var normalised = secrets.stream()
                .map(secret -> new String(
                        Normalizer.normalize(secret, Normalizer.Form.NFKD).getBytes(UTF_8), UTF_8))
                .toList();
        return header.startsWith("hmac-sha256-hex=")
                && Signatures.hex(header.substring(header.indexOf('=') + 1), delivery.bytes(), normalised);
    }

    /** Repeats differ in their list of pending addresses; ids of samples are the same for different events. */
    @Override
    public List<Posted> open(Delivery delivery) {
        var body = new Fields(delivery.json());
        return List.of(new Posted(
                body.text("/id") + " " + what(body),
                body.text("/description") + " " + body.node().path("result"),
                body.text("/description"),
                body.moment(newest(body)),
                delivery.text(),
                Map.of()));
    }

    @Override
    public List<Meaning> read(Content content) {
        var body = new Fields(content.body());
        if (!EVENTS.contains(body.text("/description"))) {
            return List.of(new Unclear(
                    "EasyPost posted \"" + body.text("/description") + "\", which means nothing to us yet"));
        }
        String status = body.text("/result/status");
        if (status.equals("unknown") || status.equals("error")) {
            return List.of(new Nothing("The carrier knows nothing of the parcel yet (\"" + status + "\")"));
        }
        String name = MILESTONES.get(status);
        if (name == null) {
            return List.of(new Unclear("EasyPost says that a parcel is \"" + status + "\", which we do not know"));
        }
        var milestone = Draft.milestone("easypost-" + what(body), name, body.moment(newest(body)));
        milestone
                .in("details")
                .with("carrier", body.text("/result/carrier"))
                .with("trackingNumber", body.text("/result/tracking_code"))
                .with("trackingUrl", body.text("/result/public_url"));
        return List.of(new Happened(About.parcel(body.text("/result/tracking_code")), milestone.json()));
    }

    private static String what(Fields body) {
        return body.first("/result/id", "/result/tracking_code") + "-" + body.text("/result/status") + "-"
                + body.text(newest(body));
    }

    /** Where the newest time is told; carriers do not always tell in order. */
    private static String newest(Fields body) {
        var details = body.list("/result/tracking_details");
        int newest = java.util.stream.IntStream.range(0, details.size())
                .filter(i -> details.get(i).moment("/datetime") != null)
                .boxed()
                .max(Comparator.comparing(
                        i -> Objects.requireNonNull(details.get(i).moment("/datetime"))))
                .orElse(0);
        return "/result/tracking_details/" + newest + "/datetime";
    }
}
