package io.porchlight.tracking;

import io.porchlight.orders.Links;
import io.porchlight.orders.Links.Purpose;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * The page for others, which a customer may share. It tells the story in the model's own words, and the day; nothing that a
 * shop, a workshop or a carrier wrote freely, for that may name somebody: no items, no notes, no parcels, no order number.
 */
@Controller
class SharedPage {

    private final Links links;
    private final FactsReader reader;
    private final Telling telling;
    private final Press press;
    private final Answers answers;

    SharedPage(Links links, FactsReader reader, Telling telling, Press press, Answers answers) {
        this.links = links;
        this.reader = reader;
        this.telling = telling;
        this.press = press;
        this.answers = answers;
    }

    @GetMapping("/s/{token}")
    ResponseEntity<String> page(@PathVariable String token) {
        var facts = reader.read(links.opened(Purpose.SHARED, token).orElseThrow(Gone::new));
        return answers.page(HttpStatus.OK, nonce -> press.shared(telling.of(facts), facts, nonce));
    }
}
