package io.porchlight.bounces;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** The customers' mail host, and the IMAP mailbox that reports come to, for every application that a test starts. */
final class PostalWorld implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    static final MailHost HOST = new MailHost();
    static final KeyPair DKIM = keys();

    private static final GreenMail IMAP = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private static final GreenMailUser BOUNCES;

    static {
        IMAP.start();
        BOUNCES = IMAP.setUser("bounce@mail.example", "bounces", "imap-password");
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "spring.mail.host=127.0.0.1",
                        "spring.mail.port=" + HOST.port(),
                        "porchlight.bounces.imap.host=127.0.0.1",
                        "porchlight.bounces.imap.port=" + IMAP.getImap().getPort(),
                        "porchlight.bounces.imap.ssl=false",
                        "porchlight.bounces.imap.user=bounces",
                        "porchlight.bounces.imap.password=imap-password",
                        "porchlight.bounces.imap.poll=50ms",
                        "porchlight.brands.atelier.dkim.selector=porch",
                        "porchlight.brands.atelier.dkim.domain=atelier.example",
                        "porchlight.brands.atelier.dkim.private-key=" + pem(DKIM))
                .applyTo(context);
    }

    /** A mail as it arrives in the bounce mailbox. */
    static void comesBack(String mail) {
        BOUNCES.deliver(com.icegreen.greenmail.util.GreenMailUtil.newMimeMessage(mail.replace("\n", "\r\n")));
    }

    /** How many mails lie in a folder, read or not. */
    static int in(String folder) {
        try {
            var inbox = IMAP.getManagers().getImapHostManager().getFolder(BOUNCES, folder);
            return inbox == null ? 0 : inbox.getMessageCount();
        } catch (RuntimeException broken) {
            throw new AssertionError(broken);
        }
    }

    static int unseen() {
        return IMAP.getManagers()
                .getImapHostManager()
                .getFolder(BOUNCES, "INBOX")
                .getUnseenCount();
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path pem(KeyPair keys) {
        try {
            var file = Files.createTempFile("dkim", ".pem");
            file.toFile().deleteOnExit();
            String base64 =
                    Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded());
            return Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
