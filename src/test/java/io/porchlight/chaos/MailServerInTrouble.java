package io.porchlight.chaos;

import io.porchlight.chaos.Act.Behave;
import io.porchlight.chaos.Act.Moment;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A mail server that misbehaves by script. It is strict about the order of commands, so whoever goes on with a broken
 * conversation is found out, and it writes down the final dot and its own "250" separately.
 */
final class MailServerInTrouble implements AutoCloseable {

    private record Fault(String recipient, Deque<Act> acts, Act atLast) {}

    private final MailRecord record;
    private final Map<Moment, List<Fault>> script = new EnumMap<>(Moment.class);
    private volatile Duration pace = Duration.ZERO;
    private final Door door = new Door("mail-server", this::converse);

    MailServerInTrouble(MailRecord record) {
        this.record = record;
    }

    int port() {
        return door.port();
    }

    /** Takes connections, always on the same port. */
    void open() {
        door.open();
    }

    /** Refuses connections, and drops those that there are. */
    void shut() {
        door.shut();
    }

    /** Drops all connections: the next letter needs a new one. */
    void hangUp() {
        door.putOut();
    }

    /** How long every answer takes. */
    void pace(Duration each) {
        pace = each;
    }

    /** Acts in turn, each time somebody comes to this moment, and then behaves. */
    void at(Moment moment, Act... inTurn) {
        at(moment, "", inTurn);
    }

    /** Acts in turn, each time a letter to this address comes to this moment, and then behaves. */
    void at(Moment moment, String recipient, Act... inTurn) {
        add(moment, new Fault(recipient, new ArrayDeque<>(List.of(inTurn)), new Behave()));
    }

    /** Acts so every time. */
    void always(Moment moment, Act act) {
        add(moment, new Fault("", new ArrayDeque<>(), act));
    }

    private void add(Moment moment, Fault fault) {
        synchronized (script) {
            script.computeIfAbsent(moment, none -> new java.util.concurrent.CopyOnWriteArrayList<>())
                    .add(fault);
        }
    }

    /** Behaves again. */
    void recover() {
        synchronized (script) {
            script.clear();
        }
        pace = Duration.ZERO;
        open();
    }

    /** What to do now; called once for each moment of each conversation. */
    Act act(Moment moment, String recipient) {
        synchronized (script) {
            for (var fault : script.getOrDefault(moment, List.of())) {
                if (fault.recipient().isEmpty() || fault.recipient().equals(recipient)) {
                    var next = fault.acts().poll();
                    var act = next == null ? fault.atLast() : next;
                    if (!(act instanceof Behave)) {
                        return act;
                    }
                }
            }
        }
        return pace.isZero() ? new Behave() : new Act.Late(pace);
    }

    private void converse(Socket line) throws IOException {
        new Conversation(line, this, record).run();
    }

    @Override
    public void close() {
        shut();
    }
}
