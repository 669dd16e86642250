package io.porchlight.texts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.porchlight.texts.Heard.Ended;
import io.porchlight.texts.Heard.Nothing;
import io.porchlight.texts.Heard.Reply;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** Twilio's requests: forms, signed with the account's token over the address and all fields (twilio.com/docs/usage/security). */
@Component
class TwilioHearing implements Hearing {

    private static final Set<String> ENDS = Set.of("delivered", "undelivered", "failed");
    private static final Pattern OURS = Pattern.compile("(?:^|&)text=([0-9a-z-]+)");

    private final TextSettings settings;

    TwilioHearing(TextSettings settings) {
        this.settings = settings;
    }

    @Override
    public String provider() {
        return "twilio";
    }

    @Override
    public boolean ready() {
        return !settings.twilio().authTokens().isEmpty();
    }

    @Override
    public boolean believes(Incoming incoming) {
        var signed = new StringBuilder(incoming.url().toString());
        try {
            fields(incoming).forEach((name, value) -> signed.append(name).append(value));
        } catch (IllegalArgumentException noForm) {
            return false;
        }
        byte[] given = incoming.header("x-twilio-signature").getBytes(UTF_8);
        boolean believed = false;
        for (var token : settings.twilio().authTokens()) {
            believed |= MessageDigest.isEqual(sign(token, signed.toString()).getBytes(UTF_8), given);
        }
        return believed;
    }

    @Override
    public Heard understand(Incoming incoming) {
        var fields = fields(incoming);
        String status = fields.getOrDefault("MessageStatus", "");
        if (!status.isEmpty()) {
            return ENDS.contains(status) ? ended(incoming, status, fields) : new Nothing();
        }
        if (!fields.containsKey("Body")) {
            return new Nothing();
        }
        var brands = Stream.of("To", "MessagingServiceSid")
                .map(name -> fields.getOrDefault(name, ""))
                .flatMap(sender -> settings.brandsOf(sender).stream())
                .distinct()
                .toList();
        return new Reply(
                fields.getOrDefault("MessageSid", ""),
                fields.getOrDefault("From", ""),
                brands,
                fields.getOrDefault("Body", ""));
    }

    private static Heard ended(Incoming incoming, String status, SortedMap<String, String> fields) {
        var ours = OURS.matcher(String.valueOf(incoming.url().getRawQuery()));
        String code = fields.getOrDefault("ErrorCode", "");
        return ours.find()
                ? Ended.of(ours.group(1), status, code.isEmpty() ? "" : "Twilio's error " + code)
                        .orElseGet(Nothing::new)
                : new Nothing();
    }

    /** By name, as they are signed. */
    private static SortedMap<String, String> fields(Incoming incoming) {
        var fields = new TreeMap<String, String>();
        for (var field : new String(incoming.body(), UTF_8).split("&", -1)) {
            if (!field.isEmpty()) {
                var parts = List.of(field.split("=", 2));
                fields.put(
                        URLDecoder.decode(parts.getFirst(), UTF_8),
                        parts.size() == 1 ? "" : URLDecoder.decode(parts.getLast(), UTF_8));
            }
        }
        return fields;
    }

    private static String sign(String token, String signed) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
