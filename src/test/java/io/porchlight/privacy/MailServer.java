package io.porchlight.privacy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** The customers' mail server, for every application that a test starts, at the end of a line that can be slow. */
final class MailServer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final GreenMail SERVER = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    static {
        SERVER.start();
    }

    static final SlowLine LINE = new SlowLine(SERVER.getSmtp().getPort());

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of("spring.mail.host=127.0.0.1", "spring.mail.port=" + LINE.port())
                .applyTo(context);
    }

    /** What was accepted for an address. */
    static List<MimeMessage> letters(String address) {
        return Arrays.stream(SERVER.getReceivedMessages())
                .filter(letter -> to(letter).contains("<" + address + ">"))
                .toList();
    }

    private static String to(MimeMessage letter) {
        try {
            return String.join(",", letter.getHeader("To"));
        } catch (MessagingException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
