package io.porchlight.bounces;

import io.porchlight.bounces.BounceSettings.Imap;
import jakarta.mail.Flags;
import jakarta.mail.Flags.Flag;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.AndTerm;
import jakarta.mail.search.FlagTerm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look into the bounce mailbox. Mail is first handled, then moved away: after a crash in between it is handled once
 * more, which changes nothing. Mail that is not about our letters stays where it is, marked as read.
 */
class BounceMailbox {

    private static final Logger log = LoggerFactory.getLogger(BounceMailbox.class);
    private static final int MOST_AT_ONCE = 50;
    private static final String CONNECT_MILLIS = "10000";
    private static final String ANSWER_MILLIS = "60000";

    private final Imap settings;
    private final ReturnedMail mail;
    private final Session session;

    BounceMailbox(Imap settings, ReturnedMail mail) {
        this.settings = settings;
        this.mail = mail;
        this.session = Session.getInstance(properties(settings));
    }

    /** Handles what is new, some of it; returns how much there was. */
    int empty() throws MessagingException, IOException {
        try (Store store = session.getStore(protocol(settings))) {
            int port = settings.port() == null ? -1 : settings.port();
            store.connect(settings.host(), port, settings.user(), settings.password());
            var inbox = store.getFolder(settings.folder());
            inbox.open(Folder.READ_WRITE);
            try {
                return empty(inbox, handledFolder(store));
            } finally {
                inbox.close(true);
            }
        }
    }

    private int empty(Folder inbox, Folder handledFolder) throws MessagingException, IOException {
        var unseen = inbox.search(
                new AndTerm(new FlagTerm(new Flags(Flag.SEEN), false), new FlagTerm(new Flags(Flag.DELETED), false)));
        var some = Arrays.copyOf(unseen, Math.min(unseen.length, MOST_AT_ONCE));
        var handled = new ArrayList<Message>();
        RuntimeException trouble = null;
        for (var message : some) {
            try {
                handle(message, handled);
            } catch (RuntimeException later) {
                trouble = later; // it stays new; those after it must not wait for it
            }
        }
        move(handled.toArray(Message[]::new), inbox, handledFolder);
        if (trouble != null) {
            throw trouble;
        }
        return some.length;
    }

    private void handle(Message message, List<Message> handled) throws MessagingException, IOException {
        try {
            if (mail.take(bytes(message))) {
                handled.add(message);
            } else {
                message.setFlag(Flag.SEEN, true);
                log.info("A mail in the bounce mailbox is no report about one of our letters; it stays there");
            }
        } catch (MessageRemovedException gone) {
            log.debug("Somebody else has taken a mail from the bounce mailbox", gone);
        }
    }

    private static void move(Message[] messages, Folder from, Folder to) throws MessagingException {
        if (messages.length > 0) {
            from.copyMessages(messages, to);
            from.setFlags(messages, new Flags(Flag.DELETED), true);
        }
    }

    private Folder handledFolder(Store store) throws MessagingException {
        var folder = store.getFolder(settings.handled());
        if (!folder.exists()) {
            folder.create(Folder.HOLDS_MESSAGES);
        }
        return folder;
    }

    /** What is too large to be a report is read as nothing. */
    private static byte[] bytes(Message message) throws MessagingException, IOException {
        if (message.getSize() > ReportReader.MOST_BYTES) {
            return new byte[0];
        }
        var bytes = new ByteArrayOutputStream();
        message.writeTo(bytes);
        return bytes.toByteArray();
    }

    private static String protocol(Imap settings) {
        return settings.ssl() ? "imaps" : "imap";
    }

    private static Properties properties(Imap settings) {
        String prefix = "mail." + protocol(settings) + ".";
        var properties = new Properties();
        properties.put(prefix + "connectiontimeout", CONNECT_MILLIS);
        properties.put(prefix + "timeout", ANSWER_MILLIS);
        properties.put(prefix + "writetimeout", ANSWER_MILLIS);
        properties.put(prefix + "ssl.checkserveridentity", "true");
        // Reading alone must not mark a mail as read: only what was handled is.
        properties.put(prefix + "peek", "true");
        return properties;
    }
}
