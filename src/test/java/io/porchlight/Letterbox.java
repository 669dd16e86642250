package io.porchlight;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.List;

/** The customers' side: a real mail server that knows nothing of Porchlight. */
final class Letterbox implements AutoCloseable {

    private final GreenMail server;

    Letterbox(int port) {
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    List<MimeMessage> letters() {
        return Arrays.asList(server.getReceivedMessages());
    }

    List<String> subjectsTo(String address) {
        return letters().stream()
                .filter(letter -> to(letter).contains(address))
                .map(Letterbox::subject)
                .toList();
    }

    private static String to(MimeMessage letter) {
        try {
            return Arrays.toString(letter.getAllRecipients());
        } catch (MessagingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static String subject(MimeMessage letter) {
        try {
            return letter.getSubject();
        } catch (MessagingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
