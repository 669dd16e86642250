package io.porchlight.bounces;

import static io.porchlight.bounces.Sales.await;
import static io.porchlight.bounces.Sales.someone;
import static io.porchlight.ledger.Notification.MessageClass.TRANSACTIONAL;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.porchlight.bounces.BounceSettings.Imap;
import io.porchlight.bounces.BounceSettings.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bounce mailbox's server may be away, slow or strange; nobody waits for it, and nothing is lost. */
@WithReturns
class BounceWatchTest {

    private final Sales sales;
    private final ReturnedMail mail;

    BounceWatchTest(Sales sales, ReturnedMail mail) {
        this.sales = sales;
        this.mail = mail;
    }

    @Test
    @Timeout(60)
    void readsOnWhenTheServerComesBack() throws IOException {
        var key = sales.sells(someone());
        var letter = sales.sends(key, "Confirmed", TRANSACTIONAL);
        int port = freePort();
        var watch = watch(port);
        watch.start();
        var server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        try {
            server.start();
            var user = server.setUser("b@mail.example", "b", "p");
            String report = Reports.delivery(letter.envelopeFrom(), "failed", "5.1.1", "550 x")
                    .replace("\n", "\r\n");
            user.deliver(GreenMailUtil.newMimeMessage(report));

            await("it was read", () -> !sales.bounce(key, "Confirmed").isMissingNode());
        } finally {
            watch.stop();
            server.stop();
        }
        assertThat(watch.isRunning()).isFalse();
    }

    @Test
    @Timeout(30)
    void stopsAtOnceWhileTheServerIsSilent() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var watch = watch(silent.getLocalPort());
            long begin = System.nanoTime();
            watch.start();
            silent.accept();
            watch.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void mailThatIsNoReportStaysWhereItIsMarkedAsRead() {
        int before = PostalWorld.in("INBOX");

        PostalWorld.comesBack("From: bob@example.com\nTo: bounce@mail.example\nSubject: Hello\n\nIs anybody there?\n");
        await("it was looked at", () -> PostalWorld.in("INBOX") == before + 1 && PostalWorld.unseen() == 0);
    }

    private BounceWatch watch(int port) {
        var none = new Source(List.of());
        var imap = new Imap("127.0.0.1", port, "b", "p", "INBOX", "Handled", false, Duration.ofMillis(50));
        return new BounceWatch(new BounceSettings(imap, none, none, none), mail);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
