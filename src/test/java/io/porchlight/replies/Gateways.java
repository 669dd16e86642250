package io.porchlight.replies;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.porchlight.texts.TextProvider;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** The provider of texts and the mail server of every application that a test starts. */
final class Gateways implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    static final TextProvider TEXTS = new TextProvider();

    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    static {
        MAIL.start();
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "spring.mail.host=127.0.0.1",
                        "spring.mail.port=" + MAIL.getSmtp().getPort(),
                        "porchlight.texts.twilio.api=" + TEXTS.address())
                .applyTo(context);
    }

    /** How many letters were accepted for a customer. */
    static long letters(String customer) {
        return Arrays.stream(MAIL.getReceivedMessages())
                .filter(letter -> to(letter).contains("<" + customer + "@example.com>"))
                .count();
    }

    private static String to(MimeMessage letter) {
        try {
            return String.join(",", letter.getHeader("To"));
        } catch (MessagingException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
