package io.porchlight.studio;

import io.porchlight.signals.Senders;
import io.porchlight.signals.Senders.Sender;
import io.porchlight.signals.Signal.State;
import io.porchlight.signals.SignalDesk;
import io.porchlight.signals.SignalDesk.Count;
import io.porchlight.signals.SignalDesk.Wanted;
import io.porchlight.signals.SignalHours;
import io.porchlight.signals.SignalHours.Hour;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What came in today, put together for the eye. */
@Component
class Desk {

    /**
     * One sender's day.
     *
     * @param total how many signals came today
     * @param parked how many of them a person must look at
     * @param quiet a sentence about a sender who usually speaks more often; absent when all is well
     */
    record Card(
            String source,
            String brand,
            long total,
            long understood,
            long waiting,
            long parked,
            long ignored,
            String lastSeen,
            @Nullable String quiet,
            Bars bars) {}

    private final SignalDesk signals;
    private final Senders senders;
    private final SignalHours hours;
    private final Words words;
    private final Clock clock;

    Desk(SignalDesk signals, Senders senders, SignalHours hours, Words words, Clock clock) {
        this.signals = signals;
        this.senders = senders;
        this.hours = hours;
        this.words = words;
        this.clock = clock;
    }

    /** Everybody who ever sent anything, those who went quiet first. */
    List<Card> cards() {
        var counts = signals.counts(new Wanted(null, null, null, words.today(), null));
        var lately = hours.since(clock.instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(Bars.HOURS - 1)));
        return senders.all().stream()
                .sorted((one, other) -> Boolean.compare(other.quiet(), one.quiet()))
                .map(sender -> card(sender, counts, lately))
                .toList();
    }

    /** How many signals are in a state, whenever they came. */
    long open(State state) {
        return signals.counts(new Wanted(state, null, null, null, null)).stream()
                .mapToLong(Count::signals)
                .sum();
    }

    private Card card(Sender sender, List<Count> counts, List<Hour> lately) {
        var mine = counts.stream()
                .filter(count ->
                        count.source().equals(sender.source()) && count.brand().equals(sender.brand()))
                .toList();
        return new Card(
                sender.source(),
                sender.brand(),
                mine.stream().mapToLong(Count::signals).sum(),
                of(mine, State.UNDERSTOOD) + of(mine, State.NEW),
                of(mine, State.WAITING),
                of(mine, State.PARKED),
                of(mine, State.IGNORED),
                words.ago(sender.lastSeen()),
                quiet(sender),
                bars(sender, lately));
    }

    private @Nullable String quiet(Sender sender) {
        if (!sender.quiet() || sender.usualGap() == null) {
            return null;
        }
        var silence = Duration.between(sender.lastSeen(), clock.instant());
        return "Quiet for " + words.length(silence) + "; it usually speaks every " + words.length(sender.usualGap())
                + " or so.";
    }

    private Bars bars(Sender sender, List<Hour> lately) {
        long[] day = new long[Bars.HOURS];
        var now = clock.instant().truncatedTo(ChronoUnit.HOURS);
        long total = 0;
        for (var hour : lately) {
            int back = (int) ChronoUnit.HOURS.between(hour.begin(), now);
            if (hour.source().equals(sender.source())
                    && hour.brand().equals(sender.brand())
                    && back >= 0
                    && back < Bars.HOURS) {
                day[Bars.HOURS - 1 - back] = hour.signals();
                total += hour.signals();
            }
        }
        return Bars.of(day, words.many(total, "signal") + " in the last 24 hours");
    }

    private static long of(List<Count> counts, State state) {
        return counts.stream()
                .filter(count -> count.state() == state)
                .mapToLong(Count::signals)
                .sum();
    }
}
