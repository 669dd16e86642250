package io.porchlight.webhooks;

import io.porchlight.signals.Content;
import io.porchlight.signals.Delivery;
import io.porchlight.signals.Meaning;
import io.porchlight.signals.Meaning.Nothing;
import io.porchlight.signals.Posted;
import io.porchlight.signals.Source;
import java.util.List;
import java.util.Map;

/** A source whose every signal but the good ones breaks whoever reads it. */
class Poison implements Source {

    @Override
    public String name() {
        return "poison";
    }

    @Override
    public boolean genuine(Delivery delivery, List<String> secrets) {
        return Signatures.token(delivery.header("authorization"), secrets);
    }

    @Override
    public List<Posted> open(Delivery delivery) {
        return List.of(new Posted(delivery.text(), delivery.text(), "dose", null, delivery.text(), Map.of()));
    }

    @Override
    public List<Meaning> read(Content content) {
        if (content.body().path("good").asBoolean()) {
            return List.of(new Nothing("It does no harm"));
        }
        throw new IllegalStateException("a bug that nobody foresaw");
    }
}
