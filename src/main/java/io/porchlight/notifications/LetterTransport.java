package io.porchlight.notifications;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * SMTP as Angus speaks it, but one can tell how far a letter came: before its final dot nothing was sent, after the dot and
 * before the reply nobody can say.
 */
class LetterTransport extends SMTPTransport {

    /** What must be written down, or checked, before a letter goes on. */
    interface Milestones {

        /** The envelope was accepted; DATA comes next. */
        void beforeData() throws MessagingException;

        /** The letter is out but for its final dot. */
        void beforeDot() throws MessagingException;
    }

    /** Angus, which names its logger after our package, would say at each connection that a server knows no SMTPUTF8. */
    private static final Logger ANGUS = Logger.getLogger(LetterTransport.class.getPackageName());

    static {
        ANGUS.setLevel(Level.WARNING);
    }

    private final LetterSockets sockets;
    private final NotificationSettings settings;
    private Milestones milestones;
    private boolean dotSent;
    private boolean utf8;

    LetterTransport(Session session, LetterSockets sockets, NotificationSettings settings) {
        super(session, null);
        this.sockets = sockets;
        this.settings = settings;
        this.milestones = NONE;
    }

    /** @param needsUtf8 whether its address is written in more than ASCII */
    void begin(Milestones watched, boolean needsUtf8) {
        milestones = watched;
        dotSent = false;
        utf8 = needsUtf8;
    }

    boolean offersUtf8() {
        return super.supportsExtension("SMTPUTF8");
    }

    /** Used only where it is needed: the servers after the next one may not know it, and would send the letter back. */
    @Override
    public boolean supportsExtension(String extension) {
        return super.supportsExtension(extension) && (utf8 || !extension.equalsIgnoreCase("SMTPUTF8"));
    }

    /** Whether the server may have taken the letter although it did not say so. */
    boolean dotSent() {
        return dotSent;
    }

    @Override
    protected OutputStream data() throws MessagingException {
        milestones.beforeData();
        return super.data();
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        milestones.beforeDot();
        sockets.patience(settings.acceptTimeout());
        super.finishData();
        sockets.patience(settings.commandTimeout());
    }

    /** A dot that could not be written has not been sent: only after this nobody can say. */
    @Override
    protected void sendCommand(String command) throws MessagingException {
        super.sendCommand(command);
        if (command.equals(".")) {
            dotSent = true;
        }
    }

    private static final Milestones NONE = new Milestones() {
        @Override
        public void beforeData() {}

        @Override
        public void beforeDot() {}
    };
}
