package io.porchlight.notifications;

import io.porchlight.ledger.Bounce.Kind;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a mail server's refusal means. The written rule: only codes that say there is no such mailbox (5.1.1, 5.1.2, 5.1.3,
 * 5.1.10) or that it is closed (5.2.1) are about the address. A refusal by policy (5.7.x, or one that speaks of spam) is
 * our fault. Everything else, a full mailbox (5.2.2) and all of 4.x among it, is soft.
 *
 * @param code the enhanced status code (RFC 3463); absent when there was none
 * @param text what the server said
 */
public record Diagnosis(Kind kind, @Nullable String code, String text) {

    private static final Set<String> NO_SUCH_ADDRESS = Set.of("5.1.1", "5.1.2", "5.1.3", "5.1.10", "5.2.1");
    private static final Pattern CODE = Pattern.compile("(?<![\\d.])([245])\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.])");
    private static final Pattern SPAM = Pattern.compile(
            "(?i)(?<![\\w@.+-])(spam|junk mail|unsolicited|dnsbl|rbl|block ?list(ed)?|black ?list(ed)?)(?![\\w@])");

    /** Of what a mail server said to a letter, such as {@code 550 5.1.1 no such user}. */
    public static Diagnosis of(String reply) {
        return of("", reply);
    }

    /**
     * Of a delivery report (RFC 3464, 2.3.4 and 2.3.6) that says a letter has failed.
     *
     * @param status what it says in its Status field; where that is general (5.0.0), a code in the text is more telling
     */
    public static Diagnosis of(String status, String text) {
        String said = code(status);
        String told = code(text);
        boolean general = said == null || said.endsWith(".0.0");
        boolean sameClass = said == null || (told != null && told.charAt(0) == said.charAt(0));
        String code = general && sameClass && told != null ? told : said;
        return new Diagnosis(kind(code, text), code, text);
    }

    /** Of what a provider calls permanent: it is about the address, unless the server's own words say otherwise. */
    public static Diagnosis permanent(String status, String text) {
        var diagnosis = of(status, text);
        String code = diagnosis.code();
        boolean soft = code != null && (code.startsWith("4.") || code.startsWith("5.2."));
        return diagnosis.kind() == Kind.SOFT && !soft ? new Diagnosis(Kind.HARD, code, text) : diagnosis;
    }

    /**
     * Whether it is about who sends rather than about one letter: authentication (RFC 7372, RFC 8601) or Microsoft's codes
     * about senders, from 5.7.500 on.
     */
    boolean aboutTheSender() {
        var parts = code == null ? null : CODE.matcher(code);
        if (kind != Kind.POLICY || parts == null || !parts.matches()) {
            return false;
        }
        int detail = Integer.parseInt(parts.group(3));
        return parts.group(2).equals("7") && ((detail >= 20 && detail <= 30) || detail >= 500);
    }

    private static Kind kind(@Nullable String code, String text) {
        if (code != null && NO_SUCH_ADDRESS.contains(code)) {
            return Kind.HARD;
        }
        if (code != null && !code.startsWith("5.")) {
            return Kind.SOFT;
        }
        boolean policy = code != null && code.startsWith("5.7.");
        return policy || SPAM.matcher(text).find() ? Kind.POLICY : Kind.SOFT;
    }

    private static @Nullable String code(String text) {
        var found = CODE.matcher(text);
        return found.find() ? found.group() : null;
    }
}
