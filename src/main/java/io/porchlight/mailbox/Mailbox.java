package io.porchlight.mailbox;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.UserImpl;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** An SMTP server on the loopback interface that takes every letter and asks for no login. */
@Component
@ConditionalOnProperty("porchlight.mailbox.enabled")
final class Mailbox implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    private final int port;
    private final GreenMail server;

    Mailbox(Letters letters, @Value("${spring.mail.port}") int port) {
        this.port = port;
        this.server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
        server.getUserManager()
                .setMessageDeliveryHandler((message, recipient) -> new Recipient(recipient.getEmail(), letters));
    }

    @Override
    public void start() {
        try {
            server.start();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "The mailbox cannot listen on 127.0.0.1:%d; is another program there? Set spring.mail.port."
                            .formatted(port),
                    e);
        }
        log.info("The mailbox takes letters by SMTP on 127.0.0.1:{} and shows them at /mailbox", port);
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public boolean isRunning() {
        return server.isRunning();
    }

    /** Before anything that sends. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1;
    }

    /** Whoever a letter is for: all letters go to the same place. */
    private static final class Recipient extends UserImpl {

        private final Letters letters;

        Recipient(String email, Letters letters) {
            super(email, email, "", null);
            this.letters = letters;
        }

        @Override
        public void deliver(MovingMessage letter) {
            try {
                letters.receive(letter.getMessage(), getEmail());
            } catch (MessagingException e) {
                throw new IllegalArgumentException("The letter to " + getEmail() + " cannot be read", e);
            }
        }
    }
}
