package io.porchlight.notifications;

import static io.porchlight.notifications.LetterTrial.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.consent.Consent;
import io.porchlight.consent.Preferences;
import io.porchlight.consent.Preferences.Channel;
import io.porchlight.consent.Preferences.Pace;
import io.porchlight.consent.Suppression;
import io.porchlight.consent.Suppression.Reason;
import io.porchlight.ledger.Notification;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.ledger.Notification.State;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Step;
import io.porchlight.models.JourneyModel.Words;
import io.porchlight.notifications.Verdict.Later;
import io.porchlight.notifications.Verdict.Skip;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Order;
import io.porchlight.texts.Receipt;
import io.porchlight.texts.Text;
import io.porchlight.texts.TextGateway;
import io.porchlight.texts.TextSettings;
import io.porchlight.texts.TextSettings.Account;
import io.porchlight.texts.TextSettings.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Why a text stays home, and which of two channels waits for the other. */
class TextRulesTest {

    private static final Suppression STOPPED = new Suppression(Reason.STOPPED, Instant.parse("2026-11-03T10:00:00Z"));
    private static final Suppression BOUNCED = new Suppression(Reason.BOUNCED, Instant.parse("2026-11-03T10:00:00Z"));
    private static final Skip AS_A_TEXT = new Skip("not wanted: the same news went out as a text");

    private final NoTexts noTexts = new NoTexts(new ByText(Optional.of(new Pigeon()), settings("bottega")));
    private final WishedChannel wished = new WishedChannel();

    @Test
    void whoAgreedGetsTexts() throws IOException {
        assertThat(noTexts.objection(text(null, true))).isEmpty();
        assertThat(noTexts.objection(text(Channel.SMS, false))).isEmpty();
        assertThat(noTexts.objection(text(Channel.BOTH, false))).isEmpty();
    }

    @Test
    void whoDidNotGetsNone() throws IOException {
        assertThat(noTexts.objection(text(null, false)))
                .contains(new Skip("no consent: the customer has not agreed to text messages"));
        assertThat(noTexts.objection(text(Channel.EMAIL, true)))
                .contains(new Skip("no consent: the customer asked for email"));
        assertThat(noTexts.objection(text(Channel.SMS, true, STOPPED)))
                .contains(new Skip("no consent: the customer answered STOP to our texts on 3 November 2026"));
    }

    @Test
    void aBrandWithoutNumberOrProviderSendsNone() throws IOException {
        assertThat(new NoTexts(new ByText(Optional.empty(), settings("bottega"))).objection(text(null, true)))
                .contains(new Skip("unreachable: no provider of text messages is set up (porchlight.texts.provider)"));
        assertThat(new NoTexts(new ByText(Optional.of(new Pigeon()), settings("atelier"))).objection(text(null, true)))
                .contains(new Skip(
                        "unreachable: the brand has no number to text from (porchlight.texts.senders.bottega)"));
    }

    @Test
    void anAddressThatSendsEverythingBackSaysNothingAboutThePhone() throws IOException {
        assertThat(new Agreed().objection(text(null, true, BOUNCED))).isEmpty();
        assertThat(new Agreed().objection(facts("email", "preferred", null, true, null, BOUNCED)))
                .isPresent();
    }

    @Test
    void aStopSaysNothingAboutEmail() throws IOException {
        var email = facts("email", "preferred", null, true, null, STOPPED);

        assertThat(new Agreed().objection(email)).isEmpty();
        assertThat(email.addressee().consent().marketingStopped()).isEmpty();
        assertThat(email.addressee().consent().silenced()).isEmpty();
        assertThat(noTexts.objection(email)).isEmpty();
    }

    @Test
    void anEmailStaysWhenTheTextThatWasWishedForHasGone() throws IOException {
        assertThat(wished.objection(email(Channel.SMS, State.SENT))).contains(AS_A_TEXT);
        assertThat(wished.objection(email(Channel.SMS, State.UNKNOWN)))
                .contains(new Skip("not wanted: the same news may have arrived as a text"));
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"FAILED", "SKIPPED"})
    void anEmailGoesWhenTheTextThatWasWishedForCannot(State state) throws IOException {
        assertThat(wished.objection(email(Channel.SMS, state))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"PLANNED", "CLAIMED", "ATTEMPTING"})
    void anEmailWaitsWhileNobodyKnows(State state) throws IOException {
        assertThat(wished.objection(email(Channel.SMS, state)))
                .contains(new Later(NOW.plusSeconds(2), "the same news is about to go out as a text"));
    }

    @Test
    void anEmailWaitsForATextThatIsHeldUntilMorning() throws IOException {
        var morning = NOW.plus(Duration.ofHours(9));
        var facts = facts("email", "preferred", Channel.SMS, true, twin("sms", State.PLANNED, morning));

        assertThat(wished.objection(facts))
                .contains(new Later(morning.plusSeconds(2), "the same news is about to go out as a text"));
    }

    @Test
    void whatWasWishedForWaitsForNothing() throws IOException {
        assertThat(wished.objection(email(Channel.EMAIL, State.PLANNED))).isEmpty();
        assertThat(wished.objection(email(Channel.BOTH, State.SENT))).isEmpty();
        assertThat(wished.objection(email(null, State.SENT))).isEmpty();
    }

    @Test
    void whoNeverChoseGetsAnEmailWhereOneIsEnough() throws IOException {
        var sent = twin("email", State.SENT, NOW);

        assertThat(wished.objection(facts("sms", "preferred", null, true, sent)))
                .contains(new Skip("not wanted: the same news went out by email"));
        assertThat(wished.objection(facts("sms", "both", null, true, sent))).isEmpty();
        assertThat(wished.objection(facts("sms", "preferred", null, true, twin("email", State.SKIPPED, NOW))))
                .isEmpty();
    }

    private static Facts text(@Nullable Channel chosen, boolean shopSaysTexts, Suppression... known)
            throws IOException {
        return facts("sms", "sms", chosen, shopSaysTexts, null, known);
    }

    private static Facts email(@Nullable Channel chosen, State text) throws IOException {
        return facts("email", "preferred", chosen, true, twin("sms", text, NOW));
    }

    private static Facts facts(
            String channel,
            String channels,
            @Nullable Channel chosen,
            boolean shopSaysTexts,
            @Nullable Notification twin,
            Suppression... known)
            throws IOException {
        var step = new Step("Mail", "trial/letter", List.of(channels), "TRANSACTIONAL", null, null, null, null, 0);
        var preferences = new Preferences(Set.of(), chosen, Pace.EVERY_STEP, null);
        return new Facts(
                notification(1, channel, State.PLANNED, NOW),
                order(),
                LetterTrial.brand("bottega"),
                new JourneyModel("trial", "Trial", null, new Words("S", "S", ""), List.of(), List.of(step), Map.of()),
                List.of(),
                List.of(),
                new Addressee(new Consent(preferences, shopSaysTexts, List.of(known), null), twin, 0, List.of()),
                LetterTrial.LINKS,
                null,
                false,
                false,
                NOW);
    }

    private static Notification twin(String channel, State state, Instant dueAt) {
        return notification(2, channel, state, dueAt);
    }

    private static Notification notification(long id, String channel, State state, Instant dueAt) {
        return new Notification(
                id,
                new JourneyKey("bottega", "1001"),
                "trial",
                "Mail",
                Occurrence.FIRST,
                channel,
                "trial/letter",
                MessageClass.TRANSACTIONAL,
                null,
                0,
                state,
                NOW,
                dueAt,
                null,
                0,
                null,
                null,
                null,
                null,
                null);
    }

    private static Order order() {
        var customer = new Order.Customer("c-77", null, "bob@example.com", "+393471234567", null, null, null);
        return new Order("bottega", "1001", NOW, customer, List.of(), null, null, null);
    }

    private static TextSettings settings(String brand) {
        return new TextSettings(
                TextSettings.Provider.HTTP,
                Map.of(brand, "+15005550006"),
                3,
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                new Account(null, List.of(), URI.create("https://x")),
                new Endpoint(null, List.of()));
    }

    /** Takes everything, and is never asked here. */
    private static class Pigeon implements TextGateway {

        @Override
        public String name() {
            return "pigeon";
        }

        @Override
        public Receipt hand(Text text, BooleanSupplier leave) {
            return new Receipt.Taken("coo");
        }
    }
}
