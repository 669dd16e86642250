package io.porchlight.notifications;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.porchlight.notifications.Handover.Accepted;
import io.porchlight.notifications.Handover.Broken;
import io.porchlight.notifications.Handover.LeaseLost;
import io.porchlight.notifications.Handover.NotNow;
import io.porchlight.notifications.Handover.Refused;
import io.porchlight.notifications.Handover.Unanswered;
import io.porchlight.notifications.Handover.Unreached;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.mail.MailProperties;

/** Carries letters over one SMTP connection, which it keeps open; used by one thread at a time. */
class Postman {

    /** "Service not available, closing transmission channel": the connection is of no use any more (RFC 5321, 4.2.3). */
    private static final int CLOSING = 421;

    private final MailProperties server;
    private final Session session;
    private final Session utf8Session;
    private final LetterTransport transport;

    Postman(MailProperties server, NotificationSettings settings) {
        var sockets = new LetterSockets();
        this.server = server;
        var properties = properties(server, settings, sockets);
        this.session = Session.getInstance(properties);
        this.utf8Session = Session.getInstance(withUtf8(properties));
        this.transport = new LetterTransport(utf8Session, sockets, settings);
    }

    /**
     * Hands one letter over.
     *
     * @param attempting writes down that DATA comes next; {@code false} when the claim was lost
     * @param holds whether the claim still holds just before the final dot
     */
    Handover carry(Envelope envelope, Letter letter, BooleanSupplier attempting, BooleanSupplier holds) {
        try {
            connect();
        } catch (MessagingException unreached) {
            return new Unreached(String.valueOf(unreached.getMessage()));
        }
        try {
            if (envelope.needsUtf8() && !transport.offersUtf8()) {
                return new Refused("it does not offer SMTPUTF8, which an address with such letters needs");
            }
            MimeMessage message = envelope.seal(envelope.needsUtf8() ? utf8Session : session, letter);
            transport.begin(new LeaseWatch(attempting, holds), envelope.needsUtf8());
            transport.sendMessage(message, new Address[] {envelope.to()});
            return new Accepted(
                    String.valueOf(transport.getLastServerResponse()).strip());
        } catch (LeaseWatch.Lost lost) {
            hangUp();
            return new LeaseLost();
        } catch (MessagingException refused) {
            return outcome(refused);
        } catch (RuntimeException ledgerAway) {
            // The conversation is half done: another letter on this line would be taken for a part of it, or refused.
            hangUp();
            throw ledgerAway;
        }
    }

    void hangUp() {
        try {
            transport.close();
        } catch (MessagingException alreadyGone) {
            // An error on QUIT says nothing about the letters before it.
        }
    }

    private void connect() throws MessagingException {
        if (!transport.isConnected()) {
            transport.connect(server.getHost(), port(), server.getUsername(), server.getPassword());
        }
    }

    private int port() {
        return server.getPort() == null ? -1 : server.getPort();
    }

    private Handover outcome(MessagingException refused) {
        for (Throwable cause = refused; cause != null; cause = next(cause)) {
            if (cause instanceof LeaseWatch.Lost) {
                hangUp();
                return new LeaseLost();
            }
            int code = code(cause);
            if (code == CLOSING) {
                hangUp();
            }
            if (code >= 400) {
                String reply = String.valueOf(cause.getMessage()).strip();
                return code >= 500 ? new Refused(reply) : new NotNow(reply);
            }
        }
        boolean mayHaveArrived = transport.dotSent();
        hangUp();
        String why = String.valueOf(refused.getMessage());
        return mayHaveArrived ? new Unanswered(why) : new Broken(why);
    }

    private static @Nullable Throwable next(Throwable cause) {
        return cause instanceof MessagingException chained && chained.getNextException() != null
                ? chained.getNextException()
                : cause.getCause();
    }

    private static int code(Throwable cause) {
        return switch (cause) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSenderFailedException sender -> sender.getReturnCode();
            case SMTPSendFailedException send -> send.getReturnCode();
            default -> -1;
        };
    }

    private static Properties properties(MailProperties server, NotificationSettings settings, LetterSockets sockets) {
        var properties = new Properties();
        properties.put("mail.smtp.auth", String.valueOf(server.getUsername() != null));
        properties.put(
                "mail.smtp.connectiontimeout",
                String.valueOf(settings.connectTimeout().toMillis()));
        properties.put(
                "mail.smtp.timeout", String.valueOf(settings.commandTimeout().toMillis()));
        properties.put(
                "mail.smtp.writetimeout",
                String.valueOf(settings.commandTimeout().toMillis()));
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.mime.charset", UTF_8.name());
        properties.putAll(server.getProperties());
        properties.put("mail.smtp.socketFactory", sockets);
        // A letter goes out as it was sealed; encoded anew, it would have another Message-ID and a broken signature.
        properties.put("mail.smtp.allow8bitmime", "false");
        return properties;
    }

    private static Properties withUtf8(Properties properties) {
        var all = new Properties();
        all.putAll(properties);
        all.put("mail.mime.allowutf8", "true");
        return all;
    }
}
