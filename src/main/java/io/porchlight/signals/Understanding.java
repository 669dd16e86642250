package io.porchlight.signals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Refusal;
import io.porchlight.signals.Effects.Effect;
import io.porchlight.signals.Effects.Task;
import io.porchlight.signals.Meaning.Happened;
import io.porchlight.signals.Meaning.Nothing;
import io.porchlight.signals.Meaning.OrderSaid;
import io.porchlight.signals.Meaning.PromiseMoved;
import io.porchlight.signals.Meaning.Unclear;
import io.porchlight.signals.Signal.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes signals out of the inbox and makes facts of them, each in one transaction: all of what it says, or nothing. */
@Component
public class Understanding {

    private record Raw(
            String body, String headers, @Nullable String journeyKey, boolean attached) {}

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final ObjectProvider<Source> sources;
    private final Backlog backlog;
    private final Effects effects;
    private final Forgetting forgetting;
    private final TransactionTemplate transaction;

    Understanding(
            JdbcClient jdbc,
            ObjectMapper json,
            ObjectProvider<Source> sources,
            Backlog backlog,
            Effects effects,
            Forgetting forgetting,
            TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.json = json;
        this.sources = sources;
        this.backlog = backlog;
        this.effects = effects;
        this.forgetting = forgetting;
        this.transaction = transaction;
    }

    /**
     * Tries up to so many signals that are due.
     *
     * @return how many were tried
     */
    public int work(int most) {
        var taken = backlog.take(most);
        taken.forEach(this::attempt);
        return taken.size();
    }

    /**
     * What waited for these orders, or for one of their parcels, is due now.
     *
     * @return how many signals those are
     */
    public int wake(Collection<JourneyKey> keys) {
        return backlog.wake(keys);
    }

    private void attempt(Signal signal) {
        if (signal.attempts() >= Backlog.MOST_TRIES) {
            backlog.giveUp(signal);
            return;
        }
        try {
            transaction.executeWithoutResult(status -> understand(signal));
        } catch (Waits waits) {
            backlog.await(signal, waits.about(), waits.names(), String.valueOf(waits.getMessage()));
            // Its order may have come between our look and our note that we wait.
            waits.names().stream()
                    .filter(name -> backlog.known(signal.brand(), name))
                    .findFirst()
                    .ifPresent(name -> backlog.hurry(signal.id()));
        } catch (Parks | Unreadable told) {
            backlog.park(signal, String.valueOf(told.getMessage()), null);
        } catch (Refusal refusal) {
            backlog.park(signal, "It cannot be taken over: " + told(refusal), null);
        } catch (RuntimeException trouble) {
            backlog.failed(signal, trouble);
        }
    }

    private void understand(Signal signal) {
        if (!backlog.hold(signal.id())) {
            return;
        }
        var raw = raw(signal.id());
        var task = new Task(
                signal, raw.attached() && raw.journeyKey() != null ? JourneyKey.parse(raw.journeyKey()) : null);
        var done = new ArrayList<Effect>();
        var reasons = new ArrayList<String>();
        String about = null;
        for (var meaning : source(signal).read(content(signal, raw))) {
            switch (meaning) {
                case OrderSaid said -> done.add(effects.said(task, said));
                case Happened happened -> {
                    about = happened.about().toString();
                    done.add(effects.happened(task, happened));
                }
                case PromiseMoved moved -> {
                    about = moved.about().toString();
                    done.add(effects.moved(task, moved));
                }
                case Nothing nothing -> reasons.add(nothing.reason());
                case Unclear unclear -> throw new Parks(unclear.reason());
            }
        }
        done.forEach(effect -> reasons.add(effect.note()));
        var key = done.isEmpty() ? null : done.getFirst().key();
        backlog.settle(
                signal,
                done.isEmpty() ? State.IGNORED : State.UNDERSTOOD,
                reasons.stream().filter(note -> !note.isEmpty()).collect(Collectors.joining(". ")),
                about,
                key);
        if (effects.erased(done)) {
            forgetting.empty(List.of(signal.id()));
        }
    }

    private Source source(Signal signal) {
        return sources.stream()
                .filter(source -> source.name().equals(signal.source()))
                .findFirst()
                .orElseThrow(() -> new Parks("Nobody here speaks the language of " + signal.source() + " any more"));
    }

    private Content content(Signal signal, Raw raw) {
        try {
            return new Content(
                    signal.brand(),
                    signal.type(),
                    Delivery.parse(raw.body()),
                    json.readValue(raw.headers(), new TypeReference<Map<String, String>>() {}),
                    signal.receivedAt());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Raw raw(long id) {
        return jdbc.sql("select body, headers, journey_key, attached from signal where id = :id")
                .param("id", id)
                .query((row, number) -> new Raw(
                        row.getString("body"),
                        row.getString("headers"),
                        row.getString("journey_key"),
                        row.getBoolean("attached")))
                .single();
    }

    private static String told(Refusal refusal) {
        return refusal.faults().stream()
                .map(fault -> fault.field() + " " + fault.message())
                .collect(Collectors.joining("; "));
    }
}
