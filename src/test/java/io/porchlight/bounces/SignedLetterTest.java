package io.porchlight.bounces;

import static io.porchlight.bounces.Sales.address;
import static io.porchlight.bounces.Sales.someone;
import static io.porchlight.ledger.Notification.MessageClass.MARKETING;
import static io.porchlight.ledger.Notification.MessageClass.TRANSACTIONAL;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.bounces.MailHost.Arrived;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Checks signatures of letters as a receiving server does (RFC 6376, relaxed), on the very bytes that came over the line. */
@WithReturns
class SignedLetterTest {

    private final Sales sales;

    SignedLetterTest(Sales sales) {
        this.sales = sales;
    }

    @Test
    void aReceiverCanProveThatTheBrandWroteTheLetter() throws Exception {
        var letter = signed();
        var tags = tags(header(letter, "DKIM-Signature"));

        assertThat(tags).containsEntry("d", "atelier.example").containsEntry("s", "porch");
        assertThat(tags).containsEntry("c", "relaxed/relaxed").containsEntry("a", "rsa-sha256");
        assertThat(tags).doesNotContainKeys("l", "z");
        assertThat(List.of(tags.getOrDefault("h", "").toLowerCase(Locale.ROOT).split(":", -1)))
                .contains(
                        "from",
                        "to",
                        "subject",
                        "date",
                        "message-id",
                        "reply-to",
                        "list-unsubscribe",
                        "list-unsubscribe-post");
        assertThat(bodyHash(body(letter.content()))).isEqualTo(tags.get("bh"));
        assertThat(verifies(letter.content(), tags)).isTrue();
    }

    @Test
    void aLetterThatWasChangedOnItsWayIsNot() throws Exception {
        var letter = signed();
        var tags = tags(header(letter, "DKIM-Signature"));
        String text = new String(letter.content(), ISO_8859_1);
        byte[] changed =
                text.replaceFirst("\r\nSubject: ", "\r\nSubject: Win: ").getBytes(ISO_8859_1);
        byte[] longer = (text + "one more line\r\n").getBytes(ISO_8859_1);

        assertThat(verifies(changed, tags)).isFalse();
        assertThat(bodyHash(body(longer))).isNotEqualTo(tags.get("bh"));
    }

    @Test
    void keepsItsEnvelopeSenderAndMessageId() {
        var letter = signed();

        assertThat(letter.envelopeFrom()).matches("bounce\\+[0-9a-f]{48}@atelier\\.example");
        assertThat(letter.header("Message-ID")).matches("<porchlight\\.[0-9a-f]{48}@atelier\\.example>");
    }

    @Test
    void aBrandWithoutAKeyDoesNotSign() {
        var letter = sales.sends(sales.sells(someone()), "Confirmed", TRANSACTIONAL);

        assertThat(letter.header("DKIM-Signature")).isEmpty();
    }

    private Arrived signed() {
        var jane = someone();
        return sales.sends(sales.sells("atelier", jane, address(jane)), "Offer", MARKETING);
    }

    private static String bodyHash(String body) throws GeneralSecurityException {
        String relaxed =
                body.replaceAll("[ \t]+", " ").replaceAll(" \r\n", "\r\n").replaceAll("(\r\n)+$", "") + "\r\n";
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(relaxed.getBytes(ISO_8859_1));
        return Base64.getEncoder().encodeToString(hash);
    }

    private static boolean verifies(byte[] mail, Map<String, String> tags) throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(PostalWorld.DKIM.getPublic());
        var headers = new ArrayList<>(headers(mail));
        for (var name : tags.getOrDefault("h", "").split(":", -1)) {
            for (int i = headers.size() - 1; i >= 0; i--) {
                if (relaxed(headers.get(i)).startsWith(name.strip().toLowerCase(Locale.ROOT) + ":")) {
                    signature.update((relaxed(headers.remove(i)) + "\r\n").getBytes(ISO_8859_1));
                    break;
                }
            }
        }
        String own = headers(mail).stream()
                .filter(line -> line.startsWith("DKIM-Signature:"))
                .findFirst()
                .orElseThrow();
        signature.update(relaxed(own.replaceFirst("(?s)([;\\s]b=)[^;]*", "$1")).getBytes(ISO_8859_1));
        return signature.verify(Base64.getMimeDecoder().decode(tags.getOrDefault("b", "")));
    }

    private static String relaxed(String header) {
        int colon = header.indexOf(':');
        String value = header.substring(colon + 1)
                .replaceAll("\r\n", "")
                .replaceAll("[ \t]+", " ")
                .strip();
        return header.substring(0, colon).strip().toLowerCase(Locale.ROOT) + ":" + value;
    }

    private static Map<String, String> tags(String header) {
        var tags = new TreeMap<String, String>();
        Arrays.stream(header.split(";", -1))
                .filter(tag -> tag.contains("="))
                .forEach(tag -> tags.put(
                        tag.substring(0, tag.indexOf('=')).strip(),
                        tag.substring(tag.indexOf('=') + 1).replaceAll("\\s", "")));
        return tags;
    }

    private static String header(Arrived letter, String name) {
        return headers(letter.content()).stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> headers(byte[] mail) {
        String text = new String(mail, ISO_8859_1);
        return List.of(text.substring(0, text.indexOf("\r\n\r\n")).split("\r\n(?![ \t])", -1));
    }

    private static String body(byte[] mail) {
        String text = new String(mail, ISO_8859_1);
        return text.substring(text.indexOf("\r\n\r\n") + 4);
    }
}
